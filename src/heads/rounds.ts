import * as v from 'valibot'
import { badOption, isWhole } from './check'
import { optimizers, type Optimizer, type Schedule } from '../optimizers'
import { number, positive } from '../stored-fields'

/** How heads are trained that learn in rounds. */
export interface RoundOptions {
  readonly dropout: number
  readonly optimizer: Optimizer
  readonly learningRate: number
  readonly schedule: Schedule
  readonly warmup: number
  readonly weightDecay: number
  readonly clipNorm: number
  readonly epochs: number
  readonly batchSize: number
  readonly patience: number
}

/** The most epochs, batches and patience. */
const limits = { count: 10_000 }

/** The form of a schedule in what is kept. */
export const storedSchedule = v.union([
  v.picklist(['constant', 'cosine']),
  v.object({ every: positive, factor: number }),
])

/** Throws CutpointError `bad-option`. */
export function checkRounds(options: RoundOptions): void {
  const { dropout, optimizer, epochs, batchSize, patience, warmup } = options
  if (!(dropout >= 0 && dropout < 1)) {
    throw badOption('Dropout must be a share from 0 to below 1.', 'Use 0 for none, or something like 0.2.')
  }
  if (!optimizers.includes(optimizer)) {
    throw badOption(`There is no optimizer “${optimizer}”.`, `Use one of ${optimizers.join(', ')}.`)
  }
  checkRates(options)
  for (const [name, value, least] of [
    ['number of epochs', epochs, 1],
    ['number of warm-up epochs', warmup, 0],
    ['batch size', batchSize, 1],
    ['patience', patience, 0],
  ] as const) {
    if (!isWhole(value, least, limits.count)) {
      throw badOption(`The ${name} must be a whole number from ${least} to ${limits.count}.`, 'Choose another one.')
    }
  }
}

/** What changes the size of steps. */
function checkRates({ learningRate, schedule, weightDecay, clipNorm }: RoundOptions): void {
  if (!(learningRate > 0 && Number.isFinite(learningRate))) {
    throw badOption('The learning rate must be a number above 0.', 'Use something like 0.001.')
  }
  if (!isSchedule(schedule)) {
    throw badOption(
      'There is no such schedule of the learning rate.',
      'Use “constant”, “cosine”, or something like { every: 20, factor: 0.5 }.',
    )
  }
  if (!(weightDecay >= 0 && Number.isFinite(weightDecay))) {
    throw badOption('The weight decay must be a number from 0 on.', 'Use 0 for none, or something like 0.004.')
  }
  if (!(clipNorm >= 0 && Number.isFinite(clipNorm))) {
    throw badOption(
      'The longest gradient, clipNorm, must be a number from 0 on.',
      'Use 0 for any, or something like 1.',
    )
  }
}

/** Whether a script has given a schedule. */
function isSchedule(schedule: unknown): schedule is Schedule {
  if (schedule === 'constant' || schedule === 'cosine') return true
  const { every, factor } = Object(schedule) as { every?: unknown; factor?: unknown }
  return (
    typeof every === 'number' &&
    isWhole(every, 1, limits.count) &&
    typeof factor === 'number' &&
    factor > 0 &&
    factor <= 1
  )
}
