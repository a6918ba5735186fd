import type { BlobStore } from './blobs'
import { isDiskFull } from './disk-full'
import { memoryStore } from './memory'

/**
 * A store that goes on in memory once the disk is full: what was there stays and is read from there, `onFull` hears of
 * it once, and what comes from then on is not kept.
 */
export function overflowing(disk: BlobStore, onFull: () => void): BlobStore {
  const memory = memoryStore()
  let full = false
  const overflow = (): void => {
    if (!full) onFull()
    full = true
  }
  return {
    kind: disk.kind,
    async put(key, blob) {
      if (!full) {
        try {
          return await disk.put(key, blob)
        } catch (error) {
          if (!isDiskFull(error)) throw error
          overflow()
        }
      }
      await memory.put(key, blob)
    },
    get: async (key) => (await memory.get(key)) ?? disk.get(key),
    keys: async (prefix) => [...new Set([...(await disk.keys(prefix)), ...(await memory.keys(prefix))])],
    async delete(keys) {
      await memory.delete(keys)
      await disk.delete(keys)
    },
  }
}
