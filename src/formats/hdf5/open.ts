import type { Metadata } from 'h5wasm'
import { CutpointError } from '../../errors'
import { isArray } from '../json'
import { inWords } from '../source'
import type { SourceFile } from '../types'
import { hdf5Module, type Hdf5Module } from './library'
import { mount } from './mount'
import { numberType } from './numbers'
import type { Hdf5Dataset, Hdf5File } from './types'

/** Bytes that are read from a dataset at a time, and so the room taken in the library's own memory. */
const pieceBytes = 2 ** 23
/** Deflate never shrinks more than this: https://www.zlib.net/zlib_tech.html */
const mostShrunk = 1032
/** Lists of names are split over at most so many attributes. */
const mostParts = 1000

/** What is open: the library, the file in it, and the file it came from. */
interface Open extends Hdf5Module {
  readonly id: bigint
  readonly file: SourceFile
}

/** Opens an HDF5 file. Throws CutpointError `bad-hdf5`. */
export async function openHdf5(file: SourceFile): Promise<Hdf5File> {
  const module = await hdf5Module()
  const mounted = await mount(module.library, file)
  try {
    const id = guarded(file, () => module.library.open(mounted.path, module.library.H5F_ACC_RDONLY, false, -1, -1))
    if (id <= 0n) throw badHdf5(file, 'is damaged or cut off')
    const open = { ...module, id, file }
    return {
      bySlices: mounted.bySlices,
      names: (path) => guarded(file, () => namesIn(open, path)),
      text: (path, name) => guarded(file, () => textOf(open, path, name)),
      texts: (path, name) => guarded(file, () => textsOf(open, path, name)),
      dataset: (path) => guarded(file, () => datasetAt(open, path)),
      close: () => {
        module.library.close_file(id)
        mounted.unmount()
      },
    }
  } catch (error) {
    mounted.unmount()
    throw error
  }
}

/** What the library throws, whatever it is, as the error of a damaged file. */
function guarded<T>(file: SourceFile, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof CutpointError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw badHdf5(file, 'is damaged or cut off', { reason })
  }
}

function isKind({ library, id }: Open, path: string, kind: number): boolean {
  try {
    return library.get_type(id, path) === kind
  } catch {
    return false
  }
}

function namesIn(open: Open, path: string): string[] {
  return isKind(open, path, open.library.H5G_GROUP) ? open.library.get_names(open.id, path, false) : []
}

/** An attribute that has room in the file; undefined where there is none. */
function attributeAt(open: Open, path: string, name: string): unknown {
  const { library, id, file } = open
  if (!library.get_attribute_names(id, path).includes(name)) return undefined
  const { size, total_size: count } = library.get_attribute_metadata(id, path, name)
  if (!(size * count <= 16 * file.size)) throw badHdf5(file, `has an attribute ${name} larger than itself`)
  return open.attribute(id, path, name)
}

function textOf(open: Open, path: string, name: string): string | undefined {
  const value = attributeAt(open, path, name)
  return typeof value === 'string' ? value : undefined
}

/** Keras splits lists of names larger than 64 kB. Source: `save_attributes_to_hdf5_group` in legacy_h5_format.py. */
function textsOf(open: Open, path: string, name: string): string[] | undefined {
  const whole = attributeAt(open, path, name)
  if (whole !== undefined) return listOf(whole)
  const parts: unknown[] = []
  for (let part = 0; part < mostParts; part++) {
    const value = attributeAt(open, path, `${name}${part}`)
    if (value === undefined) break
    parts.push(...listOf(value))
  }
  return parts.length > 0 ? listOf(parts) : undefined
}

function listOf(value: unknown): string[] {
  return (isArray(value) ? value : [value]).filter((item) => typeof item === 'string')
}

function datasetAt(open: Open, path: string): Hdf5Dataset | undefined {
  if (!isKind(open, path, open.library.H5G_DATASET)) return undefined
  const { library, id, file } = open
  const metadata = library.get_dataset_metadata(id, path)
  const type = numberType(metadata, textOf(open, path, 'dtype'))
  if (type === null || metadata.shape === null) throw badHdf5(file, `holds data that cannot be read (${path})`)
  const shape = metadata.shape.map(Number)
  const bytes = shape.reduce((product, size) => product * size, metadata.size)
  if (!Number.isSafeInteger(bytes) || bytes < 0) throw badHdf5(file, `holds a tensor of an impossible size (${path})`)
  const most = file.size * (metadata.chunks === null ? 1 : mostShrunk)
  if (bytes > most)
    throw badHdf5(file, `is said to hold a tensor of ${inWords(bytes)}, which is more than the file (${path})`)
  checkFilters(open, path)
  return { spec: { shape, ...type }, bytes, read: () => guarded(file, () => readDataset(open, path, metadata, shape)) }
}

/** Deflate, shuffle and the like are in the library; others are plug-ins. */
function checkFilters({ library, id, file }: Open, path: string): void {
  const unknown = library.get_dataset_filters(id, path).find((filter) => filter.id > 6)
  if (unknown) {
    throw badHdf5(file, `is compressed in a way that cannot be read (${unknown.name || unknown.id})`, {
      filter: unknown.id,
    })
  }
}

/** All bytes, by rows of some MB, so that the library's memory, which never shrinks, stays small. It swaps big-endian ones. */
function readDataset(
  { library, id, file }: Open,
  path: string,
  metadata: Metadata,
  shape: readonly number[],
): Uint8Array {
  const dims = shape.length > 0 ? shape : [1]
  const rowBytes = dims.slice(1).reduce((product, size) => product * size, metadata.size)
  const bytes = new Uint8Array(rowBytes * dims[0])
  if (bytes.length === 0) return bytes
  const chunkRows = metadata.chunks?.at(0) ?? 1
  const rows = Math.max(1, Math.ceil(pieceBytes / rowBytes / chunkRows)) * chunkRows
  const pointer = library._malloc(Math.min(rows, dims[0]) * rowBytes)
  if (pointer === 0) throw badHdf5(file, 'needs more memory than there is')
  try {
    for (let row = 0; row < dims[0]; row += rows) {
      const count = Math.min(rows, dims[0] - row)
      const slab = shape.length === 0 ? whole : rowsOf(dims, row, count)
      const status = library.get_dataset_data(id, path, slab.count, slab.offset, slab.strides, BigInt(pointer))
      if (status < 0) throw badHdf5(file, `cannot be read at ${path}`)
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

function badHdf5(file: SourceFile, what: string, details: Readonly<Record<string, unknown>> = {}): CutpointError {
  return new CutpointError('bad-hdf5', `${file.path} ${what}.`, 'Download or save the file again.', {
    path: file.path,
    ...details,
  })
}
