import type { Part, TrainReport } from '../../types'

/** One part's images as the head judged them. */
export interface Judged {
  /** `[images, classes]` */
  probabilities: Float32Array
  /** Class of each image. */
  labels: Int32Array
}

/** The most likely class of each row of `[images, classes]`; the first of equals. */
export function mostLikely(probabilities: Float32Array, classes: number): Int32Array {
  return Int32Array.from({ length: probabilities.length / classes }, (_, image) => {
    let best = 0
    for (let label = 1; label < classes; label++) {
      if (probabilities[image * classes + label] > probabilities[image * classes + best]) best = label
    }
    return best
  })
}

/** Share of images whose label is the most likely one; null without images. */
export function accuracy(probabilities: Float32Array, labels: Int32Array, classes: number): number | null {
  if (labels.length === 0) return null
  const predicted = mostLikely(probabilities, classes)
  return labels.reduce((right, label, image) => right + (label === predicted[image] ? 1 : 0), 0) / labels.length
}

/** Numbers of images: rows are the true classes, columns the most likely ones. */
export function confusionMatrix(probabilities: Float32Array, labels: Int32Array, classes: number): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  for (const [image, predicted] of mostLikely(probabilities, classes).entries()) matrix[labels[image]][predicted]++
  return matrix
}

/** Mean cross-entropy of the images, without the penalty; null without images. */
export function meanLoss(probabilities: Float32Array, labels: Int32Array, classes: number): number | null {
  if (labels.length === 0) return null
  const floor = Number.MIN_VALUE
  return (
    labels.reduce((sum, label, image) => sum - Math.log(Math.max(floor, probabilities[image * classes + label])), 0) /
    labels.length
  )
}

/**
 * The report's accuracy of each part, and the confusion on the part that says most about new photos: test, else
 * validation, else train.
 */
export function evaluateParts(
  parts: Record<Part, Judged>,
  classes: number,
): Pick<TrainReport, 'accuracy' | 'confusion'> {
  const of = (part: Part): number | null => accuracy(parts[part].probabilities, parts[part].labels, classes)
  const order: Part[] = ['test', 'validation', 'train']
  const part = order.find((candidate) => parts[candidate].labels.length > 0) ?? 'train'
  return {
    accuracy: { train: of('train'), validation: of('validation'), test: of('test') },
    confusion: { part, matrix: confusionMatrix(parts[part].probabilities, parts[part].labels, classes) },
  }
}
