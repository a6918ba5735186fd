/** What the numbers of a report come to: statistics of who was taken for whom, and nothing else. */
import type { Part } from './types'

/** What a head predicted for one photo; both are indices of labels. */
export interface PredictedLabel {
  readonly label: number
  readonly predicted: number
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
  /** Photos for which it was predicted. */
  readonly predicted: number
  /** Photos that have it and for which it was predicted. */
  readonly right: number
  /** Of the photos for which the label was predicted, the share that has it; null where there are none. */
  readonly precision: number | null
  /** Of the photos that have the label, the share for which it was predicted; null where there are none. */
  readonly recall: number | null
}

/** Precision and recall of every label; `labels` is how many there are. */
export function labelScores(evaluated: readonly PredictedLabel[], labels: number): LabelScore[] {
  const counts = Array.from({ length: labels }, () => ({ photos: 0, predicted: 0, right: 0 }))
  for (const { label, predicted } of evaluated) {
    counts[label].photos++
    counts[predicted].predicted++
    if (label === predicted) counts[label].right++
  }
  return counts.map((count) => ({
    ...count,
    precision: count.predicted > 0 ? count.right / count.predicted : null,
    recall: count.photos > 0 ? count.right / count.photos : null,
  }))
}

/** The part that says most about new photos, by how many photos of each there are: test, else validation, else train. */
export function evaluatedPart(images: Readonly<Record<Part, number>>): Part {
  const order: Part[] = ['test', 'validation', 'train']
  return order.find((part) => images[part] > 0) ?? 'train'
}

export interface Confusion extends PredictedLabel {
  readonly count: number
}

/** How many photos of each label were taken for each: only pairs that occur, so that a thousand labels are no million numbers. */
export class PairCounts {
  readonly #rows = new Map<number, Map<number, number>>()

  constructor(evaluated: readonly PredictedLabel[]) {
    for (const { label, predicted } of evaluated) {
      const row = this.#rows.get(label) ?? new Map<number, number>()
      row.set(predicted, (row.get(predicted) ?? 0) + 1)
      this.#rows.set(label, row)
    }
  }

  /** Photos of `label` that were taken for `predicted`. */
  of(label: number, predicted: number): number {
    return this.#rows.get(label)?.get(predicted) ?? 0
  }

  /** What the photos of each label were taken for, and how many of them; labels in their order. */
  rows(): [label: number, predicted: ReadonlyMap<number, number>][] {
    return [...this.#rows].sort(([a], [b]) => a - b)
  }

  /** All of them, of `labels` labels: rows are the true ones, columns those predicted. */
  matrix(labels: number): number[][] {
    const matrix = Array.from({ length: labels }, () => new Array<number>(labels).fill(0))
    for (const [label, row] of this.#rows) for (const [predicted, count] of row) matrix[label][predicted] = count
    return matrix
  }

  /** Photos of `label`. */
  total(label: number): number {
    return sum([...(this.#rows.get(label)?.values() ?? [])])
  }

  /** Which labels were taken for which others, the most frequent mistake first. */
  confusions(): Confusion[] {
    return [...this.#rows]
      .flatMap(([label, row]) => Array.from(row, ([predicted, count]) => ({ label, predicted, count })))
      .filter(({ label, predicted }) => label !== predicted)
      .sort((a, b) => b.count - a.count || a.label - b.label || a.predicted - b.predicted)
  }
}

/**
 * An order of the labels in which those that are taken for one another stand side by side: the most confused comes
 * first, and each is followed by the one left that it is most often confused with.
 */
export function orderByConfusion(evaluated: readonly PredictedLabel[], labels: number): number[] {
  const neighbours = Array.from({ length: labels }, () => new Map<number, number>())
  const all = new Array<number>(labels).fill(0)
  for (const { label, predicted, count } of new PairCounts(evaluated).confusions()) {
    for (const [from, to] of [
      [label, predicted],
      [predicted, label],
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
