import * as v from 'valibot'

/** A number as it is kept. */
export const number = v.pipe(v.number(), v.finite())

/** A whole number from 0. */
export const count = v.pipe(v.number(), v.integer(), v.minValue(0))

/** A whole number from 1. */
export const positive = v.pipe(v.number(), v.integer(), v.minValue(1))
