/** What the numbers of a report come to: statistics of who was taken for whom, and nothing else. */

export interface Interval {
  readonly low: number
  readonly high: number
}

/** How far the normal distribution reaches to either side for 95 %. */
const reach = 1.959963984540054

/**
 * Between which shares the true one most likely (95 %) lies, when `right` of `total` were right: Wilson's interval,
 * which also holds for few photos and near 0 and 1. Without photos it may be anywhere.
 */
export function shareInterval(right: number, total: number): Interval {
  if (total === 0) return { low: 0, high: 1 }
  const share = right / total
  const spread = reach ** 2 / total
  const middle = share + spread / 2
  const half = reach * Math.sqrt((share * (1 - share)) / total + spread / (4 * total))
  return {
    low: right === 0 ? 0 : (middle - half) / (1 + spread),
    high: right === total ? 1 : (middle + half) / (1 + spread),
  }
}

export interface LabelScore {
  /** Photos that have this label. */
  readonly photos: number
  /** Photos that were said to have it. */
  readonly said: number
  /** Photos that have it and were said to. */
  readonly right: number
  /** Of the photos said to have the label, the share that has it; null where there are none. */
  readonly precision: number | null
  /** Of the photos that have the label, the share said to; null where there are none. */
  readonly recall: number | null
}

/** Precision and recall of every label. Rows of the matrix are the true labels, columns the ones said. */
export function labelScores(matrix: readonly (readonly number[])[]): LabelScore[] {
  return matrix.map((row, label) => {
    const photos = sum(row)
    const said = sum(matrix.map((other) => other[label]))
    const right = row[label]
    return {
      photos,
      said,
      right,
      precision: said > 0 ? right / said : null,
      recall: photos > 0 ? right / photos : null,
    }
  })
}

export interface Confusion {
  /** Index of the true label. */
  readonly label: number
  /** Index of the one said. */
  readonly said: number
  readonly count: number
}

/** Which labels were taken for which others, the most frequent mistake first. */
export function confusions(matrix: readonly (readonly number[])[]): Confusion[] {
  return matrix
    .flatMap((row, label) => row.map((count, said) => ({ label, said, count })))
    .filter(({ label, said, count }) => label !== said && count > 0)
    .sort((a, b) => b.count - a.count)
}

/**
 * An order of the labels in which those that are taken for one another stand side by side: the most confused comes
 * first, and each is followed by the one left that it is most often confused with.
 */
export function orderByConfusion(matrix: readonly (readonly number[])[]): number[] {
  const mixed = (a: number, b: number): number => (a === b ? 0 : matrix[a][b] + matrix[b][a])
  const left = matrix.map((_, label) => ({ label, all: sum(matrix.map((_row, other) => mixed(label, other))) }))
  left.sort((a, b) => b.all - a.all)
  const order: number[] = []
  while (left.length > 0) {
    const last = order.at(-1)
    let next = 0
    if (last !== undefined) {
      for (let at = 1; at < left.length; at++) {
        if (mixed(last, left[at].label) > mixed(last, left[next].label)) next = at
      }
    }
    order.push(...left.splice(next, 1).map(({ label }) => label))
  }
  return order
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
