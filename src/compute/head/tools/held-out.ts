import { imageWeights, type ClassWeights } from '../class-weights'
import { foldsOf } from '../folds'
import type { TrainingRows } from '../training-rows'
import type { Scored } from './temperature'

/** In how many folds photos are held out. */
const count = 3

/** Rows that are trained on, and those that are held out meanwhile. */
export interface Fold {
  readonly rest: Int32Array
  readonly held: Int32Array
}

/** Each fold of the rows, what belongs together in one; without those that would leave a label with nothing to train on. */
export function foldsOfRows(training: Pick<TrainingRows, 'classes' | 'units'>): Fold[] {
  const foldOf = foldsOf(training, count)
  const labels = new Set(training.classes).size
  const rows = Int32Array.from(training.classes.keys())
  return Array.from({ length: count }, (_, fold) => ({
    rest: rows.filter((row) => foldOf[row] !== fold),
    held: rows.filter((row) => foldOf[row] === fold),
  })).filter(({ rest, held }) => held.length > 0 && new Set(rest.map((row) => training.classes[row])).size === labels)
}

/** Rows of labels that have any, numbered anew. */
export interface UsedLabels {
  readonly used: Int32Array
  /** The label of each row, as its place in `used`. */
  readonly classes: Int32Array
}

/** The labels that have rows, in order. */
export function usedLabels(classes: Int32Array): UsedLabels {
  const used = Int32Array.from(new Set(classes)).sort()
  const place = new Map(Array.from(used, (label, index) => [label, index]))
  return { used, classes: classes.map((label) => place.get(label) ?? -1) }
}

/** Scores of all held-out rows, each by what was trained without its fold; null where none can be held out. */
export async function scoresOf(
  folds: readonly Fold[],
  { used, classes }: UsedLabels,
  classWeights: ClassWeights,
  score: (fold: Fold) => Promise<Float64Array>,
): Promise<Scored | null> {
  if (folds.length === 0) return null
  const all: number[] = []
  const scores = new Float64Array(folds.reduce((sum, { held }) => sum + held.length, 0) * used.length)
  for (const fold of folds) {
    scores.set(await score(fold), all.length * used.length)
    all.push(...fold.held)
  }
  const own = Int32Array.from(all, (row) => classes[row])
  return { scores, classes: own, weights: imageWeights(own, used.length, classWeights), labels: used.length }
}

/** How well scores name rows. */
export interface Standing {
  /** Mean cross-entropy of softmax(factor · scores). */
  readonly loss: number
  /** The share of rows whose label has the greatest score. */
  readonly accuracy: number
  /** The same, rows counted by their weights. */
  readonly weighted: number
}

/** How well scores name rows, with a factor that is the temperature's. */
export function standing({ scores, classes, weights, labels }: Scored, factor: number): Standing {
  let [loss, right, weighted, total] = [0, 0, 0, 0]
  classes.forEach((label, row) => {
    const own = scores.subarray(row * labels, (row + 1) * labels)
    const greatest = own.reduce((left, other) => Math.max(left, other), -Infinity)
    const mass = own.reduce((sum, each) => sum + Math.exp(factor * (each - greatest)), 0)
    loss += weights[row] * (Math.log(mass) - factor * (own[label] - greatest))
    total += weights[row]
    if (own.indexOf(greatest) !== label) return
    right += 1
    weighted += weights[row]
  })
  return { loss: loss / total, accuracy: right / classes.length, weighted: weighted / total }
}
