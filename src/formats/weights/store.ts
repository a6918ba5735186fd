import { CutpointError } from '../../errors'
import type { DType, Quantisation, WeightInfo, WeightStore } from '../../graph/types'
import { decodeWeight } from './decode'

/** A constant's facts with its bytes as stored. */
export interface StoredWeight {
  readonly info: WeightInfo
  /** A view into the file they came in; or where they are read from, again each time they are asked for. */
  readonly bytes: Uint8Array | (() => Promise<Uint8Array>)
}

/** What a reader knows of a constant. */
export interface WeightSpec {
  readonly name: string
  /** Once read: `float32`, `int32`, `uint8`, `bool` or `string`. */
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly stored?: Quantisation
}

/** Integer constants up to this many values are kept with the graph: shape inference needs them. */
const mostSmallValues = 256
const smallDtypes = new Set<DType>(['int32', 'uint8', 'bool'])

/** Whether a reader must read this constant's bytes at once: shape inference needs its values. */
export function isSmall({ shape, dtype }: Pick<WeightSpec, 'shape' | 'dtype'>): boolean {
  return smallDtypes.has(dtype) && shape.reduce((product, size) => product * size, 1) <= mostSmallValues
}

/** A weight whose bytes are at hand; small integers get their values. */
export function describe(spec: WeightSpec, bytes: Uint8Array): StoredWeight {
  const { name, shape, dtype, stored } = spec
  const info: WeightInfo = {
    id: name,
    dtype,
    shape,
    bytes: bytes.length,
    ...(stored && { stored }),
    ...(isSmall(spec) && { small: Array.from(decodeWeight(bytes, dtype, stored), Number) }),
  }
  return { info, bytes }
}

/** A weight whose `length` bytes are read when they are needed; not for one that `isSmall`. */
export function describeLater(spec: WeightSpec, length: number, read: () => Promise<Uint8Array>): StoredWeight {
  const { name, shape, dtype, stored } = spec
  return { info: { id: name, dtype, shape, bytes: length, ...(stored && { stored }) }, bytes: read }
}

/** A WeightStore over files; nothing is converted before it is asked for. */
export function createStore(weights: ReadonlyMap<string, StoredWeight>): WeightStore {
  const find = (id: string): StoredWeight => {
    const weight = weights.get(id)
    if (weight) return weight
    throw new CutpointError('bad-weight', `There is no weight “${id}” in this model.`, 'Choose one that is there.', {
      id,
    })
  }
  const raw = async (id: string): Promise<Uint8Array> => {
    const { bytes } = find(id)
    return typeof bytes === 'function' ? bytes() : Promise.resolve(bytes)
  }
  return {
    raw,
    values: async (id) => {
      const { dtype, stored } = find(id).info
      return decodeWeight(await raw(id), dtype, stored)
    },
  }
}
