/**
 * How the value at a cut becomes the features of a photo: its mean or maximum over space (`src/graph/lookup/pooling.ts`), or all of its
 * numbers one after the other.
 */
export const rowPools = ['average', 'max', 'flatten'] as const

/** The same, or the map at the cut (`map-at.ts`), channels last. */
export const pools = [...rowPools, 'map'] as const

export type RowPool = (typeof rowPools)[number]

export type Pool = (typeof pools)[number]
