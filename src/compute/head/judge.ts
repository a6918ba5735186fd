import type { HeadReport, JudgedImage, Part } from '../../types'
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

/** What the head says of every image, in the order given. Probabilities are not kept: of many labels they are many times the features. */
export async function judge(given: Judgeable, head: Head, pace: Pace): Promise<JudgedImage[]> {
  const judged: JudgedImage[] = []
  for await (const row of pacedProbabilities(given.data, given.length, head.layers, pace)) {
    judged.push(verdict(given, judged.length, row))
  }
  return judged
}

/** What `chances`, one for each label, say of the image at `index`. */
export function verdict({ images, classes }: Judgeable, index: number, chances: Float32Array): JudgedImage {
  const { id: image, part } = images[index]
  const said = mostLikely(chances)
  return { image, part, label: classes[index], said, confidence: chances[said] }
}

/** Where the largest number stands; the first of equals. */
function mostLikely(chances: Float32Array): number {
  let best = 0
  for (let label = 1; label < chances.length; label++) if (chances[label] > chances[best]) best = label
  return best
}

/** The share of images that are said to be what they are; null without images. */
export function shareRight(judged: readonly JudgedImage[]): number | null {
  return judged.length === 0 ? null : judged.filter(({ label, said }) => label === said).length / judged.length
}

/** How many images each part has, and which share of them is right. */
export function sumUp(judged: readonly JudgedImage[]): Pick<HeadReport, 'images' | 'accuracy'> {
  const of = (part: Part): JudgedImage[] => judged.filter((image) => image.part === part)
  const [train, validation, test] = [of('train'), of('validation'), of('test')]
  return {
    images: { train: train.length, validation: validation.length, test: test.length },
    accuracy: { train: shareRight(train), validation: shareRight(validation), test: shareRight(test) },
  }
}
