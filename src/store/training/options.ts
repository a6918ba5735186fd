import { CutpointError } from '../../errors'
import { mostVariants } from '../../images/augment'
import { parts } from '../../images/split'
import { inputRanges } from '../../input-ranges'
import type { AugmentOptions, HeadOptions, Preprocessing, TrainOptions } from '../../types'
import type { ModelState } from '../state/types'

const fits: readonly string[] = ['crop', 'contain', 'stretch']
const orders: readonly string[] = ['rgb', 'bgr']
const optimizers: readonly string[] = ['adam', 'sgd', 'momentum', 'rmsprop']

/** Heads of each kind as they are offered first. */
export const defaultLinear: HeadOptions = { kind: 'linear', l2: 0.01 }
export const defaultDense: HeadOptions = {
  kind: 'dense',
  hidden: [128],
  dropout: 0.2,
  optimizer: 'adam',
  learningRate: 0.001,
  epochs: 100,
  batchSize: 16,
  patience: 10,
}

/** The most of each that a head with hidden layers can have; `count` is for epochs, batches and patience. */
const denseLimits = { layers: 3, width: 4096, count: 10_000 }

/** Throws CutpointError `bad-option`. */
export function checkOptions({ head, split, classWeights, seed, augment }: TrainOptions): void {
  const shares = parts.map((part) => split[part])
  if (!shares.every((share) => share >= 0 && Number.isFinite(share)) || !(split.train > 0)) {
    throw badOption(
      'The shares of train, validation and test do not add up.',
      'Give each of the three a number of 0 or more, and train more than 0.',
    )
  }
  checkHead(head)
  if (!['none', 'balanced'].includes(classWeights)) {
    throw badOption(`There are no class weights “${classWeights}”.`, 'Use “none” or “balanced”.')
  }
  if (!Number.isFinite(seed)) throw badOption('The seed must be a number.', 'Use any whole number.')
  checkAugment(augment)
}

/** Throws CutpointError `bad-option`. */
function checkHead(head: HeadOptions): void {
  const kind: string = head.kind
  if (kind !== 'linear' && kind !== 'dense') {
    throw badOption(`There is no head of the kind “${kind}”.`, 'Use kind “linear” or “dense”.')
  }
  if (head.kind === 'linear') {
    if (!(head.l2 > 0 && Number.isFinite(head.l2))) {
      throw badOption('The penalty l2 must be a number above 0.', 'Use something like 0.01.')
    }
    return
  }
  const { hidden, dropout, optimizer, learningRate, epochs, batchSize, patience } = head
  const { layers, width } = denseLimits
  if (
    !Array.isArray(hidden) ||
    !isWhole(hidden.length, 1, layers) ||
    !hidden.every((size) => isWhole(size, 1, width))
  ) {
    throw badOption(
      `There can be 1 to ${layers} hidden layers of 1 to ${width} units.`,
      'Use something like hidden: [128], or [256, 128].',
    )
  }
  if (!(dropout >= 0 && dropout < 1)) {
    throw badOption('Dropout must be a share from 0 to below 1.', 'Use 0 for none, or something like 0.2.')
  }
  if (!optimizers.includes(optimizer)) {
    throw badOption(`There is no optimizer “${optimizer}”.`, `Use one of ${optimizers.join(', ')}.`)
  }
  if (!(learningRate > 0 && Number.isFinite(learningRate))) {
    throw badOption('The learning rate must be a number above 0.', 'Use something like 0.001.')
  }
  for (const [name, value, least] of [
    ['number of epochs', epochs, 1],
    ['batch size', batchSize, 1],
    ['patience', patience, 0],
  ] as const) {
    if (!isWhole(value, least, denseLimits.count)) {
      throw badOption(
        `The ${name} must be a whole number from ${least} to ${denseLimits.count}.`,
        'Choose another one.',
      )
    }
  }
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

function checkAugment({ variants, crop, scale, brightness }: AugmentOptions): void {
  if (!isWhole(variants, 0, mostVariants)) {
    throw badOption(
      `There can be 0 to ${mostVariants} changed copies of a photo.`,
      'Use 0 for none, or something like 3.',
    )
  }
  for (const [name, share] of Object.entries({ crop, scale, brightness })) {
    if (!(share >= 0 && share <= 0.5)) {
      throw badOption(`The ${name} of changed copies must be a share from 0 to 0.5.`, 'Use 0 for none, or 0.2.')
    }
  }
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}

function badOption(message: string, next: string): CutpointError {
  return new CutpointError('bad-option', message, next)
}
