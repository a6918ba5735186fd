import type { Pace } from '../../../compute/head/pace'
import { shuffled } from '../../../compute/head/random'
import type { JobContext } from '../../../compute/jobs'
import { scheduleOf } from '../../../compute/kernels/schedule'
import { descentOf } from '../../../compute/kernels/update-rules'
import type { TailLearner } from '../../../compute/tail/types'
import { batchOf, meansOver, type MapRows, type Means } from '../../../compute/tuning/program-rows'
import { CutpointError } from '../../../errors'
import { uniform } from '../../../random'
import type { TrainingStep } from '../../../types'
import type { OwnOptions } from '../spec'

export interface RoundsGiven {
  readonly training: MapRows
  /** What an early stop looks at; without it, that is the loss in training. */
  readonly held: MapRows | null
  readonly head: OwnOptions
  readonly seed: number
  readonly pace: Pace
  readonly context: JobContext
}

export interface RoundsPassed {
  readonly history: TrainingStep[]
  /** The round whose weights are the learner's now. */
  readonly best: number
  readonly steps: number
  readonly stopped: 'patience' | 'epochs' | 'not-finite'
}

/** Milliseconds between two reports of rounds that have passed. */
const reportEvery = 100

/** Trains a learner in rounds, each in a seeded order, and leaves it with the weights of the best one. Throws CutpointError `not-finite`, and what `pace` throws. */
export async function runRounds(learner: TailLearner, given: RoundsGiven): Promise<RoundsPassed> {
  const { held, head, pace } = given
  const { tell, end } = telling(head.epochs, given.context)
  const order = uniform(given.seed + 2)
  const history: TrainingStep[] = []
  let [best, least, weights, steps] = [-1, Infinity, await learner.weights(), 0]
  let stopped: RoundsPassed['stopped'] = 'epochs'
  while (history.length < head.epochs) {
    const trained = await oneRound(learner, given, order, history.length).catch(asDiverged)
    const found = trained && held && (await meansOver(learner, held, pace))
    const watched = found?.loss ?? trained?.loss
    if (!trained || watched === undefined || !Number.isFinite(watched + trained.loss)) {
      if (best < 0) throw diverged(head.learningRate)
      stopped = 'not-finite'
      break
    }
    const { loss, accuracy } = trained
    steps += trained.steps
    history.push({ loss, accuracy, validationLoss: found?.loss ?? null, validationAccuracy: found?.accuracy ?? null })
    tell(history[history.length - 1])
    if (watched < least) {
      ;[best, least, weights] = [history.length - 1, watched, await learner.weights()]
    } else if (head.patience > 0 && history.length - 1 - best >= head.patience) {
      stopped = 'patience'
      break
    }
  }
  end()
  learner.restore(weights)
  return { history, best, steps, stopped }
}

/** One round over all photos; its means are of what was predicted on the way. */
async function oneRound(
  learner: TailLearner,
  { training, head, pace }: RoundsGiven,
  order: () => number,
  epoch: number,
): Promise<Means & { readonly steps: number }> {
  const count = training.labels.length
  const places = shuffled(count, order)
  const perEpoch = Math.ceil(count / head.batchSize)
  const rateAt = scheduleOf(head, perEpoch)
  const clip = head.clipNorm > 0 ? head.clipNorm : null
  let [loss, correct, steps] = [0, 0, 0]
  for (let first = 0; first < count; first += head.batchSize) {
    const taken = epoch * perEpoch + steps
    const descent = descentOf(head.optimizer, rateAt(taken), taken + 1)
    const batch = batchOf(training, places.subarray(first, first + head.batchSize))
    const sums = await learner.step(batch, { descent: () => descent, decay: new Map(), clip, pace })
    loss += sums.loss
    correct += sums.correct
    steps += 1
  }
  return { loss: loss / count, accuracy: correct / count, steps }
}

/** Tells rounds as they pass, not all too often. */
function telling(total: number, context: JobContext): { tell: (step: TrainingStep) => void; end: () => void } {
  let untold: TrainingStep[] = []
  let told = performance.now()
  let passed = 0
  const end = (): void => {
    context.tell({ what: 'Training the head', done: passed, total, history: untold })
    untold = []
    told = performance.now()
  }
  end()
  return {
    tell: (step) => {
      passed += 1
      untold.push(step)
      if (performance.now() - told > reportEvery) end()
    },
    end,
  }
}

/** A training that lost its way ends; what else went wrong goes on. */
function asDiverged(error: unknown): null {
  if (error instanceof CutpointError && error.code === 'not-finite') return null
  throw error
}

function diverged(rate: number): CutpointError {
  return new CutpointError(
    'not-finite',
    'The training lost its way: the loss is not a number any more.',
    `Choose a lower learning rate than ${rate}, or shorten the gradients.`,
    { learningRate: rate },
  )
}
