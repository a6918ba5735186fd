import * as v from 'valibot'
import { badOption, isWhole } from '../check'
import { positive } from '../../stored-fields'
import type { HeadSpec } from '../types'

export interface KnnOptions {
  kind: 'knn'
  /** How many of the nearest photos have a say. */
  k: number
}

const mostK = 1000

/** The nearest photos, by the angle between features. */
export const knn = {
  kind: 'knn',
  defaults: { kind: 'knn', k: 5 },
  stored: v.looseObject({ kind: v.literal('knn'), k: positive }),
  before: {},
  check: ({ k }) => {
    if (!isWhole(k, 1, mostK)) {
      throw badOption(`The number of neighbours k must be a whole number from 1 to ${mostK}.`, 'Use something like 5.')
    }
  },
  pool: () => 'average',
  parameters: () => null,
  random: false,
  quick: true,
  weighs: false,
  tunes: false,
  keepsPhotos: () => true,
  watchesValidation: false,
  steps: 'step',
} as const satisfies HeadSpec<KnnOptions>
