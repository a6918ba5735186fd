import type { HeadLayer } from '../../graph/graft/layers/forms'
import { applyLayers, arePlain, workOf } from '../../graph/graft/layers/runs'
import { headAsTail } from '../../graph/tail/head-tail'
import { tailModule } from '../tail/load'
import type { Pace } from './pace'

/** Multiply-adds of a block of rows: a few milliseconds. */
const workPerBlock = 4e6

/** Multiply-adds in all from which on a program is quicker than the plain arithmetic, with the time that it takes to make it. */
const heavyWork = 3e7

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

/** The same for many images and layers of any kind, one after the other, letting messages in between; heavy heads go through a program by batches. */
export async function* pacedProbabilities(
  features: Float32Array,
  length: number,
  layers: readonly HeadLayer[],
  pace: Pace,
): AsyncGenerator<Float32Array> {
  const images = features.length / length
  const isPlain = arePlain(layers)
  const tail = isPlain && images * workOf(layers) < heavyWork ? null : headAsTail(layers)
  if (tail) {
    const { isComputed, forwardRows } = await tailModule()
    if (!isPlain || isComputed(tail)) {
      yield* forwardRows(tail, features, length, pace)
      return
    }
  }
  const rows = Math.max(1, Math.floor(workPerBlock / workOf(layers)))
  for (let image = 0; image < images; image++) {
    yield probabilities(features.subarray(image * length, (image + 1) * length), length, layers)
    if ((image + 1) % rows === 0) await pace.yieldTurn()
  }
}

/** What a head's layers say of one image. */
export async function probabilitiesOfOne(
  features: Float32Array,
  layers: readonly HeadLayer[],
  pace: Pace,
): Promise<Float32Array> {
  for await (const row of pacedProbabilities(features, features.length, layers, pace)) return row
  return new Float32Array()
}
