import * as tf from '@tensorflow/tfjs-core'
import { CutpointError } from '../../../errors'
import type { HeadLayer } from '../../../graph/head-builder'
import type { HeadOptions, TrainingStep } from '../../../types'
import { imageWeights, type ClassWeights } from '../class-weights'
import type { Pace } from '../pace'
import { uniform } from '../../../random'
import { shuffled } from '../random'
import { DenseNetwork, glorotWeights, type Batch, type Sums } from './network'
import { foldScaling, pick, scalingOf, upload, type Rows } from './rows'

export interface DenseProblem {
  readonly training: Rows
  /** What early stopping looks at; without it, that is the loss in training. */
  readonly validation: Rows | null
  readonly length: number
  readonly classes: number
  readonly classWeights: ClassWeights
}

export interface DenseOptions {
  readonly head: Extract<HeadOptions, { kind: 'dense' }>
  readonly seed: number
  /** Breathes between batches. */
  readonly pace: Pace
  /** Hears of every epoch. */
  readonly onEpoch?: (step: TrainingStep) => void
}

export interface DenseFit {
  readonly layers: HeadLayer[]
  /** In training, of the epoch whose weights were kept. */
  readonly loss: number
  /** Steps taken. */
  readonly iterations: number
  readonly stopped: 'patience' | 'epochs' | 'not-finite'
  readonly history: TrainingStep[]
  readonly ms: number
}

/** Steps after which the backend is waited for, so that a cancel does not find a long queue. */
const stepsAhead = 8
/** Rows that are evaluated together. */
const evaluatedRows = 256

/**
 * Trains dense layers on the current backend: Glorot's start, batches in seeded order, early stop, and the weights of
 * the best epoch. Features are standardised on the training rows, and that is folded into the first layer. The same
 * input gives the same head on the same backend. Throws CutpointError `not-finite`, or what `pace` throws.
 */
export async function fitDenseHead(problem: DenseProblem, options: DenseOptions): Promise<DenseFit> {
  const began = performance.now()
  const { training, validation, length, classes, classWeights } = problem
  const { head, seed } = options
  const count = training.labels.length
  const scaling = scalingOf(training.features, length)
  // Each counts 1 on average, as in Keras.
  const weights = imageWeights(training.labels, classes, classWeights).map((weight) => weight * count)
  const rows = upload(training, scaling, weights, classes)
  const held = validation && upload(validation, scaling, new Float32Array(validation.labels.length).fill(1), classes)
  const network = new DenseNetwork(glorotWeights([length, ...head.hidden, classes], seed), {
    rule: head.optimizer,
    rate: head.learningRate,
    dropout: head.dropout,
    // Not the stream that the first weights come from.
    seed: seed + 1,
  })
  try {
    const { history, best, stopped } = await runEpochs(network, rows, held, options)
    return {
      layers: foldScaling(await network.best(), scaling),
      loss: history[best].loss,
      iterations: network.steps,
      stopped,
      history,
      ms: performance.now() - began,
    }
  } finally {
    network.dispose()
    tf.dispose(rows)
    if (held) tf.dispose(held)
  }
}

interface Epochs {
  readonly history: TrainingStep[]
  /** Index of the epoch whose weights are kept. */
  readonly best: number
  readonly stopped: DenseFit['stopped']
}

async function runEpochs(
  network: DenseNetwork,
  rows: Batch,
  held: Batch | null,
  { head, seed, pace, onEpoch }: DenseOptions,
): Promise<Epochs> {
  const random = uniform(seed + 2)
  const history: TrainingStep[] = []
  let best = -1
  let least = Infinity
  while (history.length < head.epochs) {
    const trained = await runEpoch(network, rows, shuffled(rows.features.shape[0], random), head.batchSize, pace)
    const judged = held && (await evaluate(network, held, pace))
    const step = {
      ...trained,
      validationLoss: judged?.loss ?? null,
      validationAccuracy: judged?.accuracy ?? null,
    }
    const watched = judged?.loss ?? trained.loss
    if (!Number.isFinite(watched + trained.loss)) {
      if (best < 0) throw diverged(head.learningRate)
      return { history, best, stopped: 'not-finite' }
    }
    history.push(step)
    onEpoch?.(step)
    if (watched < least) {
      least = watched
      best = history.length - 1
      network.keepBest()
    } else if (head.patience > 0 && history.length - 1 - best >= head.patience) {
      return { history, best, stopped: 'patience' }
    }
  }
  return { history, best, stopped: 'epochs' }
}

interface Means {
  readonly loss: number
  readonly accuracy: number
}

/** One pass of steps over all rows; means are of what was said on the way. */
async function runEpoch(
  network: DenseNetwork,
  rows: Batch,
  order: Int32Array,
  batchSize: number,
  pace: Pace,
): Promise<Means> {
  return overBatches(order, batchSize, pace, (part) => {
    const batch = pick(rows, part)
    const sums = network.step(batch)
    tf.dispose(batch)
    return sums
  })
}

async function evaluate(network: DenseNetwork, rows: Batch, pace: Pace): Promise<Means> {
  const order = Int32Array.from({ length: rows.features.shape[0] }, (_, index) => index)
  return overBatches(order, evaluatedRows, pace, (part) => {
    const batch = pick(rows, part)
    const sums = network.evaluate(batch)
    tf.dispose(batch)
    return sums
  })
}

/** Adds up what `work` gives for each batch of `order`, waiting for the backend now and then. */
async function overBatches(
  order: Int32Array,
  batchSize: number,
  pace: Pace,
  work: (part: Int32Array) => Sums,
): Promise<Means> {
  let waiting: Sums[] = []
  let loss = 0
  let correct = 0
  const settle = async (): Promise<void> => {
    const settled = waiting
    waiting = []
    try {
      const values = await Promise.all(settled.map(async (sums) => [await sums.loss.data(), await sums.correct.data()]))
      for (const [[addedLoss], [addedCorrect]] of values) {
        loss += addedLoss
        correct += addedCorrect
      }
    } finally {
      tf.dispose(settled)
    }
  }
  try {
    for (let first = 0; first < order.length; first += batchSize) {
      waiting.push(work(order.subarray(first, first + batchSize)))
      if (waiting.length >= stepsAhead) await settle()
      await pace.breathe()
    }
    await settle()
    return { loss: loss / order.length, accuracy: correct / order.length }
  } finally {
    tf.dispose(waiting)
  }
}

function diverged(rate: number): CutpointError {
  return new CutpointError(
    'not-finite',
    'The training lost its way: the loss is not a number any more.',
    `Choose a lower learning rate than ${rate}.`,
    { learningRate: rate },
  )
}
