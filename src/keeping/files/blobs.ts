/** Where files are kept, in order of preference. */
export type BlobStoreKind = 'opfs' | 'indexeddb' | 'memory'

/** Files by key (`picture/<hash>`, `thumbnail/<hash>`, `model/<key>/<path>`). What `put` has answered to is on disk. */
export interface BlobStore {
  readonly kind: BlobStoreKind
  /** Throws CutpointError `disk-full` where there is no room; what was there under that key stays then. */
  put(key: string, blob: Blob): Promise<void>
  /** null where there is none. */
  get(key: string): Promise<Blob | null>
  /** All keys that begin so. */
  keys(prefix: string): Promise<string[]>
  delete(keys: readonly string[]): Promise<void>
}
