import { CutpointError } from '../../../errors'
import { at } from '../../../compute/kernels/kernel'
import { openKernel } from '../../../compute/kernels/load'
import { imageWeights } from '../../../compute/head/class-weights'
import { createPace } from '../../../compute/head/pace'
import { biasOf, expand, startFrom, type Space } from './space'
import { notFinite } from '../../../compute/head/not-finite'
import { foldIn, foldOut, standardise } from './standardise'
import { solveInSubspace, type Stop } from './subspace'
import { createWorkspace } from './workspace'
import type { FeatureScale } from '../spec'
import type { LinearHead, LinearProblem } from './types'

export interface LinearFitOptions {
  /** λ of λ/2 ‖W‖². */
  l2: number
  /** By what centred features are divided; by one number if left out. */
  scale?: FeatureScale
  /** Largest gradient entry at which the solver may stop; see defaultTolerance. */
  tolerance?: number
  maxIterations?: number
  onIteration?: (iteration: LinearIteration) => void
  /** Throws to stop the fit; asked about every 30 ms. */
  checkCancelled?: () => void
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
  check(problem, options)
  const { labels, length, classes } = problem
  const { kernel, memory } = await openKernel((arena) => createWorkspace(arena, labels.length, length, classes))
  try {
    const space: Space = { kernel, memory, pace: createPace(options.checkCancelled), size: 1 }
    const fit = await fitIn(space, problem, options)
    return { ...fit, ms: performance.now() - began }
  } finally {
    kernel.close()
  }
}

async function fitIn(space: Space, problem: LinearProblem, options: LinearFitOptions): Promise<Omit<LinearFit, 'ms'>> {
  const { memory } = space
  const { labels, classes } = problem
  const images = labels.length
  memory.labels.set(labels)
  memory.weights.set(imageWeights(labels, classes, problem.classWeights ?? 'none'))
  for (let row = 0; row < images; row++) memory.reduced.data[at(memory.reduced.stride, row, 0)] = 1
  await standardise(space, problem, options.scale ?? 'global')

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

function check(problem: LinearProblem, options: LinearFitOptions): void {
  const { features, length, labels, classes } = problem
  if (labels.length === 0) {
    throw new CutpointError('no-images', 'There are no photos to train on.', 'Add photos to at least two labels.')
  }
  if (classes < 2 || labels.every((label) => label === labels[0])) {
    throw new CutpointError(
      'one-label',
      'All training photos have the same label, so there is nothing to tell apart.',
      'Add photos of a second label.',
    )
  }
  if (features.length !== labels.length * length || labels.some((label) => label < 0 || label >= classes)) {
    throw new CutpointError('internal', 'The features and labels do not fit together.', 'Report what you did.', {
      features: features.length,
      length,
      images: labels.length,
      classes,
    })
  }
  if (!(options.l2 >= 0 && Number.isFinite(options.l2))) {
    throw new CutpointError('bad-option', 'The penalty (l2) must be zero or a positive number.', 'Try 0.01.', {
      l2: options.l2,
    })
  }
}
