import * as v from 'valibot'
import type { HeadSpec } from '../types'

export interface CentroidOptions {
  kind: 'centroid'
}

/** There is nothing to choose. */
const nothing: HeadSpec<CentroidOptions>['check'] = () => undefined

/** The nearest average of a label's photos. */
export const centroid = {
  kind: 'centroid',
  defaults: { kind: 'centroid' },
  stored: v.looseObject({ kind: v.literal('centroid') }),
  before: {},
  check: nothing,
  pool: () => 'average',
  parameters: (_, features, labels) => (features + 1) * labels,
  random: false,
  quick: true,
  weighs: false,
  tunes: false,
  keepsPhotos: () => false,
  watchesValidation: false,
  steps: 'step',
} as const satisfies HeadSpec<CentroidOptions>
