import type { DenseLayer } from '../../graph/graft/layers/dense'
import { notFinite } from './not-finite'

/** What features are shifted and multiplied by: their mean, and 1/deviation (0 for a constant one). */
export interface Scaling {
  readonly mean: Float64Array
  readonly scale: Float64Array
}

/** Rows with their labels. */
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

/** Rows to train on, standardised. */
export interface PreparedRows extends Rows {
  /** How much each row counts, 1 on average. */
  readonly weights: Float32Array
}

/** Rows shifted and multiplied. */
export function prepare({ features, labels }: Rows, { mean, scale }: Scaling, weights: Float32Array): PreparedRows {
  const length = mean.length
  const standardised = new Float32Array(features.length)
  for (let start = 0; start < features.length; start += length) {
    for (let column = 0; column < length; column++) {
      standardised[start + column] = (features[start + column] - mean[column]) * scale[column]
    }
  }
  return { features: standardised, labels, weights }
}

/** Layers for standardised features as layers for raw ones: the scaling goes into the first. */
export function foldScaling(layers: readonly DenseLayer[], { mean, scale }: Scaling): DenseLayer[] {
  return layers.map((layer, index) => {
    if (index > 0) return layer
    const { kernel, bias, outputs } = layer
    const folded = new Float32Array(kernel.length)
    const shifted = Float64Array.from(bias)
    for (let entry = 0; entry < kernel.length; entry++) {
      const row = Math.floor(entry / outputs)
      folded[entry] = kernel[entry] * scale[row]
      shifted[entry % outputs] -= folded[entry] * mean[row]
    }
    return { ...layer, kernel: folded, bias: Float32Array.from(shifted) }
  })
}
