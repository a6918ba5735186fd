import type { Part } from '../../../types'
import type { JobContext } from '../../jobs'

/** What is written of a photo beside its features. */
export interface FeaturesPhoto {
  readonly name: string
  readonly label: string
  readonly part: Part
}

/** Features of photos at a cut. */
export interface FeaturesTable {
  /** In the order of the rows. */
  readonly photos: readonly FeaturesPhoto[]
  readonly labels: readonly string[]
  /** `[photos, length]` */
  readonly data: Float32Array
  readonly length: number
}

/** Writes features as a file, piece by piece. Throws what `context` throws. */
export type WriteFeatures = (table: FeaturesTable, context: JobContext) => Promise<Blob>

/** What is told while it is written. */
export const writing = 'Writing the features'
