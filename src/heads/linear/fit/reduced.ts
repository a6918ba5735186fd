import { at, columnsOf, padded } from '../../../compute/kernels/kernel'
import { cholesky, invertCholesky } from './cholesky'
import { inPieces } from '../../../compute/head/pace'
import { basisOf, reducedOf, toRowMajor, type Space } from './space'

/** What one evaluation of the reduced problem found besides its gradient. */
export interface Evaluation {
  loss: number
  correct: number
}

/**
 * Loss and gradient of the reduced problem at M `[size, classes]` (in panels; row 0 is the bias, which is not
 * penalised). Leaves the residuals in `memory.logits` and the curvature of each row in `memory.curvature`.
 */
export async function evaluateReduced(
  space: Space,
  l2: number,
  point: Float64Array,
  gradient: Float64Array,
): Promise<Evaluation> {
  const { kernel, memory, pace } = space
  const { logits, reducedPoint, reducedGradient } = memory
  const features = reducedOf(space)
  const classes = logits.columns
  const result = { loss: 0, correct: 0 }
  reducedPoint.data.set(point)
  reducedGradient.data.fill(0)
  await inPieces(pace, features.rows / 4, 8 * features.columns * classes, (from, to) => {
    kernel.times(features, reducedPoint, logits, from, to, false)
    const sums = kernel.softmax(logits, memory.labels, memory.weights, memory.curvature, from, to)
    kernel.transposedTimes(features, logits, reducedGradient, from, to)
    result.loss += sums.loss
    result.correct += sums.correct
  })
  let squares = 0
  for (let index = 0; index < point.length; index++) {
    const penalised = isBias(index, classes) ? 0 : point[index]
    squares += penalised * penalised
    gradient[index] = reducedGradient.data[index] + l2 * penalised
  }
  result.loss += (l2 / 2) * squares
  return result
}

/** Row 0 of a panel matrix of `classes` columns. */
function isBias(index: number, classes: number): boolean {
  return index < classes * 4 && index % 4 === 0
}

/** Added to the Hessian's diagonal, relative to its largest entry, so that its inverse keeps its sign in float32. */
const ridge = 1e-5

/**
 * Multiplies by the inverse of the Hessian at the last evaluated point, all classes sharing the mean of their diagonal
 * blocks: Yᵀ diag(curvature) Y + l2.
 */
export async function hessianSolver(space: Space, l2: number): Promise<(vector: Float64Array) => void> {
  const { kernel, memory, pace, size } = space
  const features = reducedOf(space)
  const weighted = columnsOf(memory.weighted, 0, size)
  const hessian = columnsOf(memory.hessian, 0, size)
  hessian.data.fill(0)
  await inPieces(pace, features.rows / 4, 4 * size * size, (from, to) => {
    kernel.scaleRows(features, memory.curvature, weighted, from, to)
    kernel.transposedTimes(features, weighted, hessian, from, to)
  })
  const entries = toRowMajor(hessian, size)
  let largest = l2
  for (let index = 0; index < size; index++) largest = Math.max(largest, entries[index * size + index])
  for (let index = 0; index < size; index++) entries[index * size + index] += (index > 0 ? l2 : 0) + ridge * largest
  const inverse = invertCholesky(cholesky(entries, size), size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      hessian.data[at(hessian.stride, row, column)] = inverse[row * size + column]
    }
  }
  return (vector) => {
    memory.solveFrom.data.set(vector)
    kernel.times(hessian, memory.solveFrom, memory.solveTo, 0, padded(size) / 4, false)
    for (let index = 0; index < vector.length; index++) vector[index] = memory.solveTo.data[index]
  }
}

/** Length of a point of the reduced problem. */
export function pointLength(space: Space): number {
  return padded(basisOf(space).columns) * space.memory.logits.columns
}
