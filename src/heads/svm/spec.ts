import * as v from 'valibot'
import { badOption } from '../check'
import { number } from '../../stored-fields'
import type { HeadSpec } from '../types'

/** In which space labels are told apart: that of the features, or one where only near photos are alike. */
export const kernels = ['linear', 'rbf'] as const

export interface SvmOptions {
  kind: 'svm'
  kernel: (typeof kernels)[number]
  /** How much photos on the wrong side of the margin cost; `auto` to have it chosen by cross-validation. */
  c: number | 'auto'
  /** γ of exp(−γ‖x − s‖²), for features with variances that sum up to 1,280; `auto` to have it chosen. Of `rbf` alone. */
  gamma: number | 'auto'
}

const stored = v.union([number, v.literal('auto')])

const isTaken = (value: number | 'auto'): boolean => value === 'auto' || (value > 0 && Number.isFinite(value))

/** Support vector machines, one label against the rest. */
export const svm = {
  kind: 'svm',
  defaults: { kind: 'svm', kernel: 'linear', c: 'auto', gamma: 'auto' },
  stored: v.looseObject({ kind: v.literal('svm'), kernel: v.picklist(kernels), c: stored, gamma: stored }),
  before: {},
  check: ({ kernel, c, gamma }) => {
    if (!kernels.includes(kernel)) {
      throw badOption(`There is no kernel “${kernel}”.`, `Use one of ${kernels.join(', ')}.`)
    }
    if (!isTaken(c))
      throw badOption('The cost c must be a number above 0, or auto.', 'Use auto, or something like 0.001.')
    if (!isTaken(gamma)) {
      throw badOption('The width gamma must be a number above 0, or auto.', 'Use auto, or something like 0.0008.')
    }
  },
  pool: () => 'average',
  parameters: ({ kernel }, features, labels) => (kernel === 'linear' ? (features + 1) * labels : null),
  random: false,
  quick: true,
  weighs: true,
  tunes: false,
  keepsPhotos: ({ kernel }) => kernel === 'rbf',
  watchesValidation: false,
  steps: 'step',
} as const satisfies HeadSpec<SvmOptions>
