import { CutpointError } from '../errors'
import { parts } from '../images/split'
import type { Preprocessing, TrainOptions } from '../types'
import type { ModelState } from './state'

const ranges: readonly string[] = ['minus1to1', '0to1', '0to255', 'imagenet', 'caffe']
const fits: readonly string[] = ['crop', 'contain', 'stretch']
const orders: readonly string[] = ['rgb', 'bgr']

/** Throws CutpointError `bad-option`, or `not-available` for a head that is not there yet. */
export function checkOptions({ head, split, classWeights, seed }: TrainOptions): void {
  if (head.kind === 'dense') {
    throw new CutpointError(
      'not-available',
      'Heads with hidden layers are not there yet.',
      'Train the linear head: { head: { kind: "linear", l2: 0.01 } }.',
    )
  }
  const shares = parts.map((part) => split[part])
  if (!shares.every((share) => share >= 0 && Number.isFinite(share)) || !(split.train > 0)) {
    throw badOption(
      'The shares of train, validation and test do not add up.',
      'Give each of the three a number of 0 or more, and train more than 0.',
    )
  }
  const known: string = head.kind
  if (known !== 'linear') throw badOption(`There is no head of the kind “${known}”.`, 'Use kind “linear”.')
  if (!(head.l2 > 0 && Number.isFinite(head.l2))) {
    throw badOption('The penalty l2 must be a number above 0.', 'Use something like 0.01.')
  }
  if (!['none', 'balanced'].includes(classWeights)) {
    throw badOption(`There are no class weights “${classWeights}”.`, 'Use “none” or “balanced”.')
  }
  if (!Number.isFinite(seed)) throw badOption('The seed must be a number.', 'Use any whole number.')
}

/** Throws CutpointError `bad-option` for a preparation that this model cannot take. */
export function checkPreprocessing(preprocessing: Preprocessing, model: ModelState): void {
  const { input, width, height, fit, range, order } = preprocessing
  const oneOf = (name: string, value: string, known: readonly string[]): void => {
    if (!known.includes(value)) throw badOption(`There is no ${name} “${value}”.`, `Use one of ${known.join(', ')}.`)
  }
  oneOf('fit', fit, fits)
  oneOf('range', range, ranges)
  oneOf('order', order, orders)
  if (input !== model.preprocessing?.input) {
    throw badOption(`“${input}” is not the picture’s input.`, `Use “${model.preprocessing?.input ?? ''}”.`)
  }
  const fixed = model.inputSize
  for (const [name, size, needed] of [
    ['width', width, fixed.width],
    ['height', height, fixed.height],
  ] as const) {
    if (!Number.isInteger(size) || size < 1 || size > 4096) {
      throw badOption(`The ${name} must be a whole number of pixels.`, 'Use a number from 1 to 4096.')
    }
    if (needed !== null && size !== needed) {
      throw badOption(`This network takes pictures of ${name} ${needed} only.`, `Leave the ${name} at ${needed}.`)
    }
  }
}

function badOption(message: string, next: string): CutpointError {
  return new CutpointError('bad-option', message, next)
}
