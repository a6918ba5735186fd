/** Numbers a colour, in the order red, green, blue. */
type Colours = readonly [red: number, green: number, blue: number]

/** What becomes of a colour's byte: it is divided by `divisor`, `mean` is taken off, and what is left divided by `deviation`. */
export interface RangeNumbers {
  readonly divisor: number
  readonly mean: Colours
  readonly deviation: Colours
}

const none: Colours = [0, 0, 0]
const ones: Colours = [1, 1, 1]

/**
 * The ranges of numbers that networks want of their pictures. `imagenet` and `caffe` go by means and standard deviations
 * over ImageNet; source: `preprocess_input` in Keras,
 * https://github.com/keras-team/keras/blob/master/keras/src/applications/imagenet_utils.py
 * (modes `torch` and `caffe`; Keras lists the latter's means blue first).
 */
export const rangeNumbers = {
  minus1to1: { divisor: 127.5, mean: ones, deviation: ones },
  '0to1': { divisor: 255, mean: none, deviation: ones },
  '0to255': { divisor: 1, mean: none, deviation: ones },
  imagenet: { divisor: 255, mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] },
  caffe: { divisor: 1, mean: [123.68, 116.779, 103.939], deviation: ones },
} as const satisfies Readonly<Record<string, RangeNumbers>>

export type InputRange = keyof typeof rangeNumbers

/** All of them. */
export const inputRanges = Object.keys(rangeNumbers) as readonly InputRange[]

/** What a byte of a colour becomes in a range; `colour` is 0 for red, 1 for green, 2 for blue. */
export function inRange(range: InputRange, colour: 0 | 1 | 2, byte: number): number {
  const { divisor, mean, deviation } = rangeNumbers[range]
  return (byte / divisor - mean[colour]) / deviation[colour]
}

/** What an opaque alpha is in a range: as wide as bytes are there, or one. */
export const opaqueIn = (range: InputRange): number => (rangeNumbers[range].divisor === 1 ? 255 : 1)
