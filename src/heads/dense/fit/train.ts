import { CutpointError } from '../../../errors'
import type { DenseLayer } from '../../../graph/graft/layers/dense'
import type { MapShape } from '../../../graph/graft/map-shape'
import type { TrainingStep } from '../../../types'
import { imageWeights, type ClassWeights } from '../../../compute/head/class-weights'
import { createMixer, type Mixer } from '../../../compute/head/mixing/mixture'
import type { Pace } from '../../../compute/head/pace'
import { uniform } from '../../../random'
import { shuffled } from '../../../compute/head/random'
import { foldScaling, prepare, scalingOf, type Rows } from '../../../compute/head/rows'
import type { DenseOptions } from '../spec'
import { createSteps } from './create-steps'
import type { Steps } from './steps'
import { scheduleOf } from '../../../compute/kernels/schedule'
import { firstWeights } from './weights'

export interface DenseProblem {
  readonly training: Rows
  /** What early stopping looks at; without it, that is the loss in training, or where rows are mixed that of the rows as they are. */
  readonly validation: Rows | null
  readonly length: number
  readonly classes: number
  readonly classWeights: ClassWeights
  /** How a row lies as a map, for what is cut out of it; null or left out where it is none. */
  readonly map?: MapShape | null
}

export interface DenseFitOptions {
  readonly head: DenseOptions
  readonly seed: number
  /** Yields between batches, and within large ones. */
  readonly pace: Pace
  /** Hears of every epoch. */
  readonly onEpoch?: (step: TrainingStep) => void
}

export interface DenseFit {
  readonly layers: DenseLayer[]
  /** In training, of the epoch whose weights were kept. */
  readonly loss: number
  /** Steps taken. */
  readonly iterations: number
  readonly stopped: 'patience' | 'epochs' | 'not-finite'
  readonly history: TrainingStep[]
  readonly ms: number
}

/** Rows that are evaluated together. */
const evaluatedRows = 256

/**
 * Trains dense layers: a seeded start, batches in seeded order, early stop, and the weights of the best epoch. Features
 * are standardised on the training rows, and that is folded into the first layer. The same input gives the same head
 * on the same backend. Throws CutpointError `not-finite`, or what `pace` throws.
 */
export async function fitDenseHead(problem: DenseProblem, options: DenseFitOptions): Promise<DenseFit> {
  const began = performance.now()
  const { training, validation, length, classes, classWeights } = problem
  const { head, seed, pace } = options
  const count = training.labels.length
  // Without photos held out it goes by those that are trained on: as they are, since mixtures cost now more, now less.
  const isMixed = head.mix !== 'none'
  const watched = validation ?? (isMixed ? training : null)
  const heldCount = watched?.labels.length ?? 0
  const shapes = shapesOf(head, classes)
  const scaling = scalingOf(training.features, length)
  // Each counts 1 on average, as in Keras.
  const weights = imageWeights(training.labels, classes, classWeights).map((weight) => weight * count)
  const steps = await createSteps({
    training: prepare(training, scaling, weights),
    held: watched && prepare(watched, scaling, validation ? new Float32Array(heldCount).fill(1) : weights),
    layers: firstWeights([length, ...shapes.map(({ outputs }) => outputs)], head.initializer, seed),
    rule: head.optimizer,
    rate: scheduleOf(head, Math.ceil(count / head.batchSize)),
    weightDecay: head.weightDecay,
    labelSmoothing: head.labelSmoothing,
    clipNorm: head.clipNorm,
    dropout: head.dropout,
    // Not the stream that the first weights come from.
    seed: seed + 1,
    most: Math.max(Math.min(head.batchSize, count), Math.min(evaluatedRows, heldCount)),
    pace,
  })
  try {
    const { history, best, stopped } = await runEpochs(
      steps,
      { count, heldCount, isHeldOut: validation !== null, mixer: createMixer(head, problem.map ?? null, seed + 3) },
      options,
    )
    const weights = await steps.best()
    return {
      layers: foldScaling(
        shapes.map((shape, index) => ({ kind: 'dense', ...weights[index], ...shape })),
        scaling,
      ),
      loss: history[best].loss,
      iterations: steps.taken,
      stopped,
      history,
      ms: performance.now() - began,
    }
  } finally {
    steps.dispose()
  }
}

/** Layers from before anything was learnt. */
export function freshLayers(head: DenseOptions, length: number, classes: number, seed: number): DenseLayer[] {
  const shapes = shapesOf(head, classes)
  const weights = firstWeights([length, ...shapes.map(({ outputs }) => outputs)], head.initializer, seed)
  return shapes.map((shape, index) => ({ kind: 'dense', ...weights[index], ...shape }))
}

/** Outputs and activation of each layer. */
function shapesOf({ hidden }: DenseOptions, classes: number): Pick<DenseLayer, 'outputs' | 'activation'>[] {
  return [
    ...hidden.map((outputs) => ({ outputs, activation: 'relu' as const })),
    { outputs: classes, activation: 'softmax' },
  ]
}

interface Epochs {
  readonly history: TrainingStep[]
  /** Index of the epoch whose weights are kept. */
  readonly best: number
  readonly stopped: DenseFit['stopped']
}

interface EpochRows {
  readonly count: number
  /** Rows by which it is known when to stop; 0 where it goes by the steps' own. */
  readonly heldCount: number
  /** Whether those were held out. */
  readonly isHeldOut: boolean
  readonly mixer: Mixer
}

async function runEpochs(
  steps: Steps,
  { count, heldCount, isHeldOut, mixer }: EpochRows,
  { head, seed, pace, onEpoch }: DenseFitOptions,
): Promise<Epochs> {
  const random = uniform(seed + 2)
  const held = Int32Array.from({ length: heldCount }, (_, row) => row)
  const history: TrainingStep[] = []
  let best = -1
  let least = Infinity
  while (history.length < head.epochs) {
    // Means are of what was predicted on the way.
    const trained = await overBatches(steps, shuffled(count, random), head.batchSize, pace, (rows) =>
      steps.step(rows, mixer(rows.length)),
    )
    const evaluated =
      heldCount > 0 ? await overBatches(steps, held, evaluatedRows, pace, (rows) => steps.evaluate(rows)) : null
    const step = {
      ...trained,
      validationLoss: isHeldOut ? (evaluated?.loss ?? null) : null,
      validationAccuracy: isHeldOut ? (evaluated?.accuracy ?? null) : null,
    }
    const watched = evaluated?.loss ?? trained.loss
    if (!Number.isFinite(watched + trained.loss)) {
      if (best < 0) throw diverged(head.learningRate)
      return { history, best, stopped: 'not-finite' }
    }
    history.push(step)
    onEpoch?.(step)
    if (watched < least) {
      least = watched
      best = history.length - 1
      steps.keepBest()
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

/** Does `work` for each batch of `order`; the means over all its rows. */
async function overBatches(
  steps: Steps,
  order: Int32Array,
  batchSize: number,
  pace: Pace,
  work: (rows: Int32Array) => Promise<void>,
): Promise<Means> {
  for (let first = 0; first < order.length; first += batchSize) {
    await work(order.subarray(first, first + batchSize))
    await pace.yieldTurn()
  }
  const { loss, correct } = await steps.sums()
  return { loss: loss / order.length, accuracy: correct / order.length }
}

function diverged(rate: number): CutpointError {
  return new CutpointError(
    'not-finite',
    'The training lost its way: the loss is not a number any more.',
    `Choose a lower learning rate than ${rate}.`,
    { learningRate: rate },
  )
}
