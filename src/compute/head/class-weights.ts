export type ClassWeights = 'none' | 'balanced'

/**
 * Weight of each image, summing to 1: all equal, or every class in use weighing the same in all (scikit-learn's
 * `class_weight='balanced'`, https://scikit-learn.org/stable/modules/generated/sklearn.utils.class_weight.compute_class_weight.html).
 */
export function imageWeights(labels: Int32Array, classes: number, kind: ClassWeights): Float32Array {
  if (kind === 'none') return new Float32Array(labels.length).fill(1 / labels.length)
  const counts = new Int32Array(classes)
  for (const label of labels) counts[label]++
  const used = counts.filter((count) => count > 0).length
  return Float32Array.from(labels, (label) => 1 / (used * counts[label]))
}
