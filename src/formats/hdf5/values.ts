import type { Metadata } from 'h5wasm'
import { badHdf5 } from './bad-hdf5'
import type { OpenFile } from './library'
import type { Alive } from './types'

/** Bytes that are read from a dataset at a time, and so the room taken in the library's own memory. */
const pieceBytes = 2 ** 23

/**
 * All bytes of a dataset, by rows of some MB, so that the library's memory, which never shrinks, stays small. It swaps
 * big-endian ones. Throws CutpointError `bad-hdf5`.
 */
export function readValues(
  { library, id, source }: OpenFile,
  path: string,
  metadata: Metadata,
  alive: Alive,
): Uint8Array<ArrayBuffer> {
  const shape = (metadata.shape ?? []).map(Number)
  const dims = shape.length > 0 ? shape : [1]
  const rowBytes = dims.slice(1).reduce((product, size) => product * size, metadata.size)
  const bytes = new Uint8Array(rowBytes * dims[0])
  if (bytes.length === 0) return bytes
  const chunkRows = metadata.chunks?.at(0) ?? 1
  const rows = Math.max(1, Math.ceil(pieceBytes / rowBytes / chunkRows)) * chunkRows
  const mostBytes = Math.min(rows, dims[0]) * rowBytes
  const pointer = library._malloc(mostBytes)
  if (pointer === 0) throw badHdf5(source.path, 'needs more memory than there is')
  try {
    for (let row = 0; row < dims[0]; row += rows) {
      alive(Math.max(1, mostBytes / pieceBytes))
      const count = Math.min(rows, dims[0] - row)
      const slab = shape.length === 0 ? whole : rowsOf(dims, row, count)
      const status = library.get_dataset_data(id, path, slab.count, slab.offset, slab.strides, BigInt(pointer))
      if (status < 0) throw badHdf5(source.path, `cannot be read at ${path}`)
      bytes.set(library.HEAPU8.subarray(pointer, pointer + count * rowBytes), row * rowBytes)
    }
  } finally {
    library._free(pointer)
  }
  return bytes
}

interface Slab {
  readonly count: bigint[] | null
  readonly offset: bigint[] | null
  readonly strides: bigint[] | null
}

const whole: Slab = { count: null, offset: null, strides: null }

function rowsOf(dims: readonly number[], row: number, count: number): Slab {
  return {
    count: [count, ...dims.slice(1)].map(BigInt),
    offset: dims.map((_, axis) => BigInt(axis === 0 ? row : 0)),
    strides: dims.map(() => 1n),
  }
}
