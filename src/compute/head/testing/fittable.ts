import type { Rows } from '../rows'
import type { Fittable } from '../types'
import { synthesise } from './synthetic'

/** Rows to train on, each a photo of its own. */
export function fittable(given: {
  readonly length: number
  readonly classes: number
  readonly features: ArrayLike<number>
  readonly labels: ArrayLike<number>
}): Fittable {
  const { length, classes } = given
  const places = Int32Array.from({ length: given.labels.length }, (_, row) => row)
  return {
    training: {
      data: Float32Array.from(given.features),
      classes: Int32Array.from(given.labels),
      photos: places,
      units: places,
    },
    validation: null,
    length,
    lengths: [length],
    classes,
    classWeights: 'none',
    seed: 1,
  }
}

/** Made photos to train on, and others of the same labels. */
export function photos(given: {
  readonly count: number
  readonly others: number
  readonly length: number
  readonly classes: number
}): { readonly given: Fittable; readonly others: Rows } {
  const { count, others, length, classes } = given
  const { features, labels } = synthesise(count + others, length, classes, 7)
  return {
    given: fittable({
      length,
      classes,
      features: features.subarray(0, count * length),
      labels: labels.subarray(0, count),
    }),
    others: { features: features.subarray(count * length), labels: labels.subarray(count) },
  }
}
