import type { JudgedImage, Part } from '../../types'
import { mostLikely, type Judged } from './evaluate'
import type { Head } from './head'
import type { Pace } from './pace'
import { pacedProbabilities } from './probabilities'

/** Photos with their features, to be judged. */
export interface Judgeable {
  readonly images: readonly { readonly id: string; readonly part: Part }[]
  /** Class of each image. */
  readonly classes: Int32Array
  /** `[images, length]` */
  readonly data: Float32Array
  readonly length: number
}

export interface Verdict {
  /** Every image, in the order given. */
  readonly judged: JudgedImage[]
  /** The same by part. */
  readonly parts: Record<Part, Judged>
}

/** What the head says of every image. */
export async function judge(given: Judgeable, head: Head, pace: Pace): Promise<Verdict> {
  return verdict(given, await pacedProbabilities(given.data, given.length, head.layers, pace), head.labels.length)
}

/** What `chances` (`[images, labels]`) say of every image. */
export function verdict({ images, classes }: Judgeable, chances: Float32Array, labels: number): Verdict {
  const said = mostLikely(chances, labels)
  const judged = images.map(({ id, part }, index) => ({
    image: id,
    part,
    label: classes[index],
    said: said[index],
    confidence: chances[index * labels + said[index]],
  }))
  const of = (part: Part): Judged => {
    const rows = images.flatMap((image, index) => (image.part === part ? [index] : []))
    const probabilities = new Float32Array(rows.length * labels)
    rows.forEach((row, at) => probabilities.set(chances.subarray(row * labels, (row + 1) * labels), at * labels))
    return { probabilities, labels: Int32Array.from(rows, (row) => classes[row]) }
  }
  return { judged, parts: { train: of('train'), validation: of('validation'), test: of('test') } }
}
