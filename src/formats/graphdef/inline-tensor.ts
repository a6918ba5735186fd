import { CutpointError } from '../../errors'
import type { DType } from '../../graph/types'
import { isArray, isRecord, protoField, type JsonRecord } from '../json'
import { readFloat } from './attributes'
import { fromBase64 } from './base64'
import { readDtype, writeDtype } from './dtypes'
import { badGraph } from './bad-graph'
import { readShape, writeShape } from './shapes'
import { encodeStrings } from './strings'

/** A constant whose value stands in the graph itself; `bytes` in the layout of weight files. */
export interface InlineTensor {
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** One value may stand for a whole tensor; more than this is not made of so little. */
export const mostFilledBytes = 2 ** 26

/** How a data type's values stand in a TensorProto, and as what they are kept. */
interface InlineValueLayout {
  readonly kept: 'float32' | 'int32' | 'uint8' | 'bool'
  readonly field: string
  /** Bytes of one value in `tensorContent`. */
  readonly width: number
  readonly at: (view: DataView, offset: number) => number
}

const layouts: Partial<Record<DType, InlineValueLayout>> = {
  float32: { kept: 'float32', field: 'floatVal', width: 4, at: (view, offset) => view.getFloat32(offset, true) },
  float64: { kept: 'float32', field: 'doubleVal', width: 8, at: (view, offset) => view.getFloat64(offset, true) },
  int32: { kept: 'int32', field: 'intVal', width: 4, at: (view, offset) => view.getInt32(offset, true) },
  int64: { kept: 'int32', field: 'int64Val', width: 8, at: (view, offset) => Number(view.getBigInt64(offset, true)) },
  int16: { kept: 'int32', field: 'intVal', width: 2, at: (view, offset) => view.getInt16(offset, true) },
  int8: { kept: 'int32', field: 'intVal', width: 1, at: (view, offset) => view.getInt8(offset) },
  uint16: { kept: 'int32', field: 'intVal', width: 2, at: (view, offset) => view.getUint16(offset, true) },
  uint8: { kept: 'uint8', field: 'intVal', width: 1, at: (view, offset) => view.getUint8(offset) },
  bool: { kept: 'bool', field: 'boolVal', width: 1, at: (view, offset) => view.getUint8(offset) },
}

/**
 * A TensorProto with its data; null where it holds none (converters move the data to weight files and leave dtype and
 * shape). Values are in `tensorContent`, or listed by kind, where the last one listed also stands for all that follow.
 * https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/framework/tensor.proto
 * Throws CutpointError `bad-weight`, `unknown-dtype` or `bad-graph`.
 */
export function readInlineTensor(json: unknown, where: string): InlineTensor | null {
  if (!isRecord(json)) return null
  const stated = readShape(protoField(json, 'tensorShape') ?? {}, where) ?? []
  const shape = stated.filter((size) => size !== null)
  if (shape.length < stated.length) throw badValue(where, 'its shape has a negative size')
  const count = shape.reduce((product, size) => product * size, 1)
  const dtype = readDtype(protoField(json, 'dtype'))
  if (dtype === 'string') return readStrings(json, { where, shape, count })
  const layout = layouts[dtype]
  if (layout === undefined) {
    if (!holdsData(json)) return null
    throw new CutpointError(
      'unknown-dtype',
      `${where}: constants of type ${dtype} cannot be read.`,
      'Convert the model again with float32 or int32 constants.',
      { dtype },
    )
  }
  const values = listedValues(json, layout, { where, count })
  if (values.length === 0 && count > 0) return null
  return { dtype: layout.kept, shape, bytes: fill(layout.kept, values, count, where) }
}

/** Dtype and shape of a constant whose data is stored elsewhere. */
export function writeTensorStub(dtype: DType, shape: readonly number[]): JsonRecord {
  return { tensor: { dtype: writeDtype(dtype) ?? 'DT_FLOAT', tensorShape: shape.length > 0 ? writeShape(shape) : {} } }
}

function holdsData(json: JsonRecord): boolean {
  return Object.entries(json).some(([key, value]) => /_?val$|content$/i.test(key) && value !== '' && value !== null)
}

/** The values that are there: from packed content, or from the list of their kind. */
function listedValues(
  json: JsonRecord,
  layout: InlineValueLayout,
  { where, count }: { where: string; count: number },
): readonly number[] {
  const content = protoField(json, 'tensorContent')
  if (typeof content === 'string' && content !== '') {
    const bytes = fromBase64(content)
    if (bytes?.length !== count * layout.width) {
      throw badValue(where, `its data has ${bytes?.length ?? 0} bytes, its shape wants ${count * layout.width}`)
    }
    const view = new DataView(bytes.buffer)
    return Array.from({ length: count }, (_, index) => layout.at(view, index * layout.width))
  }
  const listed = protoField(json, layout.field)
  if (listed === undefined) return []
  if (!isArray(listed)) throw badGraph(where, `its ${layout.field} is not a list`)
  return listed.map((value) => (typeof value === 'boolean' ? Number(value) : readFloat(value, where)))
}

function fill(
  kept: InlineValueLayout['kept'],
  values: readonly number[],
  count: number,
  where: string,
): Uint8Array<ArrayBuffer> {
  requireFit(values.length, count, where)
  const width = kept === 'float32' || kept === 'int32' ? 4 : 1
  if (!(count * width <= mostFilledBytes)) throw badValue(where, 'it is too large to stand in the graph itself')
  const array = emptyArray(kept, count)
  array.set(kept === 'int32' ? values.map(toInt32) : values)
  array.fill(array[values.length - 1], values.length)
  return new Uint8Array(array.buffer)
}

function emptyArray(kept: InlineValueLayout['kept'], count: number) {
  if (kept === 'float32') return new Float32Array(count)
  return kept === 'int32' ? new Int32Array(count) : new Uint8Array(count)
}

/** The nearest number that int32 holds; 64-bit constants are mostly sizes, where “as large as can be” stays that. */
function toInt32(value: number): number {
  return Math.min(Math.max(value, -(2 ** 31)), 2 ** 31 - 1)
}

function readStrings(
  json: JsonRecord,
  { where, shape, count }: { where: string; shape: readonly number[]; count: number },
): InlineTensor | null {
  const listed = protoField(json, 'stringVal') ?? []
  if (!isArray(listed)) throw badGraph(where, 'its stringVal is not a list')
  if (listed.length === 0 && count > 0) return null
  requireFit(listed.length, count, where)
  const values = listed.map((value) => {
    const bytes = typeof value === 'string' ? fromBase64(value) : null
    if (bytes === null) throw badValue(where, 'its text is not base64')
    return bytes
  })
  const last = values.at(-1)
  if (!(count * (4 + (last?.length ?? 0)) <= mostFilledBytes)) throw badValue(where, 'it is too large')
  const filled = Array.from({ length: count }, (_, index) => values[index] ?? last)
  return { dtype: 'string', shape, bytes: encodeStrings(filled) }
}

function requireFit(found: number, count: number, where: string): void {
  if (found > count) throw badValue(where, `it holds ${found} values where its shape has room for ${count}`)
}

function badValue(where: string, what: string): CutpointError {
  return new CutpointError('bad-weight', `${where}: ${what}.`, 'Convert the model again, or use another copy of it.', {
    where,
  })
}
