import { constantValues } from '../lookup/constants'
import type { GraphIndex } from '../lookup/graph-index'
import { baseName } from '../lookup/names'
import type { TensorValue } from '../../types'
import type { DType, GraphNode, TensorInfo } from '../types'

/** Largest number of elements that a suggested value may have. */
const maximumElements = 1 << 20

/**
 * A value for an input that is not the picture, such that the network behaves as it does after training: nothing is
 * dropped (`keep_prob` 1, `drop_rate` 0), flags for training are off. The batch, where not known, is 1. Null for
 * strings and inputs of unknown shape that no name explains, and for inputs with a default that need no value.
 */
export function suggestedValue(index: GraphIndex, node: GraphNode, info: TensorInfo): TensorValue | null {
  const byName = valueByName(baseName(node.name), info.dtype)
  if (byName === undefined && node.op === 'PlaceholderWithDefault') return defaultValue(index, node, info)
  if (info.shape === null && byName === undefined) return null
  const shape = (info.shape ?? []).map((size) => size ?? 1)
  return filled(shape, info.dtype, byName ?? valueByType(info))
}

/** What a flag's or a rate's name tells. */
function valueByName(name: string, dtype: DType): number | undefined {
  if (/keep/i.test(name)) return 1
  if (/drop|rate/i.test(name)) return 0
  const flag = flagInUse(name)
  if (flag !== null) return Number(flag)
  if (/batch_?size/i.test(name) && dtype.includes('int')) return 1
  return undefined
}

/** What an input that tells training from use is once a network is trained; null for any other name. */
export function flagInUse(name: string): boolean | null {
  const base = baseName(name)
  if (/is_?test|inference|is_?eval/i.test(base)) return true
  return /train|phase/i.test(base) ? false : null
}

/** A single float scales or keeps something, so 1 leaves things as they are; everything else starts from zero. */
function valueByType({ shape, dtype }: TensorInfo): number {
  const single = shape?.every((size) => size === 1) ?? false
  return single && dtype.startsWith('float') ? 1 : 0
}

function defaultValue(index: GraphIndex, node: GraphNode, info: TensorInfo): TensorValue | null {
  const values = constantValues(index, node.inputs.at(0))
  if (!values || !info.shape || info.shape.includes(null)) return null
  const shape = info.shape.map((size) => size ?? 1)
  const empty = filled(shape, info.dtype, 0)
  if (!empty || Array.isArray(empty.data) || empty.data.length !== values.length) return null
  empty.data.set(values)
  return empty
}

/** All elements the same; int64 and float64 narrow as tfjs has them. */
function filled(shape: number[], dtype: DType, value: number): TensorValue | null {
  const elements = shape.reduce((product, size) => product * size, 1)
  if (elements > maximumElements) return null
  if (dtype === 'bool') return { shape, dtype, data: new Uint8Array(elements).fill(value) }
  if (/^u?int/.test(dtype)) return { shape, dtype: 'int32', data: new Int32Array(elements).fill(value) }
  if (dtype.includes('float')) return { shape, dtype: 'float32', data: new Float32Array(elements).fill(value) }
  return null
}
