/**
 * Strings in tfjs's weight files: each a little-endian uint32 with its length in bytes, then its bytes.
 * Source: `encodeWeights` in tfjs-core, src/io/io_utils.ts.
 */
export function encodeStrings(values: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const encoded = new Uint8Array(values.reduce((sum, value) => sum + 4 + value.length, 0))
  const view = new DataView(encoded.buffer)
  let offset = 0
  for (const value of values) {
    view.setUint32(offset, value.length, true)
    encoded.set(value, offset + 4)
    offset += 4 + value.length
  }
  return encoded
}

/** The strings of one weight, as UTF-8. */
export function decodeStrings(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const decoder = new TextDecoder()
  const values: string[] = []
  for (let offset = 0; offset + 4 <= bytes.length;) {
    const end = offset + 4 + view.getUint32(offset, true)
    values.push(decoder.decode(bytes.subarray(offset + 4, end)))
    offset = end
  }
  return values
}
