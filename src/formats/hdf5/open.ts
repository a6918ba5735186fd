import { fromErrorRecord } from '../../errors'
import { readAll } from '../source'
import type { ReadContext, SourceFile } from '../types'
import { openHere } from './here'
import { openInThread, type OpenInThread } from './thread'
import type { Hdf5Entry, Hdf5File, Hdf5Source } from './types'

/** Lists of names are split over at most so many attributes. */
const mostParts = 1000

/**
 * Opens an HDF5 file: reads its index with the attributes of the names given, to read values later. Where threads can be
 * had it is done in one, since damaged files can keep the library busy for ever. Throws CutpointError `bad-hdf5`, or
 * `cancelled`.
 */
export async function openHdf5(
  file: SourceFile,
  attributes: readonly string[],
  context: ReadContext,
): Promise<Hdf5File> {
  const { path, size } = file
  const source: Hdf5Source = { path, size, data: file.blob ?? (await readAll(file)), attributes }
  const open = typeof Worker === 'function' ? await openInThread(source, context) : await openInNode(source)
  return lookUp(open)
}

/** Unit tests run in Node, which has no such threads. */
async function openInNode(source: Hdf5Source): Promise<OpenInThread> {
  const { index, read, close } = await openHere(source, waiting, waiting)
  return {
    index,
    read: (path) => Promise.resolve().then(() => read(path)),
    close: () => Promise.resolve().then(close),
  }
}

/** Nobody waits in this thread but the work itself. */
const waiting = (): void => undefined

function lookUp({ index, read, close }: OpenInThread): Hdf5File {
  const at = (path: string): Exclude<Hdf5Entry, { kind: 'damage' }> | undefined => {
    const entry = index.get(path)
    if (entry?.kind === 'damage') throw fromErrorRecord(entry.error)
    return entry
  }
  const textAt = (path: string, name: string): string | readonly string[] | undefined => {
    const entry = at(path)
    return entry?.kind === 'group' ? entry.texts.get(name) : undefined
  }
  return {
    names: (path) => {
      const entry = at(path)
      return entry?.kind === 'group' ? entry.names : []
    },
    text: (path, name) => {
      const text = textAt(path, name)
      return typeof text === 'string' ? text : undefined
    },
    texts: (path, name) => {
      const whole = textAt(path, name)
      return whole === undefined ? splitTexts((part) => textAt(path, `${name}${part}`)) : [whole].flat()
    },
    dataset: (path) => {
      const entry = at(path)
      return entry?.kind === 'dataset' ? { ...entry, read: () => read(path) } : undefined
    },
    close,
  }
}

/** Keras splits lists of names larger than 64 kB. Source: `save_attributes_to_hdf5_group` in legacy_h5_format.py. */
function splitTexts(textsOf: (part: number) => string | readonly string[] | undefined): readonly string[] | undefined {
  const parts: string[] = []
  for (let part = 0; part < mostParts; part++) {
    const texts = textsOf(part)
    if (texts === undefined) return part === 0 ? undefined : parts
    parts.push(...[texts].flat())
  }
  return parts
}
