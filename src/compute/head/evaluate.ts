import type { HeadReport, EvaluatedImage, Part } from '../../types'
import type { Head } from './head'
import type { Pace } from './pace'
import { pacedProbabilities } from './probabilities'

/** Photos with their features, to be evaluated. */
export interface Evaluable {
  readonly images: readonly { readonly id: string; readonly part: Part }[]
  /** Class of each image. */
  readonly classes: Int32Array
  /** `[images, length]` */
  readonly data: Float32Array
  readonly length: number
}

/** What the head predicts for every image, in the order given. Probabilities are not kept: of many labels they are many times the features. */
export async function evaluate(given: Evaluable, head: Head, pace: Pace): Promise<EvaluatedImage[]> {
  const evaluated: EvaluatedImage[] = []
  for await (const row of pacedProbabilities(given.data, given.length, head.layers, pace)) {
    evaluated.push(verdict(given, evaluated.length, row))
  }
  return evaluated
}

/** What `chances`, one for each label, predict for the image at `index`. */
export function verdict({ images, classes }: Evaluable, index: number, chances: Float32Array): EvaluatedImage {
  const { id: image, part } = images[index]
  const predicted = mostLikely(chances)
  return { image, part, label: classes[index], predicted, confidence: chances[predicted] }
}

/** Where the largest number stands; the first of equals. */
export function mostLikely(chances: Float32Array): number {
  let best = 0
  for (let label = 1; label < chances.length; label++) if (chances[label] > chances[best]) best = label
  return best
}

/** The share of images whose label is predicted; null without images. */
export function shareRight(evaluated: readonly EvaluatedImage[]): number | null {
  return evaluated.length === 0
    ? null
    : evaluated.filter(({ label, predicted }) => label === predicted).length / evaluated.length
}

/** How many images each part has, and which share of them is right. */
export function sumUp(evaluated: readonly EvaluatedImage[]): Pick<HeadReport, 'images' | 'accuracy'> {
  const of = (part: Part): EvaluatedImage[] => evaluated.filter((image) => image.part === part)
  const [train, validation, test] = [of('train'), of('validation'), of('test')]
  return {
    images: { train: train.length, validation: validation.length, test: test.length },
    accuracy: { train: shareRight(train), validation: shareRight(validation), test: shareRight(test) },
  }
}
