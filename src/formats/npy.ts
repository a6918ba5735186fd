import type { DType, WeightValues } from '../graph/types'

/** NumPy's names for what a weight's values are once read. */
function descriptor(values: WeightValues, dtype: DType): string {
  if (Array.isArray(values)) return `<U${Math.max(1, ...values.map((text) => Array.from(text).length))}`
  if (values instanceof Float32Array) return '<f4'
  if (values instanceof Int32Array) return '<i4'
  return dtype === 'bool' ? '|b1' : '|u1'
}

/** The header's length is padded so that the data begins at a multiple of this. */
const alignment = 64
/** Magic string, version and the length field. */
const preamble = 10

/**
 * An array as a `.npy` file of version 1.0, in C order, little-endian; strings as fixed-length Unicode.
 * Layout: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 * @param shape sizes; [] for a single number
 */
export function writeNpy(values: WeightValues, shape: readonly number[], dtype: DType): Uint8Array<ArrayBuffer> {
  const kind = descriptor(values, dtype)
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
  const dictionary = `{'descr': '${kind}', 'fortran_order': False, 'shape': ${tuple}, }`
  const headerLength = Math.ceil((preamble + dictionary.length + 1) / alignment) * alignment - preamble
  const header = `${dictionary.padEnd(headerLength - 1)}\n`
  const data = Array.isArray(values) ? fixedStrings(values, Number(kind.slice(2))) : bytesOf(values)
  const file = new Uint8Array(preamble + headerLength + data.byteLength)
  file.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, headerLength & 0xff, headerLength >> 8])
  file.set(new TextEncoder().encode(header), preamble)
  file.set(data, preamble + headerLength)
  return file
}

function bytesOf(values: Exclude<WeightValues, string[]>): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}

/** Each string in `length` code points of four bytes, filled up with zeros. */
function fixedStrings(values: readonly string[], length: number): Uint8Array {
  const points = new Uint32Array(values.length * length)
  values.forEach((text, row) => {
    for (const [i, character] of Array.from(text).entries()) points[row * length + i] = character.codePointAt(0) ?? 0
  })
  return new Uint8Array(points.buffer)
}
