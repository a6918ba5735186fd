import * as v from 'valibot'
import { badOption } from '../check'
import { storedFacts, type NetworkFacts } from '../../graph/graft/network/facts'
import { rowPools, type RowPool } from '../../graph/graft/pools'
import { optimizers, type Optimizer, type Schedule } from '../../optimizers'
import { number, positive } from '../../stored-fields'
import { checkRounds, storedSchedule } from '../rounds'
import type { HeadSpec } from '../types'

/** How the value at the cut goes in: as it fits, or pooled in a way that was chosen. */
export const ownPools = ['auto', ...rowPools] as const

/** What becomes of the last layer: it is taken as it is, or a new one with as many outputs as there are labels takes its place. */
export const lastLayers = ['kept', 'new'] as const

export interface OwnOptions {
  kind: 'own'
  /** The network that is the head; null before one is chosen. */
  network: NetworkFacts | null
  pool: 'auto' | RowPool
  lastLayer: (typeof lastLayers)[number]
  /** Whether all of it learns, or its last dense layer alone. */
  learns: 'all' | 'last'
  optimizer: Optimizer
  learningRate: number
  schedule: Schedule
  /** Epochs in which the rate grows from nothing to the learning rate. */
  warmup: number
  /** The length that the gradient of all weights together has at most: Keras' `global_clipnorm`; 0 for any. */
  clipNorm: number
  epochs: number
  batchSize: number
  /** Epochs without progress after which it stops; 0 for never. */
  patience: number
}

/** A network of one’s own, joined to the cut and trained in rounds. */
export const own = {
  kind: 'own',
  defaults: {
    kind: 'own',
    network: null,
    pool: 'auto',
    lastLayer: 'kept',
    learns: 'all',
    optimizer: 'adam',
    learningRate: 0.001,
    schedule: 'constant',
    warmup: 0,
    clipNorm: 0,
    epochs: 50,
    batchSize: 16,
    patience: 10,
  },
  stored: v.looseObject({
    kind: v.literal('own'),
    network: v.nullable(storedFacts),
    pool: v.picklist(ownPools),
    lastLayer: v.picklist(lastLayers),
    learns: v.picklist(['all', 'last']),
    optimizer: v.picklist(optimizers),
    learningRate: number,
    schedule: storedSchedule,
    warmup: number,
    clipNorm: number,
    epochs: positive,
    batchSize: positive,
    patience: number,
  }),
  before: {},
  check,
  // Before it is known what the cut gives; a training goes by that.
  pool: ({ pool, network }) =>
    pool === 'auto' ? ((network?.inputShape.length ?? 1) > 1 ? 'flatten' : 'average') : pool,
  parameters: ({ network, lastLayer, learns }, _, labels) => {
    if (!network) return null
    const { parameters, outputs, lastInputs } = network
    if (lastInputs === null) return parameters
    const last = (lastInputs + 1) * (lastLayer === 'new' ? labels : outputs)
    return learns === 'last' ? last : parameters - (lastInputs + 1) * outputs + last
  },
  random: true,
  quick: false,
  weighs: true,
  tunes: false,
  keepsPhotos: () => false,
  watchesValidation: true,
  steps: 'epoch',
} satisfies HeadSpec<OwnOptions>

function check(options: OwnOptions): void {
  const { pool, lastLayer, learns, network } = options
  const oneOf = (name: string, value: string, known: readonly string[]): void => {
    if (!known.includes(value)) throw badOption(`There is no ${name} “${value}”.`, `Use one of ${known.join(', ')}.`)
  }
  oneOf('pooling', pool, ownPools)
  oneOf('last layer', lastLayer, lastLayers)
  oneOf('part that learns', learns, ['all', 'last'])
  if (!v.safeParse(v.nullable(storedFacts), network).success) {
    throw badOption(
      'What is known of the network that is to be the head is not whole.',
      'Give it as head.model: files or an address, or drop it under “Training”.',
    )
  }
  if (network?.lastInputs === null && (lastLayer === 'new' || learns === 'last')) {
    throw badOption(
      `“${network.name}” does not end in a dense layer of its own, so that there is none to take the place of or to train alone.`,
      'Take its last layer as it is, and let all of it learn.',
    )
  }
  // Dropout is left out, and no weights decay.
  checkRounds({ ...options, dropout: 0, weightDecay: 0 })
}
