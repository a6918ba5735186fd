import type { Mixer } from '../../../compute/head/mixing/mixture'
import type { Pace } from '../../../compute/head/pace'
import { shuffled } from '../../../compute/head/random'
import { CutpointError } from '../../../errors'
import { uniform } from '../../../random'
import type { TrainingStep } from '../../../types'
import type { DenseOptions } from '../spec'
import type { Steps } from './steps'

/** Rows that are evaluated together. */
export const evaluatedRows = 256

/** What came of rounds. */
export interface Epochs {
  readonly history: TrainingStep[]
  /** Index of the epoch whose weights are kept. */
  readonly best: number
  readonly stopped: 'patience' | 'epochs' | 'not-finite'
}

/** How many rows there are, and how they are mixed. */
export interface EpochRows {
  readonly count: number
  /** Rows by which it is known when to stop; 0 where it goes by the steps' own. */
  readonly heldCount: number
  /** Whether those were held out. */
  readonly isHeldOut: boolean
  readonly mixer: Mixer
}

interface EpochOptions {
  readonly head: Pick<DenseOptions, 'epochs' | 'batchSize' | 'patience' | 'learningRate'>
  readonly seed: number
  readonly pace: Pace
  readonly onEpoch?: (step: TrainingStep) => void
}

/**
 * Trains in rounds: batches in seeded order, early stop, and the weights of the best round are those that are kept.
 * Throws CutpointError `not-finite`, or what `pace` throws.
 */
export async function runEpochs(
  steps: Steps,
  { count, heldCount, isHeldOut, mixer }: EpochRows,
  { head, seed, pace, onEpoch }: EpochOptions,
): Promise<Epochs> {
  const random = uniform(seed + 2)
  const held = Int32Array.from({ length: heldCount }, (_, row) => row)
  const history: TrainingStep[] = []
  let best = -1
  let least = Infinity
  while (history.length < head.epochs) {
    // Means are of what was predicted on the way.
    const trained = await overBatches(steps, shuffled(count, random), head.batchSize, pace, (rows) =>
      steps.step(rows, mixer(rows.length)),
    )
    const evaluated =
      heldCount > 0 ? await overBatches(steps, held, evaluatedRows, pace, (rows) => steps.evaluate(rows)) : null
    const step = {
      ...trained,
      validationLoss: isHeldOut ? (evaluated?.loss ?? null) : null,
      validationAccuracy: isHeldOut ? (evaluated?.accuracy ?? null) : null,
    }
    const watched = evaluated?.loss ?? trained.loss
    if (!Number.isFinite(watched + trained.loss)) {
      if (best < 0) throw diverged(head.learningRate)
      return { history, best, stopped: 'not-finite' }
    }
    history.push(step)
    onEpoch?.(step)
    if (watched < least) {
      least = watched
      best = history.length - 1
      steps.keepBest()
    } else if (head.patience > 0 && history.length - 1 - best >= head.patience) {
      return { history, best, stopped: 'patience' }
    }
  }
  return { history, best, stopped: 'epochs' }
}

interface Means {
  readonly loss: number
  readonly accuracy: number
}

/** Does `work` for each batch of `order`; the means over all its rows. */
async function overBatches(
  steps: Steps,
  order: Int32Array,
  batchSize: number,
  pace: Pace,
  work: (rows: Int32Array) => Promise<void>,
): Promise<Means> {
  for (let first = 0; first < order.length; first += batchSize) {
    await work(order.subarray(first, first + batchSize))
    await pace.yieldTurn()
  }
  const { loss, correct } = await steps.sums()
  return { loss: loss / order.length, accuracy: correct / order.length }
}

function diverged(rate: number): CutpointError {
  return new CutpointError(
    'not-finite',
    'The training lost its way: the loss is not a number any more.',
    `Choose a lower learning rate than ${rate}.`,
    { learningRate: rate },
  )
}
