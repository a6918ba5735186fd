import * as v from 'valibot'
import { badOption, isWhole } from '../check'
import { number, positive } from '../../stored-fields'
import { rowPools, type RowPool } from '../../graph/graft/pools'
import { optimizers, type Optimizer, type Schedule } from '../../optimizers'
import { checkMix, mixes, noMix, type MixOptions } from '../../mix-options'
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

/** The most of each that there can be; `count` is for epochs, batches and patience. */
const limits = { layers: 3, width: 4096, count: 10_000 }

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

const storedSchedule = v.union([v.picklist(['constant', 'cosine']), v.object({ every: positive, factor: number })])

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
  const { pool, dropout, optimizer, epochs, batchSize, patience, warmup } = options
  if (!rowPools.includes(pool)) {
    throw badOption(`There is no pooling “${pool}”.`, `Use one of ${rowPools.join(', ')}.`)
  }
  checkLayers(options)
  if (!(dropout >= 0 && dropout < 1)) {
    throw badOption('Dropout must be a share from 0 to below 1.', 'Use 0 for none, or something like 0.2.')
  }
  if (!optimizers.includes(optimizer)) {
    throw badOption(`There is no optimizer “${optimizer}”.`, `Use one of ${optimizers.join(', ')}.`)
  }
  checkRates(options)
  checkMix(options)
  if (options.mix === 'cutmix' && pool !== 'flatten') {
    throw badOption(
      'Cutmix needs maps: where values are taken together over all places, there is nothing to cut out.',
      'Use pool: “flatten”, or mix: “mixup”.',
    )
  }
  for (const [name, value, least] of [
    ['number of epochs', epochs, 1],
    ['number of warm-up epochs', warmup, 0],
    ['batch size', batchSize, 1],
    ['patience', patience, 0],
  ] as const) {
    if (!isWhole(value, least, limits.count)) {
      throw badOption(`The ${name} must be a whole number from ${least} to ${limits.count}.`, 'Choose another one.')
    }
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

/** What changes the size of steps. */
function checkRates({ learningRate, schedule, weightDecay, labelSmoothing, clipNorm }: DenseOptions): void {
  if (!(learningRate > 0 && Number.isFinite(learningRate))) {
    throw badOption('The learning rate must be a number above 0.', 'Use something like 0.001.')
  }
  if (!isSchedule(schedule)) {
    throw badOption(
      'There is no such schedule of the learning rate.',
      'Use “constant”, “cosine”, or something like { every: 20, factor: 0.5 }.',
    )
  }
  if (!(weightDecay >= 0 && Number.isFinite(weightDecay))) {
    throw badOption('The weight decay must be a number from 0 on.', 'Use 0 for none, or something like 0.004.')
  }
  if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
    throw badOption('Label smoothing must be a share from 0 to below 1.', 'Use 0 for none, or something like 0.1.')
  }
  if (!(clipNorm >= 0 && Number.isFinite(clipNorm))) {
    throw badOption(
      'The longest gradient, clipNorm, must be a number from 0 on.',
      'Use 0 for any, or something like 1.',
    )
  }
}

/** Whether a script has given a schedule. */
function isSchedule(schedule: unknown): schedule is Schedule {
  if (schedule === 'constant' || schedule === 'cosine') return true
  const { every, factor } = Object(schedule) as { every?: unknown; factor?: unknown }
  return (
    typeof every === 'number' &&
    isWhole(every, 1, limits.count) &&
    typeof factor === 'number' &&
    factor > 0 &&
    factor <= 1
  )
}
