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

/** What rows are to be: a label each, or two where they are mixed. */
export interface Targets {
  /** Class of each row; where it is mixed, the one of which there is more. */
  readonly labels: Int32Array
  /** How much each row counts, 1 on average; null where all count alike. */
  readonly weights: Float32Array | null
  /** The other classes of mixed rows, and how much of each target they are; null or left out where none is mixed. */
  readonly mixed?: { readonly others: Int32Array; readonly shares: Float32Array } | null
}

/** The same for targets that may be of two labels: what is right of them is the label of which there is more. */
export function lossOfTargets(
  logits: Float32Array,
  { labels, weights, mixed }: Targets,
  slopes: Float32Array,
  classes: number,
): BatchLoss {
  const found = softmaxLoss(logits, labels, weights, slopes, classes)
  if (!mixed) return found
  let { loss } = found
  labels.forEach((label, row) => {
    const [own, other] = [row * classes + label, row * classes + mixed.others[row]]
    const moved = (weights?.[row] ?? 1) * mixed.shares[row]
    loss += moved * (logits[own] - logits[other])
    slopes[own] += moved / labels.length
    slopes[other] -= moved / labels.length
  })
  return { ...found, loss }
}
