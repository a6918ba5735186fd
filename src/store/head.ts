import type { Kept } from '../workers/compute'

let kept: Kept | null = null

/** The trained head, kept on the page so that a compute worker that had to be ended does not take it along. */
export const keptHead = {
  get: (): Kept | null => kept,
  keep: (head: Kept): void => {
    kept = head
  },
  forget: (): void => {
    kept = null
  },
}
