import type { HeadLayer } from '../../graph/graft/head-builder'
import type { HeadOptions, TrainingStep, TrainOptions, HeadReport } from '../../types'
import type { JobContext } from '../jobs'
import type { ClassWeights } from './class-weights'
import { fitDenseHead } from './dense/fit'
import type { Rows } from './dense/rows'
import { softmaxLayer } from './head'
import { fitLinearHead } from './linear/fit'
import { createPace } from './pace'
import type { TrainingRows } from './training-rows'

/** A head of either kind, and how it was found. */
export interface Fitted {
  readonly layers: readonly HeadLayer[]
  readonly fit: HeadReport['fit']
  readonly history: TrainingStep[]
}

export interface Fittable {
  readonly training: TrainingRows
  /** Held out for an early stop; null where there is none. */
  readonly validation: Rows | null
  readonly length: number
  readonly classes: number
}

type DenseHead = Extract<HeadOptions, { kind: 'dense' }>

/** Milliseconds between two reports of epochs that have passed. */
const reportEvery = 100

/** Trains a head of the kind that is asked for. Throws CutpointError. */
export function fitHead(
  given: Fittable,
  { head, classWeights, seed }: TrainOptions,
  context: JobContext,
): Promise<Fitted> {
  return head.kind === 'linear'
    ? fitLinear(given, head.l2, classWeights, context)
    : fitDense(given, head, classWeights, seed, context)
}

async function fitLinear(
  { training, length, classes }: Fittable,
  l2: number,
  classWeights: ClassWeights,
  context: JobContext,
): Promise<Fitted> {
  const result = await fitLinearHead(
    { features: training.data, length, labels: training.classes, classes, classWeights },
    {
      l2,
      checkCancelled: () => context.checkCancelled(),
      onIteration: () => context.progress('Training the head', 0, 0),
    },
  )
  const { ms, iterations, loss, gradient, stopped } = result
  return {
    layers: [softmaxLayer(result)],
    fit: { ms, iterations, loss, gradient, stopped },
    history: result.history.map((step) => ({
      loss: step.loss,
      accuracy: step.accuracy,
      validationLoss: null,
      validationAccuracy: null,
    })),
  }
}

async function fitDense(
  { training, validation, length, classes }: Fittable,
  head: DenseHead,
  classWeights: ClassWeights,
  seed: number,
  context: JobContext,
): Promise<Fitted> {
  let passed = 0
  let untold: TrainingStep[] = []
  let told = performance.now()
  const tell = (): void => {
    context.tell({ what: 'Training the head', done: passed, total: head.epochs, history: untold })
    untold = []
    told = performance.now()
  }
  tell()
  const result = await fitDenseHead(
    { training: { features: training.data, labels: training.classes }, validation, length, classes, classWeights },
    {
      head,
      seed,
      pace: createPace(() => context.checkCancelled()),
      onEpoch: (step) => {
        passed += 1
        untold.push(step)
        if (performance.now() - told > reportEvery) tell()
      },
    },
  )
  tell()
  const { layers, history, ms, iterations, loss, stopped } = result
  return { layers, history, fit: { ms, iterations, loss, gradient: null, stopped } }
}
