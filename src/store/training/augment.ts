import type { AugmentOptions } from '../../types'
import { getState } from '../state/state'
import { setOptions } from './training'

/** Copies made when the first change is allowed and nobody has said how many. */
const usualCopies = 3

/** Whether copies may differ from their photo at all. */
export function changesAnything({ flip, crop, scale, brightness }: AugmentOptions): boolean {
  return flip || crop > 0 || scale > 0 || brightness > 0
}

/** Sets what changed copies there are; the first change that is allowed makes some. */
export function setAugment(change: Partial<AugmentOptions>): void {
  const before = getState().options.augment
  const next = { ...before, ...change }
  const first = !changesAnything(before) && changesAnything(next) && next.variants === 0
  setOptions({ augment: first ? { ...next, variants: usualCopies } : next })
}
