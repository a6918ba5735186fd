import type { BlobStore } from './blobs'
import { openDatabase } from '../database'
import { asDiskFull } from '../disk-full'

/** Files in IndexedDB, for browsers without a private file system and for pages outside a secure context. */
export async function openIndexedDb(): Promise<BlobStore> {
  const database = await openDatabase()
  return {
    kind: 'indexeddb',
    async put(key, blob) {
      try {
        await database.put('files', blob, key)
      } catch (error) {
        throw asDiskFull(error)
      }
    },
    get: async (key) => (await database.get('files', key)) ?? null,
    keys: (prefix) => database.getAllKeys('files', startingWith(prefix)),
    async delete(keys) {
      const { store, done } = database.transaction('files', 'readwrite')
      await Promise.all([...keys.map((key) => store.delete(key)), done])
    },
  }
}

/** All keys that begin so. */
export const startingWith = (prefix: string): IDBKeyRange => IDBKeyRange.bound(prefix, `${prefix}\uffff`)
