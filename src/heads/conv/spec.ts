import * as v from 'valibot'
import { badOption, isWhole } from '../check'
import { number, positive } from '../../stored-fields'
import { optimizers, type Optimizer, type Schedule } from '../../optimizers'
import { checkRounds, storedSchedule } from '../rounds'
import type { HeadSpec } from '../types'

export interface ConvOptions {
  kind: 'conv'
  /** Filters of each convolution, one behind the other. */
  filters: number | number[]
  /** Rows and columns of each kernel. */
  kernel: number
  /** Share of the averaged values that is left out in each step. */
  dropout: number
  optimizer: Optimizer
  learningRate: number
  schedule: Schedule
  /** Epochs in which the rate grows from nothing to the learning rate. */
  warmup: number
  /** Share of the kernels, times the rate, that goes in each step beside the gradient. */
  weightDecay: number
  /** The length that the gradient of all weights together has at most; 0 for any. */
  clipNorm: number
  epochs: number
  batchSize: number
  /** Epochs without progress after which it stops; 0 for never. */
  patience: number
}

/** The most of each that there can be. */
const limits = { layers: 3, filters: 2048, kernel: 11 }

/** Convolutions on the map at the cut, averaged over space, and a dense layer. */
export const conv = {
  kind: 'conv',
  defaults: {
    kind: 'conv',
    filters: [256],
    kernel: 3,
    dropout: 0.2,
    optimizer: 'adam',
    learningRate: 0.001,
    schedule: 'constant',
    warmup: 0,
    weightDecay: 0,
    clipNorm: 0,
    epochs: 20,
    batchSize: 16,
    patience: 10,
  },
  stored: v.looseObject({
    kind: v.literal('conv'),
    filters: v.union([positive, v.array(positive)]),
    kernel: positive,
    dropout: number,
    optimizer: v.picklist(optimizers),
    learningRate: number,
    schedule: storedSchedule,
    warmup: number,
    weightDecay: number,
    clipNorm: number,
    epochs: positive,
    batchSize: positive,
    patience: number,
  }),
  before: {},
  check,
  pool: () => 'map',
  parameters: (options, channels, labels) => {
    const widths = [channels, ...filtersOf(options)]
    const convolutions = widths.slice(1).reduce((sum, filters, layer) => {
      return sum + (options.kernel ** 2 * widths[layer] + 1) * filters
    }, 0)
    return convolutions + ((widths.at(-1) ?? 0) + 1) * labels
  },
  random: true,
  quick: false,
  weighs: true,
  tunes: false,
  keepsPhotos: () => false,
  watchesValidation: true,
  steps: 'epoch',
} satisfies HeadSpec<ConvOptions>

/** Filters of each convolution. */
export function filtersOf({ filters }: Pick<ConvOptions, 'filters'>): readonly number[] {
  return typeof filters === 'number' ? [filters] : filters
}

function check(options: ConvOptions): void {
  const filters: unknown = options.filters
  const list = Array.isArray(filters) ? filters : [filters]
  if (!isWhole(list.length, 1, limits.layers) || !list.every((many) => isWhole(Number(many), 1, limits.filters))) {
    throw badOption(
      `There can be 1 to ${limits.layers} convolutions of 1 to ${limits.filters} filters.`,
      'Use something like filters: [256], or [128, 64].',
    )
  }
  if (!isWhole(options.kernel, 1, limits.kernel)) {
    throw badOption(`The kernel must be a whole number from 1 to ${limits.kernel}.`, 'Use something like kernel: 3.')
  }
  checkRounds(options)
}
