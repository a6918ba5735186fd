import { products } from '../../../compute/head/tools/products'
import type { Pace } from '../../../compute/head/pace'
import { shuffled } from '../../../compute/head/random'
import { uniform } from '../../../random'

/** A label's photos that are kept at most. */
export const mostOfLabel = 50

const mostRounds = 20
const seed = 1

/** Rows of length 1 that stand for all, those of a label together, and how many each label has. */
export interface Prototypes {
  readonly counts: number[]
  /** `[prototypes, length]` */
  readonly rows: Float32Array
}

/** Rows divided by their lengths; those of length 0 stay. */
export function unitRows(data: Float32Array, length: number): Float32Array {
  const rows = new Float32Array(data.length)
  for (let first = 0; first < data.length; first += length) {
    let square = 0
    for (let at = first; at < first + length; at++) square += data[at] * data[at]
    const factor = square > 0 ? 1 / Math.sqrt(square) : 0
    for (let at = first; at < first + length; at++) rows[at] = data[at] * factor
  }
  return rows
}

/**
 * The rows themselves of labels that have few, and `most` means of the others': k-means by angle, begun at rows that are drawn
 * with a fixed seed, so that the same rows give the same means.
 */
export async function prototypesOf(
  rows: Float32Array,
  length: number,
  given: { readonly classes: Int32Array; readonly labels: number; readonly most?: number },
  pace: Pace,
): Promise<Prototypes> {
  const { classes, labels, most = mostOfLabel } = given
  const counts: number[] = []
  const parts: Float32Array[] = []
  for (let label = 0; label < labels; label++) {
    const own = Int32Array.from(classes.keys()).filter((row) => classes[row] === label)
    const part = gathered(rows, length, own)
    parts.push(own.length > most ? await means(part, length, most, pace) : part)
    counts.push(Math.min(own.length, most))
  }
  const all = new Float32Array(counts.reduce((sum, count) => sum + count, 0) * length)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return { counts, rows: all }
}

function gathered(rows: Float32Array, length: number, chosen: Int32Array): Float32Array {
  const result = new Float32Array(chosen.length * length)
  chosen.forEach((row, index) => result.set(rows.subarray(row * length, (row + 1) * length), index * length))
  return result
}

/** `count` directions, each the mean of the rows that are nearest to it. */
async function means(rows: Float32Array, length: number, count: number, pace: Pace): Promise<Float32Array> {
  const size = rows.length / length
  let centres = gathered(rows, length, shuffled(size, uniform(seed)).subarray(0, count))
  let nearest = new Int32Array(size).fill(-1)
  for (let round = 0; round < mostRounds; round++) {
    const near = await products(rows, centres, length, pace)
    const next = Int32Array.from({ length: size }, (_, row) => greatest(near.subarray(row * count, (row + 1) * count)))
    if (next.every((centre, row) => centre === nearest[row])) break
    nearest = next
    centres = centred(rows, length, nearest, centres)
  }
  return centres
}

function greatest(values: Float32Array): number {
  let best = 0
  for (let index = 1; index < values.length; index++) if (values[index] > values[best]) best = index
  return best
}

/** The mean direction of the rows nearest to each centre; a centre without any stays. */
function centred(rows: Float32Array, length: number, nearest: Int32Array, centres: Float32Array): Float32Array {
  const sums = new Float64Array(centres.length)
  const has = new Uint8Array(centres.length / length)
  nearest.forEach((centre, row) => {
    has[centre] = 1
    for (let column = 0; column < length; column++) sums[centre * length + column] += rows[row * length + column]
  })
  const means = unitRows(Float32Array.from(sums), length)
  has.forEach((any, centre) => {
    const first = centre * length
    if (any === 0) means.set(centres.subarray(first, first + length), first)
  })
  return means
}
