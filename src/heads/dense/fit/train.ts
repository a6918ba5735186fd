import type { DenseLayer } from '../../../graph/graft/layers/dense'
import type { MapShape } from '../../../graph/graft/map-shape'
import type { TrainingStep } from '../../../types'
import { imageWeights, type ClassWeights } from '../../../compute/head/class-weights'
import { createMixer } from '../../../compute/head/mixing/mixture'
import type { Pace } from '../../../compute/head/pace'
import { foldScaling, prepare, scalingOf, type Rows } from '../../../compute/head/rows'
import type { DenseOptions } from '../spec'
import { createSteps } from './create-steps'
import { evaluatedRows, runEpochs } from './epochs'
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
