import { imageWeights } from '../../../compute/head/class-weights'
import { inPieces } from '../../../compute/head/pace'
import { reducedOf, type Space } from './space'
import { solveInSubspace } from './subspace'
import type { LinearProblem } from './types'
import { withSpace, type SpaceOptions } from './with-space'

/** Penalties that are tried, the largest first: each begins where the one before ended, in the same subspace. */
const tried = [1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001]

/** Near enough to a fold's optimum for its loss on what it holds out. */
const tolerance = 3e-3
const maxIterations = 3

/**
 * The penalty with the least mean cross-entropy on held-out images: each fold is held out once, and those in no fold
 * (-1) never. The features are scaled on all images, which says nothing of their labels. A fold without which there are
 * fewer than two labels is left out; null where all are. Throws as `fitLinearHead`.
 */
export async function choosePenalty(
  problem: LinearProblem,
  folds: Int32Array,
  options: SpaceOptions,
): Promise<number | null> {
  return withSpace(problem, options, async (space) => {
    const losses = new Float64Array(tried.length)
    let held = 0
    for (const fold of new Set(folds)) {
      const rest = problem.labels.filter((_, row) => folds[row] !== fold)
      if (fold < 0 || new Set(rest).size < 2) continue
      const own = await lossesOf(space, problem, (row) => folds[row] === fold)
      own.forEach((loss, index) => (losses[index] += loss))
      held++
    }
    return held === 0 ? null : tried[losses.indexOf(Math.min(...losses))]
  })
}

/** Mean cross-entropy of the held-out images with each penalty, times their number. */
async function lossesOf(space: Space, problem: LinearProblem, isHeld: (row: number) => boolean): Promise<number[]> {
  const { memory } = space
  const training = weightsOf(problem, memory.weights.length, (row) => !isHeld(row))
  const held = weightsOf(problem, memory.weights.length, isHeld)
  const share = problem.labels.filter((_, row) => isHeld(row)).length
  space.size = 1
  let point = new Float64Array(4 * problem.classes)
  const losses: number[] = []
  for (const l2 of tried) {
    memory.weights.set(training)
    const solution = await solveInSubspace(space, point, { l2, tolerance, maxIterations, onIteration: () => undefined })
    point = Float64Array.from(solution.point)
    memory.weights.set(held)
    losses.push(share * (await lossAt(space, point)))
  }
  return losses
}

/** The weights of some images, as class weights have it, summing to 1; 0 for the others, `length` in all. */
function weightsOf(
  { labels, classes, classWeights = 'none' }: LinearProblem,
  length: number,
  isAmong: (row: number) => boolean,
): Float32Array {
  const rows = [...labels.keys()].filter(isAmong)
  const own = imageWeights(
    Int32Array.from(rows, (row) => labels[row]),
    classes,
    classWeights,
  )
  const weights = new Float32Array(length)
  rows.forEach((row, index) => (weights[row] = own[index]))
  return weights
}

/** Cross-entropy at a point of the reduced problem, each image counted by its weight. */
async function lossAt(space: Space, point: Float64Array): Promise<number> {
  const { kernel, memory, pace } = space
  const { logits, reducedPoint } = memory
  const features = reducedOf(space)
  reducedPoint.data.set(point)
  let loss = 0
  await inPieces(pace, features.rows / 4, 4 * features.columns * logits.columns, (from, to) => {
    kernel.times(features, reducedPoint, logits, from, to, false)
    loss += kernel.softmax(logits, memory.labels, memory.weights, memory.curvature, from, to).loss
  })
  return loss
}
