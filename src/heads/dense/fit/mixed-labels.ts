import { at } from '../../../compute/kernels/kernel'
import type { MixedTargets } from '../../../compute/head/mixing/targets'
import type { BatchRows } from './smoothing'

/** The other labels of mixed rows, and how much of each whole target they are. */
export type OtherLabels = Pick<MixedTargets, 'others' | 'shares'>

/** What other labels add to the sum of weighted cross-entropies; of logits. */
export function lossOfOthers(
  { logits, labels, weights }: BatchRows,
  { others, shares }: OtherLabels,
  whole: number,
): number {
  const { data, stride } = logits
  let loss = 0
  others.forEach((other, row) => {
    const apart = data[at(stride, row, labels[row])] - data[at(stride, row, other)]
    loss += weights[row] * whole * shares[row] * apart
  })
  return loss
}

/** Makes residuals of targets of one label those of two. */
export function shareTargets(
  { logits, labels, weights }: BatchRows,
  { others, shares }: OtherLabels,
  whole: number,
): void {
  const { data, stride } = logits
  others.forEach((other, row) => {
    const moved = weights[row] * whole * shares[row]
    data[at(stride, row, labels[row])] += moved
    data[at(stride, row, other)] -= moved
  })
}
