/** How Emscripten's file systems read: `length` bytes at `position` into `buffer` at `offset`; how many they were. */
export type Read = (stream: unknown, buffer: Uint8Array, offset: number, length: number, position: number) => number

const signature = [0x47, 0x43, 0x4f, 0x4c]
/** Bytes before the objects of a collection, and before the data of an object. */
const headBytes = 16
/** Larger than the configuration of any model. */
const mostHeapBytes = 2 ** 26

/**
 * Reads with an eye on global heaps, where HDF5 keeps texts: libhdf5 2.0 walks for ever through a heap with an empty piece
 * of free space, as damaged files have them. Such a heap loses its signature on the way, and is refused for that.
 * Source of the layout: HDF5 File Format Specification, III.E, https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html
 */
export function guardHeaps(read: Read): Read {
  return (stream, buffer, offset, length, position) => {
    const count = read(stream, buffer, offset, length, position)
    const bytes = new Uint8Array(buffer.buffer, buffer.byteOffset + offset, count)
    if (isHeap(bytes) && hasEmptySpace(wholeHeap(bytes, stream, position))) bytes.fill(0, 0, signature.length)
    return count
  }

  /** A heap of which `bytes` are the beginning: the library reads large ones in two pieces. */
  function wholeHeap(bytes: Uint8Array, stream: unknown, position: number): Uint8Array {
    const size = Number(new DataView(bytes.buffer, bytes.byteOffset, headBytes).getBigUint64(8, true))
    if (size <= bytes.length || size > mostHeapBytes) return bytes
    const whole = new Uint8Array(size)
    return whole.subarray(0, read(stream, whole, 0, size, position))
  }
}

function isHeap(bytes: Uint8Array): boolean {
  return bytes.length > headBytes && signature.every((letter, i) => bytes[i] === letter)
}

function hasEmptySpace(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = headBytes; at + headBytes <= bytes.length;) {
    const isFree = view.getUint16(at, true) === 0
    const size = Number(view.getBigUint64(at + 8, true))
    if (isFree && size === 0) return true
    at += isFree ? size : headBytes + Math.ceil(size / 8) * 8
  }
  return false
}
