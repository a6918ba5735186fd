import type { BlobStore } from './blobs'

/** Whether what lies under a key is the whole of what is to be put there. */
type IsWhole = (key: string, there: Blob, put: Blob) => boolean

const sameSize: IsWhole = (_, there, put) => there.size === put.size

/**
 * The same store for files whose key says what is in them. What is there is never put again: a file that is replaced,
 * even by the same bytes, can no longer be read by whoever has it open. Two who put the same key at once share one
 * writing. Only what `isWhole` refuses is replaced.
 */
export function contentStore(store: BlobStore, isWhole: IsWhole = sameSize): BlobStore {
  const coming = new Map<string, Promise<void>>()
  const putUnlessThere = async (key: string, blob: Blob): Promise<void> => {
    const there = await store.get(key)
    if (!there || !isWhole(key, there, blob)) await store.put(key, blob)
  }
  return {
    ...store,
    put(key, blob) {
      const writing =
        coming.get(key) ??
        putUnlessThere(key, blob).finally(() => {
          coming.delete(key)
        })
      coming.set(key, writing)
      return writing
    },
  }
}
