import * as tf from '@tensorflow/tfjs-core'
import { partOfOther, type Mixture } from '../../../compute/head/mixing/mixture'
import { mixedTargets } from '../../../compute/head/mixing/targets'
import type { PreparedRows } from '../../../compute/head/rows'

/** Rows that go through together. */
export interface Batch extends tf.NamedTensorMap {
  /** `[rows, features]` */
  readonly features: tf.Tensor2D
  /** `[rows, labels]`: one in the column of the row's label, but for what is spread over all of them. */
  readonly targets: tf.Tensor2D
  /** `[rows, 1]`: how much a row counts, 1 on average. */
  readonly weights: tf.Tensor2D
  /** `[rows]`: the label by which it is said whether a row is right. */
  readonly labels: tf.Tensor1D
}

/** Sums over the rows of a batch. */
export interface BatchSums extends tf.NamedTensorMap {
  readonly loss: tf.Scalar
  readonly correct: tf.Scalar
}

/** Rows on the current backend. */
export function upload({ features, labels, weights }: PreparedRows, classes: number, smoothing: number): Batch {
  const targets = new Float32Array(labels.length * classes).fill(smoothing / classes)
  labels.forEach((label, row) => (targets[row * classes + label] += 1 - smoothing))
  return {
    features: tf.tensor2d(features, [labels.length, features.length / labels.length]),
    targets: tf.tensor2d(targets, [labels.length, classes]),
    weights: tf.tensor2d(weights, [labels.length, 1]),
    labels: tf.tensor1d(labels, 'int32'),
  }
}

/** Some of the rows, in the order given. */
export function pick(rows: Batch, order: Int32Array): Batch {
  const indices = tf.tensor1d(order, 'int32')
  return {
    features: tf.gather(rows.features, indices),
    targets: tf.gather(rows.targets, indices),
    weights: tf.gather(rows.weights, indices),
    labels: tf.gather(rows.labels, indices),
  }
}

/** The rows of a batch mixed with one another, and what they are to be. */
export function mixBatch(
  { features, targets }: Batch,
  source: Pick<PreparedRows, 'labels' | 'weights'>,
  order: Int32Array,
  mixture: Mixture,
): Batch {
  const [count, length] = features.shape
  const own = order.map((row) => source.labels[row])
  const mixed = mixedTargets(
    own,
    Float32Array.from(order, (row) => source.weights[row]),
    mixture,
  )
  const part = mixture.boxes ? cutOut(mixture, count, length) : tf.tensor2d(mixture.shares, [count, 1])
  const partners = tf.tensor1d(mixture.partners, 'int32')
  return {
    features: between(features, tf.gather(features, partners), part),
    targets: between(targets, tf.gather(targets, partners), tf.tensor2d(mixed.ofPartners, [count, 1])),
    weights: tf.tensor2d(mixed.weights, [count, 1]),
    labels: tf.tensor1d(mixed.labels, 'int32'),
  }
}

/** What of each number is the other row's. */
function cutOut(mixture: Mixture, count: number, length: number): tf.Tensor2D {
  const parts = new Float32Array(count * length)
  for (let row = 0; row < count; row++) parts.set(partOfOther(mixture, row, length), row * length)
  return tf.tensor2d(parts, [count, length])
}

function between(own: tf.Tensor2D, other: tf.Tensor2D, part: tf.Tensor2D): tf.Tensor2D {
  return tf.add(own, tf.mul(part, tf.sub(other, own)))
}

/** What a batch costs, and how many of its rows are right. */
export function sumsOf(logProbabilities: tf.Tensor, { targets, weights, labels }: Batch): BatchSums {
  const ofRows = tf.sum(tf.mul(logProbabilities, targets), 1, true)
  const right = tf.equal(tf.argMax(logProbabilities, 1), labels)
  return { loss: tf.neg(tf.sum(tf.mul(ofRows, weights))), correct: tf.sum(tf.cast(right, 'float32')) }
}
