import { CutpointError } from '../../../errors'
import { imageWeights } from '../../../compute/head/class-weights'
import { biasOf, expand, startFrom, type Space } from './space'
import { notFinite } from '../../../compute/head/not-finite'
import { foldIn, foldOut } from './standardise'
import { solveInSubspace, type Stop } from './subspace'
import { withSpace, type SpaceOptions } from './with-space'
import type { LinearHead, LinearProblem } from './types'

export interface LinearFitOptions extends SpaceOptions {
  /** λ of λ/2 ‖W‖². */
  l2: number
  /** Largest gradient entry at which the solver may stop; see defaultTolerance. */
  tolerance?: number
  maxIterations?: number
  onIteration?: (iteration: LinearIteration) => void
  /** Where to begin: an earlier head of the same length and classes. */
  warmStart?: LinearHead
}

export interface LinearIteration {
  loss: number
  accuracy: number
  gradient: number
}

export interface LinearFit extends LinearHead {
  loss: number
  /** Largest entry of the gradient on scaled features in absolute value, biases included. */
  gradient: number
  /** Passes over all features. */
  iterations: number
  /** Evaluations of the reduced problem between them. */
  evaluations: number
  stopped: Stop
  history: LinearIteration[]
  ms: number
}

/** Largest gradient entry at which the head counts as trained. */
export const trainedGradient = 1e-4

/**
 * How far a probability may be from the exact optimum's follows the gradient divided by l2. With this tolerance they
 * agree within 1e-3 on new photos too; below 3e-7 there is only float32 rounding.
 */
function defaultTolerance(l2: number): number {
  return Math.min(trainedGradient, Math.max(3e-7, 3e-4 * l2))
}

const defaultMaxIterations = 200

/**
 * Trains a softmax classifier to its optimum: mean cross-entropy over the images (weighted by class if asked) + l2/2
 * ‖W‖², bias not penalised, features centred and scaled on the given images, the scaling folded back into the result.
 * The same input gives the same bits. Throws CutpointError `one-label`, `no-images`, `not-finite`, `bad-option`, or
 * what `checkCancelled` throws.
 */
export async function fitLinearHead(problem: LinearProblem, options: LinearFitOptions): Promise<LinearFit> {
  const began = performance.now()
  if (!(options.l2 >= 0 && Number.isFinite(options.l2))) {
    throw new CutpointError('bad-option', 'The penalty (l2) must be zero or a positive number.', 'Try 0.01.', {
      l2: options.l2,
    })
  }
  const fit = await withSpace(problem, options, (space) => fitIn(space, problem, options))
  return { ...fit, ms: performance.now() - began }
}

async function fitIn(space: Space, problem: LinearProblem, options: LinearFitOptions): Promise<Omit<LinearFit, 'ms'>> {
  const { memory } = space
  const { labels, classes } = problem
  const images = labels.length
  memory.weights.set(imageWeights(labels, classes, problem.classWeights ?? 'none'))
  const history: LinearIteration[] = []
  const begin = options.warmStart ? foldIn(memory, options.warmStart) : undefined
  const start = begin ? await startFrom(space, begin.weights, begin.bias) : new Float64Array(4 * classes)
  const solution = await solveInSubspace(space, start, {
    l2: options.l2,
    tolerance: options.tolerance ?? defaultTolerance(options.l2),
    maxIterations: options.maxIterations ?? defaultMaxIterations,
    onIteration: ({ loss, correct, gradient }) => {
      if (!Number.isFinite(loss + gradient)) throw notFinite({ loss })
      const iteration = { loss, accuracy: correct / images, gradient }
      history.push(iteration)
      options.onIteration?.(iteration)
    },
  })
  expand(space, solution.point, 1)
  const last = history[history.length - 1]
  // Where rounding ends the search of a head that is trained, that is as far as it can converge.
  const isTrained = solution.stopped === 'stalled' && last.gradient <= trainedGradient
  return {
    ...foldOut(memory, biasOf(space, solution.point)),
    loss: last.loss,
    gradient: last.gradient,
    iterations: solution.iterations,
    evaluations: solution.evaluations,
    stopped: isTrained ? 'converged' : solution.stopped,
    history,
  }
}
