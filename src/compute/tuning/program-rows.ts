import type { Pace } from '../head/pace'
import type { TailLearner } from '../tail/types'

/** Photos by their maps at the freeze point, `[photos, length]`, with their classes and how much each counts. */
export interface MapRows {
  readonly data: Float32Array
  readonly length: number
  readonly labels: Int32Array
  /** 1 on average. */
  readonly weights: Float32Array
}

/** Loss and accuracy over rows. */
export interface Means {
  readonly loss: number
  readonly accuracy: number
}

/** The maps of one photo. */
export const mapsOf =
  ({ data, length }: Pick<MapRows, 'data' | 'length'>) =>
  (row: number): Float32Array =>
    data.subarray(row * length, (row + 1) * length)

/** What a learner makes of all rows, without learning from them. */
export async function meansOver(learner: TailLearner, rows: MapRows, pace: Pace): Promise<Means> {
  const count = rows.labels.length
  let [loss, correct] = [0, 0]
  for (let first = 0; first < count; first += learner.batch) {
    const places = Int32Array.from({ length: Math.min(learner.batch, count - first) }, (_, at) => first + at)
    const batch = batchOf(rows, places)
    const sums = await learner.lossOf(batch, pace)
    loss += sums.loss
    correct += sums.correct
  }
  return { loss: loss / count, accuracy: correct / count }
}

/** Some rows as a step takes them. */
export function batchOf(rows: MapRows, places: Int32Array) {
  return {
    rows: places,
    maps: mapsOf(rows),
    labels: places.map((place) => rows.labels[place]),
    weights: Float32Array.from(places, (place) => rows.weights[place]),
  }
}

/** Logits of each photo, one after the other. */
export async function* logitsOf(
  learner: TailLearner,
  rows: Pick<MapRows, 'data' | 'length'>,
  pace: Pace,
): AsyncGenerator<Float32Array> {
  const count = rows.data.length / rows.length
  for (let first = 0; first < count; first += learner.batch) {
    const places = Array.from({ length: Math.min(learner.batch, count - first) }, (_, at) => first + at)
    const logits = await learner.logitsOf(places, mapsOf(rows), pace)
    const length = logits.length / places.length
    for (const at of places.keys()) yield logits.subarray(at * length, (at + 1) * length)
  }
}
