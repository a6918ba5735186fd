import type { Mixture } from './mixture'

/** What the rows of a batch are to be, each of two labels. */
export interface MixedTargets {
  /** The label of which there is more, by which it is said whether a row is right. */
  readonly labels: Int32Array
  readonly others: Int32Array
  /** How much of the target is the other label. */
  readonly shares: Float32Array
  /** How much of the target is the label of the row that was mixed in. */
  readonly ofPartners: Float32Array
  /** How much each row counts: as much as the parts of its two labels together. */
  readonly weights: Float32Array
}

/** Targets of rows that are mixed: each part counts as much as the row that it is of, so that weights of labels hold. */
export function mixedTargets(labels: Int32Array, weights: Float32Array, { partners, shares }: Mixture): MixedTargets {
  const made: MixedTargets = {
    labels: labels.slice(),
    others: labels.slice(),
    shares: new Float32Array(labels.length),
    ofPartners: new Float32Array(labels.length),
    weights: weights.slice(),
  }
  partners.forEach((partner, row) => {
    const share = shares[row]
    const parts = [
      { label: labels[row], weight: (1 - share) * weights[row] },
      { label: labels[partner], weight: share * weights[partner] },
    ]
    const [more, less] = share > 0.5 ? [parts[1], parts[0]] : parts
    const weight = more.weight + less.weight
    made.labels[row] = more.label
    made.others[row] = less.label
    made.weights[row] = weight
    made.shares[row] = weight > 0 ? less.weight / weight : 0
    made.ofPartners[row] = share > 0.5 ? 1 - made.shares[row] : made.shares[row]
  })
  return made
}
