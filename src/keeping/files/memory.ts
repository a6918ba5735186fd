import type { BlobStore } from './blobs'

/** Files that last as long as the worker that holds them. */
export function memoryStore(): BlobStore {
  const blobs = new Map<string, Blob>()
  return {
    kind: 'memory',
    put: (key, blob) => {
      blobs.set(key, blob)
      return Promise.resolve()
    },
    get: (key) => Promise.resolve(blobs.get(key) ?? null),
    keys: (prefix) => Promise.resolve([...blobs.keys()].filter((key) => key.startsWith(prefix))),
    delete: (keys) => {
      for (const key of keys) blobs.delete(key)
      return Promise.resolve()
    },
  }
}
