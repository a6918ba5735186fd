import { CutpointError } from '../../errors'
import type { DType, Quantisation } from '../../graph/types'
import { describe, describeLater, isSmall, type StoredWeight, type WeightSpec } from '../weights/store'
import { readStored, type BundleTensor } from './bundle'
import { copyRegion } from './region'

/** The part of a tensor that a variable holds. */
export interface Region {
  readonly start: readonly number[]
  readonly shape: readonly number[]
}

/** How values of each type are kept once read, and how many bytes one takes in the file. */
const layouts: Partial<Record<DType, { dtype: DType; width: number; stored?: Quantisation['dtype'] }>> = {
  float32: { dtype: 'float32', width: 4 },
  float64: { dtype: 'float32', width: 8, stored: 'float64' },
  float16: { dtype: 'float32', width: 2, stored: 'float16' },
  bfloat16: { dtype: 'float32', width: 2, stored: 'bfloat16' },
  int8: { dtype: 'int32', width: 1, stored: 'int8' },
  int16: { dtype: 'int32', width: 2, stored: 'int16' },
  int32: { dtype: 'int32', width: 4 },
  int64: { dtype: 'int32', width: 8, stored: 'int64' },
  uint8: { dtype: 'uint8', width: 1 },
  uint16: { dtype: 'int32', width: 2, stored: 'uint16' },
  uint32: { dtype: 'int32', width: 4, stored: 'uint32' },
  uint64: { dtype: 'int32', width: 8, stored: 'uint64' },
  bool: { dtype: 'bool', width: 1 },
}

/**
 * A variable's data, or a `region` of it, as the weight `id`. Read, and held against its checksums, when it is needed;
 * small integers at once. null for a type that cannot be computed with.
 * Throws CutpointError `bad-weight` where the data is not as long as its shape wants, `bad-checksum`, `truncated`.
 */
export async function describeVariable(
  id: string,
  tensor: BundleTensor,
  region: Region = { start: tensor.shape.map(() => 0), shape: tensor.shape },
): Promise<StoredWeight | null> {
  const layout = layouts[tensor.dtype]
  if (layout === undefined) return null
  for (const { stored } of tensor.slices) {
    const wanted = count(stored.shape) * layout.width
    if (stored.size !== wanted) throw bad(tensor.key, `its data has ${stored.size} bytes, its shape wants ${wanted}`)
  }
  const isInside =
    region.shape.length === tensor.shape.length &&
    region.shape.every((size, i) => size >= 0 && region.start[i] >= 0 && region.start[i] + size <= tensor.shape[i])
  if (!isInside) throw bad(tensor.key, 'the graph wants a part of it that is not there')
  const spec: WeightSpec = {
    name: id,
    dtype: layout.dtype,
    shape: region.shape,
    ...(layout.stored && { stored: quantisation(layout.stored) }),
  }
  const read = (): Promise<Uint8Array> => readRegion(tensor, region, layout.width)
  return isSmall(spec) ? describe(spec, await read()) : describeLater(spec, count(region.shape) * layout.width, read)
}

/** uint16 is otherwise read as levels between two numbers. */
const quantisation = (dtype: Quantisation['dtype']): Quantisation =>
  dtype === 'uint16' ? { dtype, scale: 1, min: 0 } : { dtype }

async function readRegion({ key, slices }: BundleTensor, region: Region, width: number): Promise<Uint8Array> {
  const whole = slices.find(({ start, stored }) => same(start, region.start) && same(stored.shape, region.shape))
  if (whole) return readStored(whole.stored)
  const bytes = new Uint8Array(count(region.shape) * width)
  let copied = 0
  for (const { start, stored } of slices) {
    const from = { start, shape: stored.shape }
    copied += copyRegion(await readStored(stored), from, bytes, region, width)
  }
  if (copied < bytes.length) throw bad(key, 'it was saved in pieces that do not cover it')
  return bytes
}

const same = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i])

const count = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1)

function bad(key: string, what: string): CutpointError {
  return new CutpointError(
    'bad-weight',
    `The variable “${key}” is not right: ${what}.`,
    'Download or export the model again, and drop its whole folder.',
    { weight: key },
  )
}
