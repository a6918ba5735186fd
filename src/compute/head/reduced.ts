import { padded, type Matrix } from '../kernels/kernel'
import { cholesky, solveCholesky } from './cholesky'
import { inPieces } from './pace'
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

/**
 * Solves with the Hessian at the last evaluated point, all classes sharing the mean of their diagonal blocks:
 * Yᵀ diag(curvature) Y + l2.
 */
export async function hessianSolver(space: Space, l2: number): Promise<(vector: Float64Array) => void> {
  const { kernel, memory, pace, size } = space
  const features = reducedOf(space)
  const weighted: Matrix = { ...memory.weighted, columns: size }
  const products: Matrix = { ...memory.inner, columns: size }
  memory.inner.data.fill(0)
  await inPieces(pace, features.rows / 4, 4 * size * size, (from, to) => {
    kernel.scaleRows(features, memory.curvature, weighted, from, to)
    kernel.transposedTimes(features, weighted, products, from, to)
  })
  const hessian = toRowMajor(products, size)
  for (let index = 1; index < size; index++) hessian[index * size + index] += l2
  const factor = cholesky(hessian, size)
  const classes = memory.logits.columns
  const column = new Float64Array(size)
  return (vector) => {
    for (let label = 0; label < classes; label++) {
      for (let row = 0; row < size; row++) column[row] = vector[((row >> 2) * classes + label) * 4 + (row & 3)]
      solveCholesky(factor, size, column)
      for (let row = 0; row < size; row++) vector[((row >> 2) * classes + label) * 4 + (row & 3)] = column[row]
    }
  }
}

/** Length of a point of the reduced problem. */
export function pointLength(space: Space): number {
  return padded(basisOf(space).columns) * space.memory.logits.columns
}
