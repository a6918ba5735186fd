import { CutpointError } from '../../errors'
import { writeNpy } from '../../formats/npy'
import type { ReadModel } from '../../formats/types'
import type { WeightInfo, WeightValues } from '../../graph/types'
import type { KernelPictures, WeightStatistics } from '../../types'

/** Bins of a histogram. */
const steps = 48
/** The most kernels of a weight that are shown as pictures. */
const mostPictures = 96
/** Kernels with a longer side, in pixels, are not shown as pictures. */
const largestKernel = 64

/** The weight that was read last: the page asks for it slice by slice, and would have it dequantised whole for each. */
const latest = new WeakMap<ReadModel, { readonly id: string; readonly values: WeightValues }>()

async function valuesOf(model: ReadModel, id: string): Promise<WeightValues> {
  const known = latest.get(model)
  if (known?.id === id) return known.values
  const values = await model.weights.values(id)
  latest.set(model, { id, values })
  return values
}

/**
 * Range, mean, deviation and histogram of a weight's values. Throws CutpointError `bad-weight` for an unknown id or
 * strings.
 */
export async function weightStatistics(model: ReadModel, id: string): Promise<WeightStatistics> {
  const values = await valuesOf(model, id)
  if (Array.isArray(values)) {
    throw new CutpointError('bad-weight', `“${id}” holds text, which has no statistics.`, 'Look at its values.', { id })
  }
  let [min, max, sum, zeros, finite] = [Infinity, -Infinity, 0, 0, 0]
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    finite += 1
    sum += value
    if (value === 0) zeros += 1
    if (value < min) min = value
    if (value > max) max = value
  }
  const rest = { elements: values.length, zeros, notFinite: values.length - finite }
  if (finite === 0) return { ...rest, min: null, max: null, mean: null, deviation: null, histogram: [] }
  const mean = sum / finite
  const histogram = new Array<number>(max > min ? steps : 1).fill(0)
  const scale = max > min ? steps / (max - min) : 0
  let squares = 0
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    squares += (value - mean) ** 2
    histogram[Math.min(steps - 1, Math.floor((value - min) * scale))] += 1
  }
  return { ...rest, min, max, mean, deviation: Math.sqrt(squares / finite), histogram }
}

/** `count` values of a weight from position `from`, in C order. Throws CutpointError `bad-weight`. */
export async function weightValues(
  model: ReadModel,
  id: string,
  from: number,
  count: number,
): Promise<number[] | string[]> {
  const values = await valuesOf(model, id)
  return Array.isArray(values) ? values.slice(from, from + count) : [...values.subarray(from, from + count)]
}

/**
 * The kernels of a convolution on pictures `[height, width, 3, out]` as pictures: each in colour, brightened to its own
 * range about grey. null for any other weight. Throws CutpointError `bad-weight`.
 */
export async function weightPictures(model: ReadModel, id: string): Promise<KernelPictures | null> {
  const { shape, dtype } = infoOf(model, id)
  const [height, width, channels, total] = shape
  if (shape.length !== 4 || channels !== 3 || dtype !== 'float32') return null
  if (Math.max(height, width) > largestKernel || Math.min(height, width) < 2) return null
  const values = await valuesOf(model, id)
  if (Array.isArray(values)) return null
  const pictures = Array.from({ length: Math.min(total, mostPictures) }, (_, kernel) => {
    const at = (pixel: number, channel: number): number => values[(pixel * 3 + channel) * total + kernel]
    const pixels = Array.from({ length: height * width }, (_, pixel) => [at(pixel, 0), at(pixel, 1), at(pixel, 2)])
    const reach = Math.max(...pixels.flat().map(Math.abs)) || 1
    return new Uint8ClampedArray(
      pixels.flatMap((colours) => [...colours.map((value) => 127.5 * (1 + value / reach)), 255]),
    )
  })
  return { width, height, total, pictures }
}

/** A weight's values as a `.npy` file. Throws CutpointError `bad-weight`. */
export async function weightFile(model: ReadModel, id: string): Promise<Blob> {
  const { shape, dtype } = infoOf(model, id)
  return new Blob([writeNpy(await valuesOf(model, id), shape, dtype)], { type: 'application/octet-stream' })
}

function infoOf(model: ReadModel, id: string): WeightInfo {
  const info = model.graph.weights.get(id)
  if (info) return info
  throw new CutpointError('bad-weight', `There is no weight “${id}” in this model.`, 'Choose one that is there.', {
    id,
  })
}
