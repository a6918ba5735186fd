/** What a batch was found to cost. */
export interface BatchLoss {
  /** Sum over rows of weight · cross-entropy. */
  readonly loss: number
  /** Rows whose label has the greatest logit. */
  readonly correct: number
}

/**
 * Softmax cross-entropy of rows of logits, and in `slopes` that of the mean over the rows: weight · (softmax − one-hot) / rows.
 * Rows beyond the labels count for nothing.
 */
export function softmaxLoss(
  logits: Float32Array,
  labels: Int32Array,
  weights: Float32Array | null,
  slopes: Float32Array,
  classes: number,
): BatchLoss {
  let [loss, correct] = [0, 0]
  slopes.fill(0)
  labels.forEach((label, row) => {
    const own = logits.subarray(row * classes, (row + 1) * classes)
    const greatest = own.reduce((most, logit) => Math.max(most, logit), -Infinity)
    const total = own.reduce((sum, logit) => sum + Math.exp(logit - greatest), 0)
    const weight = weights?.[row] ?? 1
    loss += weight * (Math.log(total) + greatest - own[label])
    if (own[label] >= greatest) correct += 1
    own.forEach((logit, column) => {
      const chance = Math.exp(logit - greatest) / total
      slopes[row * classes + column] = (weight * (chance - (column === label ? 1 : 0))) / labels.length
    })
  })
  return { loss, correct }
}
