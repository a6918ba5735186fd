import type { BlobStore, BlobStoreKind } from './blobs'
import { isDiskFull } from './disk-full'
import { openIndexedDb } from './indexeddb'
import { memoryStore } from './memory'
import { openOpfs } from './opfs'

const openers: Readonly<Record<BlobStoreKind, () => Promise<BlobStore>>> = {
  opfs: openOpfs,
  indexeddb: openIndexedDb,
  memory: () => Promise.resolve(memoryStore()),
}

/** The first store that can be written to; the last resort is memory. */
export async function openBlobStore(
  prefer: readonly BlobStoreKind[] = ['opfs', 'indexeddb', 'memory'],
): Promise<BlobStore> {
  for (const kind of prefer) {
    const store = await tried(openers[kind])
    if (store) return store
  }
  return memoryStore()
}

/** A store that a file was written to and read from again; one that is only full still has what was there. */
async function tried(open: () => Promise<BlobStore>): Promise<BlobStore | null> {
  const key = 'trial/file'
  try {
    const store = await open()
    try {
      await store.put(key, new Blob(['trial']))
      const read = await store.get(key)
      if ((await read?.text()) !== 'trial') return null
      await store.delete([key])
    } catch (error) {
      if (!isDiskFull(error)) return null
    }
    return store
  } catch {
    return null
  }
}
