import type { ErrorRecord } from '../../../errors'
import type { Tail } from '../../../graph/tail/types'
import type { WeightValues } from '../../../graph/types'
import type { BatchLoss } from '../loss'

/** What a helper is asked. */
export type HelperRequest =
  | {
      readonly kind: 'open'
      readonly tail: Omit<Tail, 'weights'>
      /** Values of the tail's constants by their id. */
      readonly weights: ReadonlyMap<string, WeightValues>
      readonly batch: number
    }
  | ({ readonly kind: 'learn' } & HelperShare)

/** Photos whose slopes a helper works out; its arrays are handed over. */
export interface HelperShare {
  /** The weights that learn, one after the other in the order of `Tail.trained`, as they are now. */
  readonly values: Float32Array<ArrayBuffer>
  /** The maps of the photos, one after the other. */
  readonly maps: Float32Array<ArrayBuffer>
  readonly labels: Int32Array<ArrayBuffer>
  /** How much each photo counts, so that the slopes are those of the mean over the photos of the whole step. */
  readonly weights: Float32Array<ArrayBuffer>
  /** The other classes of mixed photos, and how much of each target they are; null where none is mixed. */
  readonly mixed: { readonly others: Int32Array<ArrayBuffer>; readonly shares: Float32Array<ArrayBuffer> } | null
}

export type HelperReply =
  | { readonly kind: 'open' }
  /** In the array of the values that were sent: their gradients. */
  | { readonly kind: 'learned'; readonly found: BatchLoss; readonly gradients: Float32Array<ArrayBuffer> }
  | { readonly kind: 'error'; readonly error: ErrorRecord }

/** What a helper is reached by, a worker for one. */
export interface HelperPort {
  postMessage(request: HelperRequest, transfer: Transferable[]): void
  onmessage: ((event: MessageEvent<HelperReply>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  terminate(): void
}
