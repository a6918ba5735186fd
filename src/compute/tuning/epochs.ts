import { shuffled } from '../head/random'
import type { Pace } from '../head/pace'
import type { TailLearner } from '../tail/types'
import { CutpointError } from '../../errors'
import { scheduleOf } from '../kernels/schedule'
import { descentOf } from '../kernels/update-rules'
import { uniform } from '../../random'
import type { TailOptions } from '../../tail-options'
import type { TrainingStep } from '../../types'
import { mixedBatchOf, type MixtureOfStep } from './mixed-batch'
import { meansOver, type MapRows, type Means } from './program-rows'

export interface EpochsGiven {
  readonly training: MapRows
  /** How the rows of a step are mixed. */
  readonly mixtureAt: MixtureOfStep
  /** By which is decided which epoch was the best, if any did better than `before`. */
  readonly held: MapRows
  readonly before: Means
  readonly options: TailOptions
  /** λ of the penalty on weights, by their id. */
  readonly decay: ReadonlyMap<string, number>
  readonly seed: number
  readonly pace: Pace
  /** Hears of every epoch. */
  readonly onEpoch: (step: TrainingStep) => void
}

export interface EpochsPassed {
  readonly history: readonly TrainingStep[]
  /** The epoch whose weights are the program's now, by its place; −1 where none did better than `before`. */
  readonly best: number
  /** What the best epoch makes of the photos held out; where none did better, the last one. */
  readonly after: Means
  readonly steps: number
  readonly stopped: 'patience' | 'epochs' | 'not-finite'
}

/** The most that all gradients of a step together may be long. */
const longest = 5

/**
 * Trains a learner in epochs, each in a seeded order, and leaves it with the weights of the epoch that did best on the photos
 * held out. The same input gives the same weights. Throws what `pace` throws.
 */
export async function runEpochs(learner: TailLearner, given: EpochsGiven): Promise<EpochsPassed> {
  const { held, before, options, pace, onEpoch } = given
  const history: TrainingStep[] = []
  const order = uniform(given.seed + 2)
  let [best, least, after, weights] = [-1, before.loss, before, await learner.weights()]
  let steps = 0
  let stopped: EpochsPassed['stopped'] = 'epochs'
  while (history.length < options.epochs) {
    const trained = await oneEpoch(learner, given, order, history.length).catch(asDiverged)
    const found = trained && (await meansOver(learner, held, pace))
    if (!found || !Number.isFinite(found.loss + trained.loss)) {
      stopped = 'not-finite'
      break
    }
    steps += trained.steps
    const { loss, accuracy } = trained
    const step = { loss, accuracy, validationLoss: found.loss, validationAccuracy: found.accuracy }
    history.push(step)
    onEpoch(step)
    if (best < 0) after = found
    if (found.loss < least) {
      ;[best, least, after, weights] = [history.length - 1, found.loss, found, await learner.weights()]
    } else if (options.patience > 0 && history.length - 1 - best >= options.patience) {
      stopped = 'patience'
      break
    }
  }
  learner.restore(weights)
  return { history, best, after, steps, stopped }
}

/** One round over all training rows; its means are of what was predicted on the way. */
async function oneEpoch(
  learner: TailLearner,
  { training, mixtureAt, options, decay, pace }: EpochsGiven,
  order: () => number,
  epoch: number,
): Promise<Means & { readonly steps: number }> {
  const count = training.labels.length
  const places = shuffled(count, order)
  const perEpoch = Math.ceil(count / options.batchSize)
  const rateAt = scheduleOf({ ...options, warmup: 0 }, perEpoch)
  let [loss, correct, steps] = [0, 0, 0]
  for (let first = 0; first < count; first += options.batchSize) {
    const taken = epoch * perEpoch + steps
    const descent = descentOf(options.optimizer, rateAt(taken), taken + 1)
    const rows = places.subarray(first, first + options.batchSize)
    const batch = mixedBatchOf(training, rows, mixtureAt(taken, rows.length))
    const sums = await learner.step(batch, { descent: () => descent, decay, clip: longest, pace })
    loss += sums.loss
    correct += sums.correct
    steps += 1
  }
  return { loss: loss / count, accuracy: correct / count, steps }
}

/** A training that lost its way ends; what else went wrong goes on. */
function asDiverged(error: unknown): null {
  if (error instanceof CutpointError && error.code === 'not-finite') return null
  throw error
}
