import type { FeatureScale } from '../../spec'
import { cholesky, invertCholesky } from '../cholesky'
import type { LinearProblem } from '../types'
import { softmax } from '../../../../graph/graft/layers/activations'

/** The linear head's loss in float64 by its definition, and its optimum by Newton's method: what tests compare with. */

/** `[images, length]` centred and scaled, in float64. */
export function standardised(
  problem: LinearProblem,
  scale: FeatureScale = 'global',
): {
  rows: Float64Array
  mean: Float64Array
  deviation: Float64Array
} {
  const { features, length, labels } = problem
  const images = labels.length
  const mean = new Float64Array(length)
  const deviation = new Float64Array(length)
  features.forEach((value, index) => (mean[index % length] += value / images))
  features.forEach((value, index) => (deviation[index % length] += (value - mean[index % length]) ** 2 / images))
  const total = deviation.reduce((sum, variance) => sum + variance, 0)
  deviation.forEach((variance, column) => {
    deviation[column] = variance > 0 ? Math.sqrt(scale === 'each' ? variance : total / 1280) : 0
  })
  const rows = Float64Array.from(features, (value, index) => {
    const column = index % length
    return deviation[column] > 0 ? (value - mean[column]) / deviation[column] : 0
  })
  return { rows, mean, deviation }
}

/** Loss at `[length, classes]` weights on standardised features, and the gradient: weights' first, then biases'. */
export function referenceLoss(
  problem: LinearProblem,
  weights: Float64Array,
  bias: Float64Array,
  l2: number,
): { loss: number; gradient: Float64Array; probabilities: Float64Array[] } {
  const { length, labels, classes } = problem
  const { rows } = standardised(problem)
  const gradient = Float64Array.from([...weights.map((value) => l2 * value), ...new Float64Array(classes)])
  let loss = (l2 / 2) * weights.reduce((sum, value) => sum + value * value, 0)
  const probabilities = Array.from(labels, (own, image) => {
    const logits = bias.slice()
    weights.forEach((value, index) => {
      logits[index % classes] += value * rows[image * length + Math.floor(index / classes)]
    })
    const predicted = softmax(logits)
    loss -= Math.log(predicted[own]) / labels.length
    predicted.forEach((probability, label) => {
      const residual = (probability - (label === own ? 1 : 0)) / labels.length
      for (let column = 0; column < length; column++) {
        gradient[column * classes + label] += residual * rows[image * length + column]
      }
      gradient[length * classes + label] += residual
    })
    return predicted
  })
  return { loss, gradient, probabilities }
}

/** The least loss, by damped Newton steps on the full Hessian. Only for small problems. */
export function referenceOptimum(problem: LinearProblem, l2: number): number {
  const { length, classes } = problem
  const size = (length + 1) * classes
  const { rows } = standardised(problem)
  let point = new Float64Array(size)
  const evaluate = (at: Float64Array): ReturnType<typeof referenceLoss> =>
    referenceLoss(problem, at.subarray(0, length * classes), at.subarray(length * classes), l2)
  let state = evaluate(point)
  for (let step = 0; step < 50; step++) {
    const hessian = hessianOf(state.probabilities, rows, length, classes, l2)
    const inverse = invertCholesky(cholesky(hessian, size), size)
    const direction = state.gradient.map((_, row) =>
      state.gradient.reduce((sum, value, column) => sum - inverse[row * size + column] * value, 0),
    )
    let share = 1
    const from = point
    do {
      point = from.map((value, index) => value + share * direction[index])
      share /= 2
    } while (evaluate(point).loss > state.loss && share > 1e-6)
    state = evaluate(point)
    if (state.gradient.every((value) => Math.abs(value) < 1e-11)) break
  }
  return state.loss
}

function hessianOf(
  probabilities: readonly Float64Array[],
  rows: Float64Array,
  length: number,
  classes: number,
  l2: number,
): Float64Array {
  const size = (length + 1) * classes
  const hessian = new Float64Array(size * size)
  const feature = (image: number, column: number): number => (column < length ? rows[image * length + column] : 1)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [a, b] = [row % classes, column % classes]
      const [i, j] = [Math.floor(row / classes), Math.floor(column / classes)]
      let sum = row === column ? (i < length ? l2 : 1e-9) : 0
      for (const [image, predicted] of probabilities.entries()) {
        const curvature = predicted[a] * ((a === b ? 1 : 0) - predicted[b])
        sum += (curvature * feature(image, i) * feature(image, j)) / probabilities.length
      }
      hessian[row * size + column] = sum
    }
  }
  return hessian
}
