import * as v from 'valibot'
import { badOption, isWhole } from '../check'
import { number, positive } from '../fields'
import { pools, type Pool } from '../../graph/graft/pools'
import type { HeadSpec } from '../types'

const optimizers = ['adam', 'sgd', 'momentum', 'rmsprop'] as const

export interface DenseOptions {
  kind: 'dense'
  /** How the values at the cut become features: averaged or the largest over space, or all of them. */
  pool: Pool
  /** Units of each hidden layer. */
  hidden: number[]
  dropout: number
  optimizer: (typeof optimizers)[number]
  learningRate: number
  epochs: number
  batchSize: number
  /** Epochs without progress after which it stops; 0 for never. */
  patience: number
}

/** The most of each that there can be; `count` is for epochs, batches and patience. */
const limits = { layers: 3, width: 4096, count: 10_000 }

/** Until it could be chosen, values were averaged. */
const before = { pool: 'average' } as const

/** One or more hidden layers, trained in rounds. */
export const dense = {
  kind: 'dense',
  defaults: {
    kind: 'dense',
    pool: before.pool,
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
    pool: v.optional(v.picklist(pools), before.pool),
    hidden: v.array(positive),
    dropout: number,
    optimizer: v.picklist(optimizers),
    learningRate: number,
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
  watchesValidation: true,
  steps: 'epoch',
} satisfies HeadSpec<DenseOptions>

function check({ pool, hidden, dropout, optimizer, learningRate, epochs, batchSize, patience }: DenseOptions): void {
  const { layers, width, count } = limits
  if (!pools.includes(pool)) {
    throw badOption(`There is no pooling “${pool}”.`, `Use one of ${pools.join(', ')}.`)
  }
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
  if (!(dropout >= 0 && dropout < 1)) {
    throw badOption('Dropout must be a share from 0 to below 1.', 'Use 0 for none, or something like 0.2.')
  }
  if (!optimizers.includes(optimizer)) {
    throw badOption(`There is no optimizer “${optimizer}”.`, `Use one of ${optimizers.join(', ')}.`)
  }
  if (!(learningRate > 0 && Number.isFinite(learningRate))) {
    throw badOption('The learning rate must be a number above 0.', 'Use something like 0.001.')
  }
  for (const [name, value, least] of [
    ['number of epochs', epochs, 1],
    ['batch size', batchSize, 1],
    ['patience', patience, 0],
  ] as const) {
    if (!isWhole(value, least, count)) {
      throw badOption(`The ${name} must be a whole number from ${least} to ${count}.`, 'Choose another one.')
    }
  }
}
