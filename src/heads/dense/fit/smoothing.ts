import { at, type Matrix } from '../../../compute/kernels/kernel'

/** Logits or residuals of a batch, with the label and the weight of each row. */
export interface BatchRows {
  readonly logits: Matrix
  readonly labels: Int32Array
  readonly weights: Float32Array
}

/** What a share of each target that is spread over all labels adds to the sum of weighted cross-entropies; of logits. */
export function lossOfSpread({ logits, labels, weights }: BatchRows, share: number, rows: number): number {
  const { data, stride, columns } = logits
  let loss = 0
  for (let row = 0; row < rows; row++) {
    let sum = 0
    for (let column = 0; column < columns; column++) sum += data[at(stride, row, column)]
    loss += weights[row] * share * (data[at(stride, row, labels[row])] - sum / columns)
  }
  return loss
}

/** Makes residuals of whole targets those of targets of which a share is spread over all labels. */
export function spreadTargets({ logits, labels, weights }: BatchRows, share: number, rows: number): void {
  const { data, stride, columns } = logits
  for (let row = 0; row < rows; row++) {
    const spread = weights[row] * share
    data[at(stride, row, labels[row])] += spread
    for (let column = 0; column < columns; column++) data[at(stride, row, column)] -= spread / columns
  }
}
