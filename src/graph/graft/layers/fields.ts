import * as v from 'valibot'

/** A number as it is kept. */
export const number = v.pipe(v.number(), v.finite())

/** A count of at least one. */
export const positive = v.pipe(v.number(), v.integer(), v.minValue(1))

/** A count, which may be none. */
export const count = v.pipe(v.number(), v.integer(), v.minValue(0))
