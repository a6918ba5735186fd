import * as v from 'valibot'
import { badOption, isWhole } from '../check'
import { checkRounds, storedSchedule } from '../rounds'
import { number, positive } from '../../stored-fields'
import { rowPools, type RowPool } from '../../graph/graft/pools'
import { optimizers, type Optimizer, type Schedule } from '../../optimizers'
import { checkMix, mixes, noMix, type MixOptions } from '../../augment-options'
import type { HeadSpec } from '../types'

/** First kernels of hidden layers, by Keras' names. */
export const initializers = [
  'glorot_uniform',
  'glorot_normal',
  'he_uniform',
  'he_normal',
  'lecun_uniform',
  'lecun_normal',
] as const

export interface DenseOptions extends MixOptions {
  kind: 'dense'
  /** How the values at the cut become features: averaged or the largest over space, or all of them. */
  pool: RowPool
  /** Units of each hidden layer. */
  hidden: number[]
  dropout: number
  optimizer: Optimizer
  learningRate: number
  schedule: Schedule
  /** Epochs in which the rate grows from nothing to the learning rate. */
  warmup: number
  /** Share of the kernels, times the rate, that goes in each step beside the gradient: the `weight_decay` of Keras' optimizers. */
  weightDecay: number
  /** Share of each target that is spread over all labels. */
  labelSmoothing: number
  /** The length that the gradient of all weights together has at most: Keras' `global_clipnorm`; 0 for any. */
  clipNorm: number
  initializer: (typeof initializers)[number]
  epochs: number
  batchSize: number
  /** Epochs without progress after which it stops; 0 for never. */
  patience: number
}

/** The most of each that there can be. */
const limits = { layers: 3, width: 4096 }

/** What was so until it could be chosen. */
const before = {
  pool: 'average',
  schedule: 'constant',
  warmup: 0,
  weightDecay: 0,
  labelSmoothing: 0,
  clipNorm: 0,
  initializer: 'glorot_uniform',
  ...noMix,
} as const

/** One or more hidden layers, trained in rounds. */
export const dense = {
  kind: 'dense',
  defaults: {
    kind: 'dense',
    ...before,
    hidden: [128],
    dropout: 0.2,
    optimizer: 'adam',
    learningRate: 0.001,
    epochs: 100,
    batchSize: 16,
    patience: 10,
  },
  stored: v.looseObject({
    kind: v.literal('dense'),
    pool: v.optional(v.picklist(rowPools), before.pool),
    hidden: v.array(positive),
    dropout: number,
    optimizer: v.picklist(optimizers),
    learningRate: number,
    schedule: v.optional(storedSchedule, before.schedule),
    warmup: v.optional(number, before.warmup),
    weightDecay: v.optional(number, before.weightDecay),
    labelSmoothing: v.optional(number, before.labelSmoothing),
    clipNorm: v.optional(number, before.clipNorm),
    initializer: v.optional(v.picklist(initializers), before.initializer),
    mix: v.optional(v.picklist(mixes), before.mix),
    mixAlpha: v.optional(number, before.mixAlpha),
    epochs: positive,
    batchSize: positive,
    patience: number,
  }),
  before,
  check,
  pool: ({ pool }) => pool,
  parameters: ({ hidden }, features, labels) => {
    const widths = [features, ...hidden, labels]
    return widths.slice(1).reduce((sum, outputs, layer) => sum + (widths[layer] + 1) * outputs, 0)
  },
  random: true,
  quick: false,
  weighs: true,
  tunes: true,
  keepsPhotos: () => false,
  watchesValidation: true,
  steps: 'epoch',
} satisfies HeadSpec<DenseOptions>

function check(options: DenseOptions): void {
  const { pool } = options
  if (!rowPools.includes(pool)) {
    throw badOption(`There is no pooling “${pool}”.`, `Use one of ${rowPools.join(', ')}.`)
  }
  checkLayers(options)
  checkRounds(options)
  checkSmoothing(options)
  checkMix(options)
  if (options.mix === 'cutmix' && pool !== 'flatten') {
    throw badOption(
      'Cutmix needs maps: where values are taken together over all places, there is nothing to cut out.',
      'Use pool: “flatten”, or mix: “mixup”.',
    )
  }
}

function checkLayers({ hidden, initializer }: DenseOptions): void {
  const { layers, width } = limits
  if (
    !Array.isArray(hidden) ||
    !isWhole(hidden.length, 1, layers) ||
    !hidden.every((size) => isWhole(size, 1, width))
  ) {
    throw badOption(
      `There can be 1 to ${layers} hidden layers of 1 to ${width} units.`,
      'Use something like hidden: [128], or [256, 128].',
    )
  }
  if (!initializers.includes(initializer)) {
    throw badOption(`There is no initializer “${initializer}”.`, `Use one of ${initializers.join(', ')}.`)
  }
}

function checkSmoothing({ labelSmoothing }: DenseOptions): void {
  if (labelSmoothing >= 0 && labelSmoothing < 1) return
  throw badOption('Label smoothing must be a share from 0 to below 1.', 'Use 0 for none, or something like 0.1.')
}
