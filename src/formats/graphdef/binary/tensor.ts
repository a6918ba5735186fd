import { CutpointError } from '../../../errors'
import type { DType, Quantisation } from '../../../graph/types'
import type { TensorProto } from '../../protobuf/tensorflow_pb'
import type { SourceFile } from '../../types'
import { describe, describeLater, isSmall, type StoredWeight, type WeightSpec } from '../../weights/store'
import { shapeFrom } from './attributes'
import { readDtype } from '../dtypes'
import { mostFilledBytes } from '../inline-tensor'
import { encodeStrings } from '../strings'
import type { ByteRange } from './wire'

/** Constants up to this many bytes are kept as they are met; longer ones are read when they are needed. */
const mostKept = 2 ** 12

/** How values of one type are kept, and where they stand in a TensorProto that lists them. */
interface BinaryValueLayout {
  readonly dtype: DType
  readonly stored?: Quantisation
  /** Bytes of one value. */
  readonly width: number
  /** The listed values, each written into as many bytes. */
  readonly listed: (tensor: TensorProto) => ArrayBufferView
}

const layout = (
  dtype: DType,
  width: number,
  listed: BinaryValueLayout['listed'],
  stored?: Quantisation['dtype'],
  scale?: { scale: number; min: number },
): BinaryValueLayout => ({ dtype, width, listed, ...(stored && { stored: { dtype: stored, ...scale } }) })

const halves = (tensor: TensorProto): Uint16Array => Uint16Array.from(tensor.halfVal)
const bytes = (tensor: TensorProto): Uint8Array => Uint8Array.from(tensor.intVal)
const asIs = { scale: 1, min: 0 }

/**
 * By the number of the type. Quantised types are kept as the integers they are.
 * https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/framework/tensor.proto
 */
const layouts = new Map<number, BinaryValueLayout>([
  [1, layout('float32', 4, (tensor) => Float32Array.from(tensor.floatVal))],
  [2, layout('float32', 8, (tensor) => Float64Array.from(tensor.doubleVal), 'float64')],
  [3, layout('int32', 4, (tensor) => Int32Array.from(tensor.intVal))],
  [4, layout('uint8', 1, bytes)],
  [5, layout('int32', 2, (tensor) => Int16Array.from(tensor.intVal), 'int16')],
  [6, layout('int32', 1, bytes, 'int8')],
  [9, layout('int32', 8, (tensor) => BigInt64Array.from(tensor.int64Val), 'int64')],
  [10, layout('bool', 1, (tensor) => Uint8Array.from(tensor.boolVal, Number))],
  [11, layout('int32', 1, bytes, 'int8')],
  [12, layout('uint8', 1, bytes)],
  [13, layout('int32', 4, (tensor) => Int32Array.from(tensor.intVal))],
  [14, layout('float32', 2, halves, 'bfloat16')],
  [15, layout('int32', 2, (tensor) => Int16Array.from(tensor.intVal), 'int16')],
  [16, layout('int32', 2, (tensor) => Uint16Array.from(tensor.intVal), 'uint16', asIs)],
  [17, layout('int32', 2, (tensor) => Uint16Array.from(tensor.intVal), 'uint16', asIs)],
  [19, layout('float32', 2, halves, 'float16')],
  [22, layout('int32', 4, (tensor) => Uint32Array.from(tensor.uint32Val), 'uint32')],
  [23, layout('int32', 8, (tensor) => BigUint64Array.from(tensor.uint64Val), 'uint64')],
])
const stringType = 7

/** A decoded TensorProto; `content` is where `tensor_content` lies in the file. */
export interface PlacedTensor {
  readonly tensor: TensorProto
  readonly content: ByteRange
}

/**
 * The data of a constant: its content in the file, or the values listed, of which the last stands for all that follow;
 * none at all stand for zeros. null for a type that cannot be computed with (complex numbers, resources).
 * Throws CutpointError `bad-weight`.
 */
export async function readTensor(
  id: string,
  { tensor, content }: PlacedTensor,
  file: SourceFile,
): Promise<StoredWeight | null> {
  const where = `${file.path}, node “${id}”`
  const layout = layouts.get(tensor.dtype)
  if (layout === undefined && tensor.dtype !== stringType) return null
  const stated = tensor.tensorShape ? shapeFrom(tensor.tensorShape, where) : []
  const shape = (stated ?? [null]).flatMap((size) => size ?? [])
  if (stated?.length !== shape.length) throw badValue(where, 'its shape is not known')
  const count = shape.reduce((product, size) => product * size, 1)
  if (layout === undefined) return readStrings(id, { tensor, shape, count }, where)
  const spec: WeightSpec = { name: id, shape, dtype: layout.dtype, ...(layout.stored && { stored: layout.stored }) }
  const length = count * layout.width
  const inFile = content.end - content.start
  if (inFile > 0) {
    if (inFile !== length) throw badValue(where, `its data has ${inFile} bytes, its shape wants ${length}`)
    if (tensor.tensorContent.length === inFile && (isSmall(spec) || length <= mostKept)) {
      return describe(spec, tensor.tensorContent.slice())
    }
    const read = (): Promise<Uint8Array> => file.slice(content.start, content.end)
    return isSmall(spec) ? describe(spec, await read()) : describeLater(spec, length, read)
  }
  const listed = layout.listed(tensor)
  const given = new Uint8Array(listed.buffer)
  if (given.length > length) throw tooMany(where, given.length / layout.width, count)
  if (!(length <= mostFilledBytes)) throw badValue(where, 'it is too large for the values it holds')
  if (given.length === length) return describe(spec, given)
  const fill = (): Uint8Array => filled(given, length, layout.width)
  return isSmall(spec) ? describe(spec, fill()) : describeLater(spec, length, () => Promise.resolve(fill()))
}

/** `given`, and its last value (zeros if there is none) up to `length`. */
function filled(given: Uint8Array, length: number, width: number): Uint8Array {
  const all = new Uint8Array(length)
  all.set(given)
  if (given.length === 0) return all
  const last = given.subarray(given.length - width)
  for (let at = given.length; at < length; at += width) all.set(last, at)
  return all
}

function readStrings(
  id: string,
  { tensor, shape, count }: { tensor: TensorProto; shape: readonly number[]; count: number },
  where: string,
): StoredWeight {
  const values = tensor.stringVal
  if (values.length > count) throw tooMany(where, values.length, count)
  const last = values.at(-1) ?? new Uint8Array()
  if (!(count * (4 + last.length) <= mostFilledBytes)) throw badValue(where, 'it is too large for the values it holds')
  const all = Array.from({ length: count }, (_, index) => values.at(index) ?? last)
  return describe({ name: id, dtype: 'string', shape }, encodeStrings(all))
}

/** The name of a type that `readTensor` gives no data for. */
export function typeName(tensor: TensorProto): DType {
  return readDtype(tensor.dtype)
}

function tooMany(where: string, found: number, count: number): CutpointError {
  return badValue(where, `it holds ${found} values where its shape has room for ${count}`)
}

function badValue(where: string, what: string): CutpointError {
  return new CutpointError('bad-weight', `${where}: ${what}.`, 'Export the model again, or use another copy of it.', {
    where,
  })
}
