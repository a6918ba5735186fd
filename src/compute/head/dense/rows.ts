import * as tf from '@tensorflow/tfjs-core'
import type { HeadLayer } from '../../../graph/head-builder'
import { notFinite } from '../standardise'
import type { Batch, LayerWeights } from './network'

/** What features are shifted and multiplied by: their mean, and 1/deviation (0 for a constant one). */
export interface Scaling {
  readonly mean: Float64Array
  readonly scale: Float64Array
}

/** Rows with their labels, not yet on a backend. */
export interface Rows {
  /** `[rows, length]`, row major. */
  readonly features: Float32Array
  /** Class of each row. */
  readonly labels: Int32Array
}

/** Mean and deviation of each feature over the rows. Throws CutpointError `not-finite`. */
export function scalingOf(features: Float32Array, length: number): Scaling {
  const rows = features.length / length
  const mean = new Float64Array(length)
  const squares = new Float64Array(length)
  // About the first row, as the mean of equal values is else not quite that value, and the feature not constant.
  for (let index = 0; index < features.length; index++) {
    mean[index % length] += (features[index] - features[index % length]) / rows
  }
  for (let column = 0; column < length; column++) mean[column] += features[column]
  for (let index = 0; index < features.length; index++) {
    squares[index % length] += (features[index] - mean[index % length]) ** 2 / rows
  }
  const scale = squares.map((square, column) => {
    if (!Number.isFinite(square)) throw notFinite({ feature: column })
    return square > 0 ? 1 / Math.sqrt(square) : 0
  })
  return { mean, scale }
}

/** Rows on the current backend, standardised; to be disposed of. */
export function upload(
  { features, labels }: Rows,
  { mean, scale }: Scaling,
  weights: Float32Array,
  classes: number,
): Batch {
  const length = mean.length
  const standardised = new Float32Array(features.length)
  for (let index = 0; index < features.length; index++) {
    const column = index % length
    standardised[index] = (features[index] - mean[column]) * scale[column]
  }
  const targets = new Float32Array(labels.length * classes)
  labels.forEach((label, row) => (targets[row * classes + label] = 1))
  return {
    features: tf.tensor2d(standardised, [labels.length, length]),
    targets: tf.tensor2d(targets, [labels.length, classes]),
    weights: tf.tensor2d(weights, [labels.length, 1]),
  }
}

/** Some of the rows, in the order given; to be disposed of. */
export function pick(rows: Batch, order: Int32Array): Batch {
  return tf.tidy(() => {
    const indices = tf.tensor1d(order, 'int32')
    return {
      features: tf.gather(rows.features, indices),
      targets: tf.gather(rows.targets, indices),
      weights: tf.gather(rows.weights, indices),
    }
  })
}

/** The layers of a head on raw features: the scaling goes into the first. */
export function foldScaling(layers: readonly LayerWeights[], { mean, scale }: Scaling): HeadLayer[] {
  return layers.map(({ kernel, bias }, index) => {
    const outputs = bias.length
    const activation = index + 1 === layers.length ? 'softmax' : 'relu'
    if (index > 0) return { kernel, bias, outputs, activation }
    const folded = new Float32Array(kernel.length)
    const shifted = Float64Array.from(bias)
    for (let entry = 0; entry < kernel.length; entry++) {
      const row = Math.floor(entry / outputs)
      folded[entry] = kernel[entry] * scale[row]
      shifted[entry % outputs] -= folded[entry] * mean[row]
    }
    return { kernel: folded, bias: Float32Array.from(shifted), outputs, activation }
  })
}
