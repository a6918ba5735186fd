import * as v from 'valibot'

/** A number as options hold it when they are kept. */
export const number = v.pipe(v.number(), v.finite())

/** A count of at least one. */
export const positive = v.pipe(v.number(), v.integer(), v.minValue(1))
