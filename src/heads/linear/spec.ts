import * as v from 'valibot'
import { badOption } from '../check'
import { number } from '../../stored-fields'
import type { HeadSpec } from '../types'

/** By what features can be divided. */
export const scales = ['global', 'each'] as const

export type FeatureScale = (typeof scales)[number]

export interface LinearOptions {
  kind: 'linear'
  /** The penalty on large weights; `auto` to have it chosen by cross-validation. */
  l2: number | 'auto'
  /** By what centred features are divided: all of a tensor by one number, or each by its own deviation. */
  scale: FeatureScale
}

/** Until it could be chosen, each feature was divided by its own deviation. */
const before = { scale: 'each' } as const

/** One layer, solved to its optimum. */
export const linear = {
  kind: 'linear',
  defaults: { kind: 'linear', l2: 0.03, scale: 'global' },
  stored: v.looseObject({
    kind: v.literal('linear'),
    l2: v.union([number, v.literal('auto')]),
    scale: v.optional(v.picklist(scales), before.scale),
  }),
  before,
  check: ({ l2, scale }) => {
    if (l2 !== 'auto' && !(l2 > 0 && Number.isFinite(l2))) {
      throw badOption('The penalty l2 must be a number above 0, or auto.', 'Use something like 0.03.')
    }
    if (!scales.includes(scale)) {
      throw badOption(`There is no scale “${scale}”.`, `Use one of ${scales.join(', ')}.`)
    }
  },
  pool: () => 'average',
  parameters: (_, features, labels) => (features + 1) * labels,
  random: false,
  quick: true,
  weighs: true,
  tunes: true,
  keepsPhotos: () => false,
  watchesValidation: false,
  steps: 'step',
} as const satisfies HeadSpec<LinearOptions>
