import type { DType, WeightValues } from '../graph/types'

/** NumPy's names for what a weight's values are once read. */
function descriptor(values: WeightValues, dtype: DType): string {
  if (Array.isArray(values)) return textDescriptor(longest(values))
  if (values instanceof Float32Array) return '<f4'
  if (values instanceof Int32Array) return '<i4'
  return dtype === 'bool' ? '|b1' : '|u1'
}

/** NumPy's name for texts of up to so many code points. */
export const textDescriptor = (length: number): string => `<U${length}`

/** Code points of the longest text, at least one. */
export const longest = (texts: readonly string[]): number =>
  texts.reduce((most, text) => Math.max(most, Array.from(text).length), 1)

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
  const header = npyHeader(kind, shape)
  const data = Array.isArray(values) ? fixedTexts(values, Number(kind.slice(2))) : bytesOf(values)
  const file = new Uint8Array(header.length + data.byteLength)
  file.set(header)
  file.set(data, header.length)
  return file
}

/** What such a file begins with, before its values. */
export function npyHeader(kind: string, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
  const dictionary = `{'descr': '${kind}', 'fortran_order': False, 'shape': ${tuple}, }`
  const length = Math.ceil((preamble + dictionary.length + 1) / alignment) * alignment - preamble
  const magic = [0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, length & 0xff, length >> 8]
  return Uint8Array.of(...magic, ...new TextEncoder().encode(`${dictionary.padEnd(length - 1)}\n`))
}

function bytesOf(values: Exclude<WeightValues, string[]>): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}

/** Each text in `length` code points of four bytes, filled up with zeros. */
export function fixedTexts(values: readonly string[], length: number): Uint8Array {
  const points = new Uint32Array(values.length * length)
  values.forEach((text, row) => {
    for (const [i, character] of Array.from(text).entries()) points[row * length + i] = character.codePointAt(0) ?? 0
  })
  return new Uint8Array(points.buffer)
}
