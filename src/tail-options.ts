import * as v from 'valibot'
import { CutpointError } from './errors'
import { checkMix, mixes, noMix, type MixOptions } from './augment-options'
import { optimizers, type Optimizer, type Schedule } from './optimizers'
import { count, number, positive } from './stored-fields'

/** How the size of a step changes on the way. */
const schedules: readonly Extract<Schedule, string>[] = ['constant', 'cosine']

/** How the last layers of the network are trained together with the head. */
export interface TailOptions extends MixOptions {
  /** The tensor from which on the network is trained; null to go by `layers`. */
  from: string | null
  /** How many of the last convolutions and dense layers before the cut are trained, where `from` says nothing. */
  layers: number
  /** Whether the head is trained to its end first; else it begins with the tail. */
  headFirst: boolean
  optimizer: Optimizer
  learningRate: number
  schedule: Extract<Schedule, string>
  epochs: number
  batchSize: number
  /** Epochs without progress on photos set aside after which it stops; 0 for never. */
  patience: number
  /** The length that the gradient of all weights together has at most; 0 for any. */
  clipNorm: number
  /** What batch norms do: keep the statistics of the file. */
  batchNorm: 'frozen'
  /** Where it is trained, the processor or the network's backend; the quicker one if it is left out. For tests. */
  by?: TrainedBy
}

/** Where a tail is trained: on the processor by our own kernels, or on the network's backend by TensorFlow.js. */
export type TrainedBy = 'processor' | 'backend'

/** A tail as it is asked for: where it begins, and what else is to be other than offered first. */
export type TailAsked = Partial<TailOptions> & ({ from: string } | { layers: number })

/** A tail as it is offered first. */
export const firstTail: TailOptions = {
  from: null,
  layers: 3,
  headFirst: true,
  optimizer: 'adam',
  learningRate: 0.00003,
  schedule: 'cosine',
  epochs: 20,
  batchSize: 16,
  patience: 5,
  clipNorm: 5,
  batchNorm: 'frozen',
  ...noMix,
}

/** The form of a tail's options in what is kept and in project files; none is trained in what was kept before there were any. */
export const storedTail = v.optional(
  v.nullable(
    v.looseObject({
      from: v.nullable(v.string()),
      layers: positive,
      headFirst: v.boolean(),
      optimizer: v.picklist(optimizers),
      learningRate: number,
      schedule: v.picklist(schedules),
      epochs: positive,
      batchSize: positive,
      patience: count,
      // It was always so until it could be chosen.
      clipNorm: v.optional(v.pipe(number, v.minValue(0)), firstTail.clipNorm),
      batchNorm: v.literal('frozen'),
      mix: v.optional(v.picklist(mixes), noMix.mix),
      mixAlpha: v.optional(number, noMix.mixAlpha),
    }),
  ),
  null,
)

/** The options that are asked for, with those that were left out; unchecked. */
export function completeTail(asked: TailAsked): TailOptions {
  return { ...firstTail, ...asked }
}

/** The options without what is as it was before it could be chosen (no mixing, one length of gradients): keys of then hold. */
export function keyedTail({ mix, mixAlpha, clipNorm, ...tail }: TailOptions): Partial<TailOptions> {
  return {
    ...tail,
    ...(mix !== 'none' && { mix, mixAlpha }),
    ...(clipNorm !== firstTail.clipNorm && { clipNorm }),
  }
}

/** What batch norms can do. */
const norms: readonly string[] = ['frozen']

/** Where a tail can be trained. */
const places: readonly string[] = ['processor', 'backend'] satisfies TrainedBy[]

/** The most epochs, photos in a step and layers. */
const most = 10_000

/** Throws CutpointError `bad-option`. */
export function checkTail(tail: TailOptions): void {
  const { from, headFirst, optimizer, schedule, learningRate, clipNorm, batchNorm, by } = tail
  const first: unknown = headFirst
  if (from !== null && typeof from !== 'string') {
    throw refused('The tensor from which the network is trained must be a name.', 'Name a tensor before the cut.')
  }
  if (typeof first !== 'boolean') {
    throw refused('Whether the head comes first must be true or false.', 'Use headFirst: true or false.')
  }
  if (!optimizers.includes(optimizer)) {
    throw refused(`There is no optimizer “${optimizer}”.`, `Use one of ${optimizers.join(', ')}.`)
  }
  if (!schedules.includes(schedule)) {
    throw refused(`There is no schedule “${schedule}”.`, `Use one of ${schedules.join(', ')}.`)
  }
  if (!(learningRate > 0 && Number.isFinite(learningRate))) {
    throw refused('The learning rate must be a number above 0.', 'Use something like 0.00003.')
  }
  if (!(clipNorm >= 0 && Number.isFinite(clipNorm))) {
    throw refused('The tail’s clipNorm must be a number of 0 or more.', 'Use 5, or 0 to leave gradients as they are.')
  }
  if (!norms.includes(batchNorm)) {
    throw refused('Batch norms keep the statistics of the file.', 'Use batchNorm: “frozen”.')
  }
  checkMix(tail)
  if (by !== undefined && !places.includes(by)) {
    throw refused('The last layers are trained by the processor or the backend.', 'Leave “by” out.')
  }
  for (const [name, least] of [
    ['layers', 1],
    ['epochs', 1],
    ['batchSize', 1],
    ['patience', 0],
  ] as const) {
    const value = tail[name]
    if (!Number.isInteger(value) || value < least || value > most) {
      throw refused(`The tail’s ${name} must be a whole number from ${least} to ${most}.`, 'Choose another one.')
    }
  }
}

const refused = (message: string, next: string): CutpointError => new CutpointError('bad-option', message, next)
