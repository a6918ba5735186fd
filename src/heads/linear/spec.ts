import * as v from 'valibot'
import { badOption } from '../check'
import { number } from '../fields'
import type { HeadSpec } from '../types'

export interface LinearOptions {
  kind: 'linear'
  /** The penalty on large weights. */
  l2: number
}

/** One layer, solved to its optimum. */
export const linear = {
  kind: 'linear',
  defaults: { kind: 'linear', l2: 0.01 },
  stored: v.looseObject({ kind: v.literal('linear'), l2: number }),
  check: ({ l2 }) => {
    if (!(l2 > 0 && Number.isFinite(l2))) {
      throw badOption('The penalty l2 must be a number above 0.', 'Use something like 0.01.')
    }
  },
  layers: (_, labels) => [{ outputs: labels, activation: 'softmax' }],
  random: false,
  quick: true,
  watchesValidation: false,
  steps: 'step',
} as const satisfies HeadSpec<LinearOptions>
