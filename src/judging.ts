/** What the numbers of a report come to: statistics of who was taken for whom, and nothing else. */
import type { Part } from './types'

/** What a head predicted for one photo; both are indices of labels. */
export interface Judgement {
  readonly label: number
  readonly said: number
}

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

/** Precision and recall of every label; `labels` is how many there are. */
export function labelScores(judged: readonly Judgement[], labels: number): LabelScore[] {
  const counts = Array.from({ length: labels }, () => ({ photos: 0, said: 0, right: 0 }))
  for (const { label, said } of judged) {
    counts[label].photos++
    counts[said].said++
    if (label === said) counts[label].right++
  }
  return counts.map((count) => ({
    ...count,
    precision: count.said > 0 ? count.right / count.said : null,
    recall: count.photos > 0 ? count.right / count.photos : null,
  }))
}

/** The part that says most about new photos, by how many photos of each there are: test, else validation, else train. */
export function judgedPart(images: Readonly<Record<Part, number>>): Part {
  const order: Part[] = ['test', 'validation', 'train']
  return order.find((part) => images[part] > 0) ?? 'train'
}

export interface Confusion extends Judgement {
  readonly count: number
}

/** How many photos of each label were taken for each: only pairs that occur, so that a thousand labels are no million numbers. */
export class PairCounts {
  readonly #rows = new Map<number, Map<number, number>>()

  constructor(judged: readonly Judgement[]) {
    for (const { label, said } of judged) {
      const row = this.#rows.get(label) ?? new Map<number, number>()
      row.set(said, (row.get(said) ?? 0) + 1)
      this.#rows.set(label, row)
    }
  }

  /** Photos of `label` that were taken for `said`. */
  of(label: number, said: number): number {
    return this.#rows.get(label)?.get(said) ?? 0
  }

  /** What the photos of each label were taken for, and how many of them; labels in their order. */
  rows(): [label: number, said: ReadonlyMap<number, number>][] {
    return [...this.#rows].sort(([a], [b]) => a - b)
  }

  /** All of them, of `labels` labels: rows are the true ones, columns those said. */
  matrix(labels: number): number[][] {
    const matrix = Array.from({ length: labels }, () => new Array<number>(labels).fill(0))
    for (const [label, row] of this.#rows) for (const [said, count] of row) matrix[label][said] = count
    return matrix
  }

  /** Photos of `label`. */
  total(label: number): number {
    return sum([...(this.#rows.get(label)?.values() ?? [])])
  }

  /** Which labels were taken for which others, the most frequent mistake first. */
  confusions(): Confusion[] {
    return [...this.#rows]
      .flatMap(([label, row]) => Array.from(row, ([said, count]) => ({ label, said, count })))
      .filter(({ label, said }) => label !== said)
      .sort((a, b) => b.count - a.count || a.label - b.label || a.said - b.said)
  }
}

/**
 * An order of the labels in which those that are taken for one another stand side by side: the most confused comes
 * first, and each is followed by the one left that it is most often confused with.
 */
export function orderByConfusion(judged: readonly Judgement[], labels: number): number[] {
  const neighbours = Array.from({ length: labels }, () => new Map<number, number>())
  const all = new Array<number>(labels).fill(0)
  for (const { label, said, count } of new PairCounts(judged).confusions()) {
    for (const [from, to] of [
      [label, said],
      [said, label],
    ]) {
      neighbours[from].set(to, (neighbours[from].get(to) ?? 0) + count)
      all[from] += count
    }
  }
  const byAll = all.map((_, label) => label).sort((a, b) => all[b] - all[a])
  const rank = new Array<number>(labels).fill(0)
  byAll.forEach((label, at) => (rank[label] = at))
  const order = new Set<number>()
  for (const first of byAll) {
    // Each chain ends where nobody is left that its last one is confused with.
    for (let next: number | undefined = first; next !== undefined && !order.has(next);) {
      order.add(next)
      next = nearest(neighbours[next], order, rank)
    }
  }
  return [...order]
}

/** The label most often confused, of those that are not placed yet; of equals that of the lower rank. */
function nearest(
  counts: ReadonlyMap<number, number>,
  placed: ReadonlySet<number>,
  rank: readonly number[],
): number | undefined {
  const left = [...counts].filter(([label]) => !placed.has(label))
  return left.sort(([a, countA], [b, countB]) => countB - countA || rank[a] - rank[b]).at(0)?.[0]
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
