import type { Activation } from '../../graph/graft/activations'
import type { HeadLayer } from '../../graph/graft/head-builder'
import type { Pace } from './pace'

/** Multiply-adds of a block of rows: a few milliseconds. */
const workPerBlock = 4e6

/**
 * What a head's layers say of raw features `[images, length]`: `[images, classes]`, each row summing to 1. Sums run in
 * float64.
 */
export function probabilities(features: Float32Array, length: number, layers: readonly HeadLayer[]): Float32Array {
  const images = features.length / length
  const classes = layers.at(-1)?.outputs ?? 0
  const result = new Float32Array(images * classes)
  for (let image = 0; image < images; image++) {
    let values: Float64Array | Float32Array = features.subarray(image * length, (image + 1) * length)
    for (const layer of layers) values = apply(layer, values)
    result.set(values, image * classes)
  }
  return result
}

/** The same for many images, one after the other, letting messages in between. */
export async function* pacedProbabilities(
  features: Float32Array,
  length: number,
  layers: readonly HeadLayer[],
  pace: Pace,
): AsyncGenerator<Float32Array> {
  const images = features.length / length
  const work = layers.reduce((sum, { kernel }) => sum + kernel.length, 0)
  const rows = Math.max(1, Math.floor(workPerBlock / work))
  for (let image = 0; image < images; image++) {
    yield probabilities(features.subarray(image * length, (image + 1) * length), length, layers)
    if ((image + 1) % rows === 0) await pace.yieldTurn()
  }
}

/** activation(values · kernel + bias) */
function apply({ kernel, bias, outputs, activation }: HeadLayer, values: Float64Array | Float32Array): Float64Array {
  const sums = Float64Array.from(bias)
  for (let index = 0; index < values.length; index++) {
    const value = values[index]
    if (value === 0) continue
    const row = index * outputs
    for (let output = 0; output < outputs; output++) sums[output] += value * kernel[row + output]
  }
  return activated[activation](sums)
}

/** What each activation makes of a layer's sums. */
const activated: Readonly<Record<Activation, (sums: Float64Array) => Float64Array>> = {
  none: (sums) => sums,
  relu: (sums) => sums.map((sum) => Math.max(0, sum)),
  softmax,
}

/** exp(logits) / Σ exp(logits), without overflow. */
export function softmax(logits: Float64Array): Float64Array {
  const greatest = logits.reduce((left, right) => Math.max(left, right), -Infinity)
  const exponentials = logits.map((logit) => Math.exp(logit - greatest))
  const total = exponentials.reduce((left, right) => left + right, 0)
  return exponentials.map((value) => value / total)
}
