/** Where pictures and their thumbnails lie, by the hash of the picture's bytes. The same picture lies there once. */
export interface PictureShelf {
  put(kind: PictureKind, hash: string, blob: Blob): Promise<void>
  /** null where there is none. */
  get(kind: PictureKind, hash: string): Promise<Blob | null>
}

export type PictureKind = 'picture' | 'thumbnail'

/** A shelf that lasts as long as the worker. */
export function memoryShelf(): PictureShelf {
  const blobs = new Map<string, Blob>()
  return {
    put: (kind, hash, blob) => {
      blobs.set(`${kind}/${hash}`, blob)
      return Promise.resolve()
    },
    get: (kind, hash) => Promise.resolve(blobs.get(`${kind}/${hash}`) ?? null),
  }
}
