import type { HeadLayer } from '../../graph/graft/layers/forms'
import { applyLayers, workOf } from '../../graph/graft/layers/runs'
import type { Pace } from './pace'

/** Multiply-adds of a block of rows: a few milliseconds. */
const workPerBlock = 4e6

/**
 * What a head's layers say of raw features `[images, length]`: `[images, classes]`, each row summing to 1. Sums run in
 * float64.
 */
export function probabilities(features: Float32Array, length: number, layers: readonly HeadLayer[]): Float32Array {
  const rows = Array.from({ length: features.length / length }, (_, image) =>
    applyLayers(layers, features.subarray(image * length, (image + 1) * length)),
  )
  const classes = rows.at(0)?.length ?? 0
  const result = new Float32Array(rows.length * classes)
  rows.forEach((row, image) => result.set(row, image * classes))
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
  const rows = Math.max(1, Math.floor(workPerBlock / workOf(layers)))
  for (let image = 0; image < images; image++) {
    yield probabilities(features.subarray(image * length, (image + 1) * length), length, layers)
    if ((image + 1) % rows === 0) await pace.yieldTurn()
  }
}
