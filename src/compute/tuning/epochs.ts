import type { TailLearner } from '../tail/types'
import type { EpochsGiven, EpochsPassed } from './epochs-types'
import { CutpointError } from '../../errors'
import { scheduleOf } from '../kernels/schedule'
import { descentOf } from '../kernels/update-rules'
import { mixedBatchOf } from './mixed-batch'
import { meansOver, type Means } from './program-rows'
import { Way } from './way'

/**
 * Trains a learner in epochs, each in a seeded order, and leaves it with the weights of the epoch that did best on the photos
 * held out. The same input gives the same weights, also where it was stopped on the way and goes on. Throws what `pace` and the keeper throw.
 */
export async function runEpochs(learner: TailLearner, given: EpochsGiven): Promise<EpochsPassed> {
  const { held, pace, keeper } = given
  const way = await Way.open(learner, given)
  let stopped: EpochsPassed['stopped'] | null = way.stopped
  while (stopped === null) {
    const trained = await oneEpoch(learner, given, way).catch(asDiverged)
    const found = trained && (await meansOver(learner, held, pace))
    if (!found || !Number.isFinite(found.loss + trained.loss)) {
      stopped = 'not-finite'
      break
    }
    await way.passed(trained, found)
    stopped = way.stopped
    await keeper.epoch(way, stopped !== null)
  }
  learner.restore(way.bestWeights)
  const { history, best, after, steps } = way
  return { history, best, after, steps, stopped }
}

/** One round over all training rows, from where it was left; its means are of what was predicted on the way. */
async function oneEpoch(learner: TailLearner, given: EpochsGiven, way: Way): Promise<Means> {
  const { training, mixtureAt, options, decay, pace, keeper } = given
  const count = training.labels.length
  const places = way.nextOrder()
  const perEpoch = Math.ceil(count / options.batchSize)
  const rateAt = scheduleOf({ ...options, warmup: 0 }, perEpoch)
  const { within } = way
  while (within.steps < perEpoch) {
    if (keeper.isPausing) await keeper.pause(way)
    const taken = way.history.length * perEpoch + within.steps
    const first = within.steps * options.batchSize
    const descent = descentOf(options.optimizer, rateAt(taken), taken + 1)
    const rows = places.subarray(first, first + options.batchSize)
    const batch = mixedBatchOf(training, rows, mixtureAt(taken, rows.length))
    const sums = await learner.step(batch, {
      descent: () => descent,
      decay,
      clip: options.clipNorm > 0 ? options.clipNorm : null,
      pace,
    })
    within.loss += sums.loss
    within.correct += sums.correct
    within.steps += 1
  }
  return { loss: within.loss / count, accuracy: within.correct / count }
}

/** A training that lost its way ends; what else went wrong goes on. */
function asDiverged(error: unknown): null {
  if (error instanceof CutpointError && error.code === 'not-finite') return null
  throw error
}
