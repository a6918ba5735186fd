import { foldsOf } from '../../compute/head/folds'
import { scalingOf } from '../../compute/head/rows'
import { oneScale } from '../../compute/head/tools/scaled-rows'
import type { Fittable, Fitted, HeadFit, HeadTuning, Refitted } from '../../compute/head/types'
import type { JobContext } from '../../compute/jobs'
import type { DenseLayer } from '../../graph/graft/layers/dense'
import type { HeadLayer } from '../../graph/graft/layers/forms'
import { choosePenalty } from './fit/choose-penalty'
import { fitLinearHead, trainedGradient } from './fit/solve'
import type { LinearHead, LinearProblem } from './fit/types'
import { linear, type LinearOptions } from './spec'

/** How linear heads are trained: solved, whichever and however many photos there are. */
export const linearFit: HeadFit<LinearOptions> = { settle, fit, refit, tuning }

/** In how many folds photos are held out to choose the penalty. */
const penaltyFolds = 3

/** With fewer photos than that can be held out, nothing is chosen, and the penalty is that of the head as it is offered first. */
async function settle(given: Fittable, options: LinearOptions, context: JobContext): Promise<LinearOptions> {
  if (options.l2 !== 'auto') return options
  context.progress('Choosing the penalty', 0, 0)
  const chosen = await choosePenalty(problemOf(given), foldsOf(given.training, penaltyFolds), {
    scale: options.scale,
    checkCancelled: () => context.checkCancelled(),
  })
  return chosen === null ? options : { ...options, l2: chosen }
}

async function fit(given: Fittable, options: LinearOptions, context: JobContext): Promise<Fitted> {
  const result = await fitLinearHead(problemOf(given), {
    l2: penaltyOf(options),
    scale: options.scale,
    checkCancelled: () => context.checkCancelled(),
    onIteration: () => context.progress('Training the head', 0, 0),
  })
  const { ms, iterations, loss, gradient, stopped } = result
  return {
    layers: layersOf(result, given.classes),
    fit: { ms, iterations, loss, gradient, stopped },
    history: result.history.map((step) => ({
      loss: step.loss,
      accuracy: step.accuracy,
      validationLoss: null,
      validationAccuracy: null,
    })),
  }
}

async function refit(
  given: Fittable,
  options: LinearOptions,
  layers: readonly HeadLayer[],
  context: JobContext,
): Promise<Refitted> {
  const from = layers.at(0)
  const result = await fitLinearHead(problemOf(given), {
    l2: penaltyOf(options),
    scale: options.scale,
    tolerance: trainedGradient,
    warmStart: from?.kind === 'dense' ? from : undefined,
    checkCancelled: () => context.checkCancelled(),
  })
  return {
    layers: layersOf(result, given.classes),
    // Each pass over the features takes two products.
    work: 2 * result.iterations * given.training.data.length * given.classes,
  }
}

function tuning({ training, length, lengths, classes }: Fittable, options: LinearOptions): HeadTuning {
  const each = scalingOf(training.data, length)
  return {
    scaling: options.scale === 'each' ? each : oneScale(each, lengths),
    penalty: penaltyOf(options),
    fresh: () => layersOf({ kernel: new Float32Array(length * classes), bias: new Float32Array(classes) }, classes),
  }
}

/** The penalty, once it is settled; where it could not be, that of the head as it is offered first. */
const penaltyOf = ({ l2 }: LinearOptions): number => (l2 === 'auto' ? linear.defaults.l2 : l2)

function problemOf({ training, length, lengths, classes, classWeights }: Fittable): LinearProblem {
  return { features: training.data, length, lengths, labels: training.classes, classes, classWeights }
}

function layersOf({ kernel, bias }: LinearHead, classes: number): [DenseLayer] {
  return [{ kind: 'dense', kernel, bias, outputs: classes, activation: 'softmax' }]
}
