import { checkAugment } from '../../augment-options'
import { badOption } from '../../heads/check'
import { checkHead, headKinds, specOf, type HeadKind } from '../../heads/specs'
import { parts } from '../../images/split'
import { inputRanges } from '../../input-ranges'
import type { CutpointError } from '../../errors'
import { checkTail } from '../../tail-options'
import type { Preprocessing, TrainOptions } from '../../types'
import type { ModelState } from '../state/types'

const fits: readonly string[] = ['crop', 'contain', 'stretch']
const orders: readonly string[] = ['rgb', 'bgr']

/** Throws CutpointError `bad-option`. */
export function checkOptions({ head, tail, split, classWeights, seed, augment }: TrainOptions): void {
  const shares = parts.map((part) => split[part])
  if (!shares.every((share) => share >= 0 && Number.isFinite(share)) || !(split.train > 0)) {
    throw badOption(
      'The shares of train, validation and test do not add up.',
      'Give each of the three a number of 0 or more, and train more than 0.',
    )
  }
  checkHead(head.kind, head)
  if (tail !== null) {
    checkTail(tail)
    if (!specOf(head.kind).tunes) throw cannotLearnWith(head.kind)
  }
  if (!['none', 'balanced'].includes(classWeights)) {
    throw badOption(`There are no class weights “${classWeights}”.`, 'Use “none” or “balanced”.')
  }
  if (!Number.isFinite(seed)) throw badOption('The seed must be a number.', 'Use any whole number.')
  checkAugment(augment)
}

function cannotLearnWith(kind: HeadKind): CutpointError {
  const others = headKinds.filter((each) => specOf(each).tunes).map((each) => `“${each}”`)
  return badOption(
    `The last layers of the network cannot learn with a head of the kind “${kind}”.`,
    `Train the head alone (tail: null), or use kind ${others.join(' or ')}.`,
  )
}

/** Throws CutpointError `bad-option` for a preparation that this model cannot take. */
export function checkPreprocessing(
  preprocessing: Preprocessing,
  model: Pick<ModelState, 'preprocessing' | 'inputSize'>,
): void {
  const { input, width, height, fit, range, order } = preprocessing
  const oneOf = (name: string, value: string, known: readonly string[]): void => {
    if (!known.includes(value)) throw badOption(`There is no ${name} “${value}”.`, `Use one of ${known.join(', ')}.`)
  }
  oneOf('fit', fit, fits)
  oneOf('range', range, inputRanges)
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
