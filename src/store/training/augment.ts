import { changesAnything, usualVariants, type AugmentOptions } from '../../augment-options'
import { getState } from '../state/state'
import { setOptions } from './training'

/** What does no harm to any kind of photo; mirroring does to letters and hands. */
const usualChanges = { crop: 0.1, scale: 0.1, brightness: 0.1 }

/** Sets what changed copies there are; the first change that is allowed makes some. */
export function setAugment(change: Partial<AugmentOptions>): void {
  const before = getState().options.augment
  const next = { ...before, ...change }
  const first = !changesAnything(before) && changesAnything(next) && next.variants === 0
  setOptions({ augment: first ? { ...next, variants: usualVariants } : next })
}

/** Whether there are changed copies; what they may change stays as it was chosen, or is the usual where nothing was. */
export function switchCopies(on: boolean): void {
  const { augment } = getState().options
  const changes = changesAnything(augment) ? augment : { ...augment, ...usualChanges }
  setOptions({ augment: on ? { ...changes, variants: usualVariants } : { ...augment, variants: 0 } })
}
