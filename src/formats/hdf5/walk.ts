import { toErrorRecord } from '../../errors'
import { isArray } from '../json'
import { inWords } from '../source'
import { isSmall } from '../weights/store'
import { asBadHdf5, badHdf5, isTrap } from './bad-hdf5'
import type { OpenFile } from './library'
import { numberType } from './numbers'
import type { Alive, Hdf5Entry, Hdf5Group, Hdf5Index, Hdf5Values } from './types'
import { readValues } from './values'

/** Deflate never shrinks more than this: https://www.zlib.net/zlib_tech.html */
const mostShrunk = 1032
/** Models within models lie some 70 groups deep; deeper are groups that hold themselves. */
const mostNested = 128
/** More objects than a model has; and no link to one takes fewer bytes. */
const mostObjects = 100_000
const linkBytes = 16

interface Walk {
  readonly open: OpenFile
  readonly alive: Alive
  readonly index: Map<string, Hdf5Entry>
  /** Characters of attributes that may still come. */
  room: number
}

/**
 * Walks through all groups and datasets below the root. An object that cannot be read is in the index with its error.
 * Throws CutpointError `bad-hdf5` where the walk itself cannot go on.
 */
export function walk(open: OpenFile, alive: Alive): Hdf5Index {
  const { size } = open.source
  const state: Walk = { open, alive, index: new Map(), room: 2 ** 20 + 64 * size }
  visit(state, '/', 0)
  return state.index
}

function visit(state: Walk, path: string, depth: number): void {
  const { open, index, alive } = state
  const { path: file, size } = open.source
  if (index.size > Math.min(mostObjects, size / linkBytes)) throw badHdf5(file, 'holds more objects than any model')
  if (depth > mostNested) throw badHdf5(file, 'has groups nested without end')
  alive(1)
  const entry = entryAt(state, path)
  if (entry === undefined) return
  index.set(path, entry)
  if (entry.kind !== 'group') return
  for (const name of entry.names) visit(state, path === '/' ? `/${name}` : `${path}/${name}`, depth + 1)
}

function entryAt(state: Walk, path: string): Hdf5Entry | undefined {
  const { library, source } = state.open
  try {
    const kind = kindOf(state.open, path)
    if (kind === library.H5G_GROUP) return groupAt(state, path)
    return kind === library.H5G_DATASET ? datasetAt(state, path) : undefined
  } catch (error) {
    // The library itself has come to an end.
    if (isTrap(error)) throw error
    return { kind: 'damage', error: toErrorRecord(asBadHdf5(source.path, error)) }
  }
}

/** undefined where a link leads nowhere. */
function kindOf({ library, id }: OpenFile, path: string): number | undefined {
  try {
    return library.get_type(id, path)
  } catch (error) {
    if (isTrap(error)) throw error
    return undefined
  }
}

function groupAt(state: Walk, path: string): Hdf5Group {
  const { library, id } = state.open
  return { kind: 'group', names: library.get_names(id, path, false), texts: textsAt(state, path) }
}

/** Those of an object's attributes that were asked for and are text. */
function textsAt(state: Walk, path: string): Map<string, string | readonly string[]> {
  const { library, id, source } = state.open
  const texts = new Map<string, string | readonly string[]>()
  for (const name of library.get_attribute_names(id, path)) {
    if (!source.attributes.includes(name.replace(/\d+$/, ''))) continue
    const value = attributeAt(state.open, path, name)
    if (typeof value !== 'string' && !isArray(value)) continue
    const text = isArray(value) ? value.filter((item) => typeof item === 'string') : value
    texts.set(name, text)
    state.room -= [text].flat().reduce((sum, item) => sum + item.length, 0)
    if (state.room < 0) throw badHdf5(source.path, 'has attributes larger than itself')
  }
  return texts
}

/** An attribute that has room in the file. */
function attributeAt({ library, id, source, attribute }: OpenFile, path: string, name: string): unknown {
  const { size, total_size: count } = library.get_attribute_metadata(id, path, name)
  if (!(size * count <= 16 * source.size)) throw badHdf5(source.path, `has an attribute ${name} larger than itself`)
  return attribute(id, path, name)
}

function datasetAt({ open, alive }: Walk, path: string): Hdf5Values {
  const { library, id, source } = open
  const metadata = library.get_dataset_metadata(id, path)
  const type = numberType(metadata, noteAt(open, path))
  if (type === null || metadata.shape === null) throw badHdf5(source.path, `holds data that cannot be read (${path})`)
  const shape = metadata.shape.map(Number)
  const bytes = shape.reduce((product, size) => product * size, metadata.size)
  if (!Number.isSafeInteger(bytes) || bytes < 0)
    throw badHdf5(source.path, `holds a tensor of an impossible size (${path})`)
  const most = source.size * (metadata.chunks === null ? 1 : mostShrunk)
  if (bytes > most) {
    throw badHdf5(source.path, `is said to hold a tensor of ${inWords(bytes)}, which is more than the file (${path})`)
  }
  checkFilters(open, path)
  const spec = { shape, ...type }
  return { kind: 'dataset', spec, bytes, ...(isSmall(spec) && { small: readValues(open, path, metadata, alive) }) }
}

/** The attribute by which Keras marks what numbers are stored as. */
function noteAt(open: OpenFile, path: string): string | undefined {
  const name = 'dtype'
  if (!open.library.get_attribute_names(open.id, path).includes(name)) return undefined
  const note = attributeAt(open, path, name)
  return typeof note === 'string' ? note : undefined
}

/** Deflate, shuffle and the like are in the library; others are plug-ins. */
function checkFilters({ library, id, source }: OpenFile, path: string): void {
  const unknown = library.get_dataset_filters(id, path).find((filter) => filter.id > 6)
  if (unknown) {
    throw badHdf5(source.path, `is compressed in a way that cannot be read (${unknown.name || unknown.id})`, {
      filter: unknown.id,
    })
  }
}
