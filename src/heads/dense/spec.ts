import * as v from 'valibot'
import { badOption, isWhole } from '../check'
import { number, positive } from '../fields'
import type { HeadSpec } from '../types'

const optimizers = ['adam', 'sgd', 'momentum', 'rmsprop'] as const

export interface DenseOptions {
  kind: 'dense'
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

/** One or more hidden layers, trained in rounds. */
export const dense = {
  kind: 'dense',
  defaults: {
    kind: 'dense',
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
    hidden: v.array(positive),
    dropout: number,
    optimizer: v.picklist(optimizers),
    learningRate: number,
    epochs: positive,
    batchSize: positive,
    patience: number,
  }),
  before: {},
  check,
  layers: ({ hidden }, labels) => [
    ...hidden.map((outputs) => ({ outputs, activation: 'relu' as const })),
    { outputs: labels, activation: 'softmax' },
  ],
  random: true,
  quick: false,
  watchesValidation: true,
  steps: 'epoch',
} satisfies HeadSpec<DenseOptions>

function check({ hidden, dropout, optimizer, learningRate, epochs, batchSize, patience }: DenseOptions): void {
  const { layers, width, count } = limits
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
