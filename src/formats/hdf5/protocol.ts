import type { ErrorRecord } from '../../errors'
import type { Hdf5Index, Hdf5Source } from './types'

/** What the thread that holds a file is asked, one after another: first to open it, last to close it. */
export type Hdf5Request =
  | { readonly kind: 'open'; readonly source: Hdf5Source }
  | { readonly kind: 'read'; readonly path: string }
  | { readonly kind: 'close' }

/** What it says: any number of signs that it is alive, then the answer. */
export type Hdf5Reply =
  | { readonly kind: 'alive'; readonly share: number }
  | { readonly kind: 'index'; readonly index: Hdf5Index }
  | { readonly kind: 'values'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** Whether the thread can take another file. */
  | { readonly kind: 'closed'; readonly reusable: boolean }
  | { readonly kind: 'error'; readonly error: ErrorRecord }
