import type { HeadLayer } from '../../../graph/graft/layers/forms'
import type { Ground } from './ground'
import type { Machine } from './machine'

/** Layers before the last one, and weights `[inputs, labels]` and biases with which it gives scores. */
export interface ScoreLayers {
  readonly before: readonly HeadLayer[]
  readonly weights: Float64Array
  readonly bias: Float64Array
}

/** The linear machines' scores from raw features. */
export function linearLayer({ scaled }: Pick<Ground, 'scaled'>, machines: readonly Machine[]): ScoreLayers {
  const { rows, mean, scale } = scaled
  const length = mean.length
  const labels = machines.length
  const weights = new Float64Array(length * labels)
  const bias = new Float64Array(labels)
  machines.forEach(({ coefficients, bias: shift }, label) => {
    const own = new Float64Array(length)
    coefficients.forEach((value, row) => {
      if (value === 0) return
      for (let column = 0, at = row * length; column < length; column++, at++) own[column] += value * rows[at]
    })
    bias[label] = shift
    own.forEach((weight, column) => {
      weights[column * labels + label] = weight * scale[column]
      bias[label] -= weight * scale[column] * mean[column]
    })
  })
  return { before: [], weights, bias }
}

/** The support vectors of all labels, and the scores from a photo's likeness to each. */
export function rbfLayers(
  { scaled, classes }: Pick<Ground, 'scaled' | 'classes'>,
  machines: readonly Machine[],
  gamma: number,
): ScoreLayers {
  const features = scaled.mean.length
  const support = Int32Array.from(classes.keys()).filter((row) =>
    machines.some(({ coefficients }) => coefficients[row] !== 0),
  )
  const vectors = new Float32Array(support.length * features)
  const weights = new Float64Array(support.length * machines.length)
  support.forEach((row, index) => {
    vectors.set(scaled.rows.subarray(row * features, (row + 1) * features), index * features)
    machines.forEach(({ coefficients }, label) => (weights[index * machines.length + label] = coefficients[row]))
  })
  return {
    before: [
      { kind: 'standardise', mean: Float32Array.from(scaled.mean), scale: Float32Array.from(scaled.scale) },
      { kind: 'rbf', gamma, features, vectors },
    ],
    weights,
    bias: Float64Array.from(machines, ({ bias }) => bias),
  }
}
