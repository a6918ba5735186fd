/**
 * How the value at a cut becomes the features of a photo: its mean or maximum over space (`src/graph/lookup/pooling.ts`), or all of its
 * numbers one after the other.
 */
export const pools = ['average', 'max', 'flatten'] as const

export type Pool = (typeof pools)[number]
