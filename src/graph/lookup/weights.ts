import type { GraphNode, WeightInfo, WeightStore, WeightValues } from '../types'

/** A constant that was made here and not read from a file. */
export interface NewWeight {
  readonly info: WeightInfo
  readonly values: WeightValues
}

/** New constants by their id. */
export type NewWeights = ReadonlyMap<string, NewWeight>

/** A store in which the constants of `extra` stand before those of `base`. */
export function overlayWeights(base: WeightStore, extra: NewWeights): WeightStore {
  if (extra.size === 0) return base
  return {
    async raw(id) {
      const own = extra.get(id)
      return own ? bytesOf(own.values) : base.raw(id)
    },
    async values(id) {
      return extra.get(id)?.values ?? base.values(id)
    },
  }
}

/**
 * Values as the bytes of a weight file: numbers little-endian, each string as its length (4 bytes) and UTF-8.
 * Source of the strings' layout: tfjs-core, `io_utils.encodeWeights`.
 */
export function bytesOf(values: WeightValues): Uint8Array {
  if (!Array.isArray(values)) return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  const encoded = values.map((text) => new TextEncoder().encode(text))
  const bytes = new Uint8Array(encoded.reduce((length, text) => length + 4 + text.length, 0))
  const lengths = new DataView(bytes.buffer)
  let offset = 0
  for (const text of encoded) {
    lengths.setUint32(offset, text.length, true)
    bytes.set(text, offset + 4)
    offset += 4 + text.length
  }
  return bytes
}

/** A new int32 constant of rank 0 (a number) or 1 (a list). */
export function intWeight(id: string, values: number | readonly number[]): NewWeight {
  const list = typeof values === 'number' ? [values] : values
  return {
    info: {
      id,
      dtype: 'int32',
      shape: typeof values === 'number' ? [] : [values.length],
      bytes: 4 * list.length,
      small: list,
    },
    values: Int32Array.from(list),
  }
}

/** A new float32 constant. */
export function floatWeight(id: string, values: Float32Array, shape: readonly number[]): NewWeight {
  return { info: { id, dtype: 'float32', shape, bytes: values.byteLength }, values }
}

/** The Const node that holds a new constant; its name is the weight's id. */
export function constantNode({ info }: Pick<NewWeight, 'info'>): GraphNode {
  return {
    name: info.id,
    op: 'Const',
    inputs: [],
    controlInputs: [],
    attributes: { dtype: { kind: 'dtype', value: info.dtype } },
    weight: info.id,
  }
}
