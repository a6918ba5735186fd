import type { HeadOptionsOf } from '../../heads/specs'
import type { TrainOptions } from '../../types'
import type { FeatureRows } from '../features/features'
import { foldsOf } from '../head/folds'
import type { Fittable } from '../head/types'
import type { JobContext } from '../jobs'
import { heldOut, type HeldOut } from './held-out'
import type { ComparingPhotos } from './photos'

/** In how many folds photos are held out. */
export const comparingFolds = 5

/** How many cuts are tried beside the best one, and as many more beside the two. */
const partners = 4

/** What came of a head at some cuts, side by side where there are several; by their places among those compared. */
export interface Compared extends HeldOut {
  readonly places: readonly number[]
}

/** What cuts are compared by. */
export interface Comparing {
  readonly photos: ComparingPhotos
  /** Their rows: of all cuts, side by side. */
  readonly rows: Pick<FeatureRows, 'data' | 'length'>
  /** How many features come from each cut. */
  readonly lengths: readonly number[]
  readonly labels: number
  readonly head: HeadOptionsOf['linear']
  readonly classWeights: TrainOptions['classWeights']
}

/**
 * How well a linear head does at each cut on photos that it did not see, and at two or three of them together where
 * these gain more than a standard error over the best one alone. Cancellable between cuts.
 */
export async function compareCuts(given: Comparing, context: JobContext): Promise<Compared[]> {
  const { classes, units } = given.photos
  const folds = foldsOf({ classes, units }, comparingFolds)
  const total = given.lengths.length
  const at = async (places: readonly number[]): Promise<Compared[]> => {
    await context.yieldTurn()
    const found = await heldOut(fittableAt(given, places), folds, given.head, context)
    return found ? [{ places, ...found }] : []
  }
  const alone: Compared[] = []
  for (const place of given.lengths.keys()) {
    context.progress('Comparing the cuts', place, total)
    alone.push(...(await at([place])))
  }
  context.progress('Trying cuts together', 0, 0)
  return [...alone, ...(await together(alone, at))]
}

/** Two cuts, then three, as long as another one gains more than a standard error. */
async function together(
  alone: readonly Compared[],
  at: (places: readonly number[]) => Promise<Compared[]>,
): Promise<Compared[]> {
  const found: Compared[] = []
  let base = bestOf(alone)
  while (base && base.places.length < 3) {
    const { places } = base
    const tried: Compared[] = []
    for (const other of beside(places, alone.length))
      tried.push(...(await at([...places, other].sort((a, b) => a - b))))
    const next = bestOf(tried)
    if (!next || next.accuracy <= base.accuracy + base.error) break
    found.push(next)
    base = next
  }
  return found
}

/** The most accurate; of equals the first, which is the earliest cut. */
const bestOf = (all: readonly Compared[]): Compared | undefined =>
  all.reduce<Compared | undefined>((best, one) => (best && best.accuracy >= one.accuracy ? best : one), undefined)

/** Some of the other cuts, evenly along the depth: neighbours say much the same. */
function beside(places: readonly number[], count: number): number[] {
  const others = Array.from({ length: count }, (_, place) => place).filter((place) => !places.includes(place))
  if (others.length <= partners) return others
  const step = others.length / partners
  return Array.from({ length: partners }, (_, turn) => others[Math.floor((turn + 0.5) * step)])
}

/** The rows of some of the cuts alone, to train on. */
function fittableAt(given: Comparing, places: readonly number[]): Fittable {
  const { photos, rows, labels, classWeights } = given
  const { classes, units } = photos
  const lengths = places.map((place) => given.lengths[place])
  const starts = places.map((place) => sum(given.lengths.slice(0, place)))
  const length = sum(lengths)
  const data = new Float32Array(classes.length * length)
  let target = 0
  for (let row = 0; row < classes.length; row++) {
    places.forEach((_, part) => {
      const start = row * rows.length + starts[part]
      data.set(rows.data.subarray(start, start + lengths[part]), target)
      target += lengths[part]
    })
  }
  const training = { data, classes, photos: Int32Array.from(classes.keys()), units }
  return { training, validation: null, length, lengths, classes: labels, classWeights, seed: 1 }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
