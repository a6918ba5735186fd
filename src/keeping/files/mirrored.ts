import type { BlobStore } from './blobs'

/** Who else holds the files of a store, and so still has them when it is gone. */
export interface Mirror {
  /** A file that is put in the store. */
  held(key: string, blob: Blob): void | Promise<void>
  /** Files that have left it. */
  dropped(keys: readonly string[]): void | Promise<void>
}

/** The same store, all files of which the mirror holds too: what `put` has answered to is there. */
export function mirrored(store: BlobStore, mirror: Mirror): BlobStore {
  return {
    ...store,
    async put(key, blob) {
      await mirror.held(key, blob)
      await store.put(key, blob)
    },
    async delete(keys) {
      await store.delete(keys)
      if (keys.length > 0) await mirror.dropped(keys)
    },
  }
}
