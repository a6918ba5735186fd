import type { LinearHead } from './linear'

/**
 * softmax(x · kernel + bias) of raw features `[images, length]`: `[images, classes]`, each row summing to 1.
 * Sums run in float64.
 */
export function probabilities(features: Float32Array, length: number, head: LinearHead): Float32Array {
  const classes = head.bias.length
  const images = features.length / length
  const result = new Float32Array(images * classes)
  const logits = new Float64Array(classes)
  for (let image = 0; image < images; image++) {
    logits.set(head.bias)
    for (let index = 0; index < length; index++) {
      const value = features[image * length + index]
      if (value === 0) continue
      const row = index * classes
      for (let label = 0; label < classes; label++) logits[label] += value * head.kernel[row + label]
    }
    result.set(softmax(logits), image * classes)
  }
  return result
}

/** exp(logits) / Σ exp(logits), without overflow. */
export function softmax(logits: Float64Array): Float64Array {
  const greatest = logits.reduce((left, right) => Math.max(left, right), -Infinity)
  const exponentials = logits.map((logit) => Math.exp(logit - greatest))
  const total = exponentials.reduce((left, right) => left + right, 0)
  return exponentials.map((value) => value / total)
}
