import type { BlobStore } from './blobs'
import { memoryStore } from './memory'
import { whyNotKept, type WhyNotKept } from '../why'

/** A store that may have files which are not on disk. */
export interface OverflowingStore extends BlobStore {
  /** Puts on disk what is only in memory, and goes on there. Throws what the disk throws; the rest stays in memory then. */
  flush(): Promise<void>
}

/**
 * A store that goes on in memory once the disk refuses a file, because it is full or for whatever else: what was there
 * stays and is read from there, `onFailed` hears of it once, and what comes from then on is not kept until it is flushed.
 */
export function overflowing(
  disk: BlobStore,
  onFailed: (why: WhyNotKept) => void,
  memory: BlobStore = memoryStore(),
): OverflowingStore {
  let failed = false
  const fail = (error: unknown): void => {
    if (!failed) onFailed(whyNotKept(error))
    failed = true
  }
  return {
    kind: disk.kind,
    async put(key, blob) {
      if (!failed) {
        try {
          return await disk.put(key, blob)
        } catch (error) {
          fail(error)
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
    async flush() {
      for (const key of await memory.keys('')) {
        const blob = await memory.get(key)
        if (blob) await disk.put(key, blob)
        await memory.delete([key])
      }
      failed = false
    },
  }
}
