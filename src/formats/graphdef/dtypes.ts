import type { DType } from '../../graph/types'

/**
 * TensorFlow's data types by their number in `types.proto`.
 * https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/framework/types.proto
 */
const byNumber: readonly (readonly [number, string, DType])[] = [
  [1, 'DT_FLOAT', 'float32'],
  [2, 'DT_DOUBLE', 'float64'],
  [3, 'DT_INT32', 'int32'],
  [4, 'DT_UINT8', 'uint8'],
  [5, 'DT_INT16', 'int16'],
  [6, 'DT_INT8', 'int8'],
  [7, 'DT_STRING', 'string'],
  [8, 'DT_COMPLEX64', 'complex64'],
  [9, 'DT_INT64', 'int64'],
  [10, 'DT_BOOL', 'bool'],
  [14, 'DT_BFLOAT16', 'bfloat16'],
  [17, 'DT_UINT16', 'uint16'],
  [18, 'DT_COMPLEX128', 'complex128'],
  [19, 'DT_HALF', 'float16'],
  [20, 'DT_RESOURCE', 'resource'],
  [21, 'DT_VARIANT', 'variant'],
  [22, 'DT_UINT32', 'uint32'],
  [23, 'DT_UINT64', 'uint64'],
]
const quantised: readonly (readonly [number, string, DType])[] = [
  [11, 'DT_QINT8', 'quantised'],
  [12, 'DT_QUINT8', 'quantised'],
  [13, 'DT_QINT32', 'quantised'],
  [15, 'DT_QINT16', 'quantised'],
  [16, 'DT_QUINT16', 'quantised'],
]

const names = new Map<unknown, DType>(
  [...byNumber, ...quantised].flatMap(([number, name, dtype]) => [[number, dtype] as const, [name, dtype] as const]),
)
const protoNames = new Map(byNumber.map(([, name, dtype]) => [dtype, name]))

/** A DataType as JSON writes it, by name (`DT_FLOAT`) or number, in the words used here; `unknown` for any other. */
export function readDtype(json: unknown): DType {
  return names.get(json) ?? 'unknown'
}

/** The name in `types.proto`; undefined for kinds that stand for several (`quantised`, `unknown`). */
export function writeDtype(dtype: DType): string | undefined {
  return protoNames.get(dtype)
}

const numbers = new Map<string, number>([...byNumber, ...quantised].map(([number, name]) => [name, number]))
const reference = '_REF'
/** https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/framework/types.proto */
export const referenceTypes = 100

/** The number of a type by its name in `types.proto`; references to a type have its number and 100. */
export function dtypeNumber(name: string): number | undefined {
  if (name === 'DT_INVALID') return 0
  const isReference = name.endsWith(reference)
  const number = numbers.get(isReference ? name.slice(0, -reference.length) : name)
  return number === undefined || !isReference ? number : number + referenceTypes
}
