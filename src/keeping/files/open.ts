import type { BlobStore, BlobStoreKind } from './blobs'
import { isDiskFull } from '../disk-full'
import { openIndexedDb } from './indexeddb'
import { memoryStore } from './memory'
import { openOpfs } from './opfs'
import type { Scratch } from './scratch'
import { whyNotKept, type WhyNotKept } from '../why'

const openers: Readonly<Record<BlobStoreKind, (scratch: Scratch) => Promise<BlobStore>>> = {
  opfs: openOpfs,
  indexeddb: openIndexedDb,
  memory: () => Promise.resolve(memoryStore()),
}

/** A store, and why it is memory where it is. */
export interface OpenedStore {
  readonly store: BlobStore
  readonly why: WhyNotKept | null
}

/** The first store that can be read, and written to if there is room; the last resort is memory. */
export async function openBlobStore(prefer: readonly BlobStoreKind[], scratch: Scratch): Promise<OpenedStore> {
  let why: WhyNotKept | null = null
  for (const kind of prefer) {
    try {
      return { store: await tried(await openers[kind](scratch), scratch.trial), why: kind === 'memory' ? why : null }
    } catch (error) {
      // The last one says most: a private file system is missing in many a private window, the database in few.
      why = whyNotKept(error)
    }
  }
  return { store: memoryStore(), why }
}

/** A store that a file was written to and read from again; one that is only full still has what was there. */
async function tried(store: BlobStore, key: string): Promise<BlobStore> {
  try {
    await store.put(key, new Blob(['trial']))
    const read = await store.get(key)
    if ((await read?.text()) !== 'trial') throw new Error('What was written was not read.')
    await store.delete([key])
  } catch (error) {
    if (!isDiskFull(error)) throw error
  }
  return store
}
