import type { DenseLayer } from '../../../graph/graft/layers/dense'

/** The least and the largest that a typical difference of scores may become. */
const [least, largest] = [1e-2, 1e4]
const mostSteps = 60

/** Scores of labels for rows, `[rows, labels]`, and the label and weight of each row. */
export interface Scored {
  readonly scores: Float64Array
  readonly classes: Int32Array
  readonly weights: Float32Array
  readonly labels: number
}

/** What scores are multiplied by, one over the temperature, and the mean cross-entropy that it gives. */
export interface Calibrated {
  readonly factor: number
  readonly loss: number
}

/**
 * The one factor for all labels with which softmax(factor · scores) has the least mean cross-entropy, so that what is
 * predicted stays as it is. A row's own label counts (n + 1) / (n + 2) of n rows, as in Platt's calibration, so that scores
 * that are all right give no certainty.
 */
export function calibrate(scored: Scored): Calibrated {
  const spread = spreadOf(scored)
  if (!(spread > 0)) return { factor: 1, loss: slopeAt(scored, 1).loss }
  // The slope rises with the factor; its root is between these, or outside and then at the nearer one.
  let [low, high] = [least / spread, largest / spread]
  let factor = 4 / spread
  for (let step = 0; step < mostSteps && high / low > 1 + 1e-9; step++) {
    const { slope, curvature } = slopeAt(scored, factor)
    if (slope > 0) high = factor
    else low = factor
    const next = factor - slope / curvature
    const isInside = next > low && next < high
    if (isInside && Math.abs(next - factor) < 1e-9 * factor) break
    factor = isInside ? next : Math.sqrt(low * high)
  }
  return { factor, loss: slopeAt(scored, factor).loss }
}

/** How far apart a row's scores are, on average. */
function spreadOf({ scores, labels, classes }: Scored): number {
  let sum = 0
  for (let first = 0; first < scores.length; first += labels) {
    const own = scores.subarray(first, first + labels)
    sum += Math.max(...own) - Math.min(...own)
  }
  return sum / classes.length
}

/** Mean cross-entropy at a factor, its slope and how that rises. */
function slopeAt(
  { scores, classes, weights, labels }: Scored,
  factor: number,
): { loss: number; slope: number; curvature: number } {
  const other = 1 / (classes.length + 2) / Math.max(1, labels - 1)
  const own = 1 - other * labels
  let [loss, slope, curvature, total] = [0, 0, 0, 0]
  for (let row = 0; row < classes.length; row++) {
    const first = row * labels
    let greatest = -Infinity
    let sum = 0
    for (let label = 0; label < labels; label++) {
      greatest = Math.max(greatest, scores[first + label])
      sum += scores[first + label]
    }
    let [mass, mean, square] = [0, 0, 0]
    for (let label = 0; label < labels; label++) {
      const score = scores[first + label] - greatest
      const share = Math.exp(factor * score)
      mass += share
      mean += share * score
      square += share * score * score
    }
    mean /= mass
    const wanted = own * (scores[first + classes[row]] - greatest) + other * (sum - labels * greatest)
    loss += weights[row] * (Math.log(mass) - factor * wanted)
    slope += weights[row] * (mean - wanted)
    curvature += weights[row] * (square / mass - mean * mean)
    total += weights[row]
  }
  return { loss: loss / total, slope: slope / total, curvature: curvature / total }
}

/** Bias of a label that no photo was trained on: it is never predicted. */
const never = -1e9

/** Scores of some labels, `weights` `[inputs, used]`, as a layer that gives probabilities of all. */
export function softmaxOf(
  { weights, bias }: { readonly weights: Float64Array; readonly bias: Float64Array },
  used: Int32Array,
  labels: number,
  factor: number,
): DenseLayer {
  const inputs = weights.length / used.length
  const kernel = new Float32Array(inputs * labels)
  const shift = new Float32Array(labels).fill(never)
  used.forEach((label, index) => {
    shift[label] = bias[index] * factor
    for (let input = 0; input < inputs; input++) {
      kernel[input * labels + label] = weights[input * used.length + index] * factor
    }
  })
  return { kind: 'dense', kernel, bias: shift, outputs: labels, activation: 'softmax' }
}
