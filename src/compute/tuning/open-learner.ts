import * as tf from '@tensorflow/tfjs-core'
import { CutpointError } from '../../errors'
import type { Tail } from '../../graph/tail/types'
import { lazyModule } from '../../lazy-module'
import type { TrainedBy } from '../../tail-options'
import type { BackendName } from '../../types'
import type { Pace } from '../head/pace'
import { descentOf } from '../kernels/update-rules'
import type { StepRows } from '../tail/step'
import { startHelper, threadsHere } from '../tail/team/start'
import { TailTeam } from '../tail/team/team'
import type { TailLearner } from '../tail/types'

export interface LearnerOptions {
  /** The most rows of a step. */
  readonly batch: number
  /** Arrays of each weight's size that the update rule remembers. */
  readonly memories: number
  /** Rows of one step, by which is measured which is quicker. */
  readonly trial: StepRows
  readonly pace: Pace
  /** Which it is; the quicker one if it is left out. */
  readonly by?: TrainedBy
}

const tensorsModule = lazyModule('What trains layers on the graphics processor', () => import('../tail/tensors'))

/** Only a GPU may be quicker than our kernels; tfjs' wasm has no slopes of convolutions. */
const onGpu: readonly string[] = ['webgpu', 'webgl'] satisfies BackendName[]

/** Steps that are timed of each, of which the quicker one counts. */
const timedSteps = 2
/** What is at least done in a step for what is done to send one photo forward: that, and slopes to inputs and weights. */
const passes = 3

/** What the processor trains nevertheless: what a GPU does not take, too large a buffer for one, and what is no trial. */
const passedOver: ReadonlySet<string> = new Set(['run-failed', 'not-finite'])

/**
 * What trains a tail: our kernels, or TensorFlow.js where the current backend is a GPU's, has all its slopes, and takes less
 * time for a step. Throws CutpointError `cannot-tune`, `no-memory` or `gpu-lost`, and what the pace throws.
 */
export async function openLearner(tail: Tail, options: LearnerOptions): Promise<TailLearner> {
  if (options.by === 'backend') return openTensors(tail, options)
  const { batch, memories } = options
  const team = await TailTeam.open(tail, { batch, memories, threads: threadsHere(), start: startHelper })
  if (options.by === 'processor' || !onGpu.includes(tf.getBackend())) return team
  try {
    const quicker = await quickerOnGpu(tail, team, options)
    if (quicker === null) return team
    team.dispose()
    return quicker
  } catch (error) {
    team.dispose()
    throw error
  }
}

async function openTensors(tail: Tail, { batch, memories }: LearnerOptions): Promise<TailLearner> {
  const { TensorLearner, whyNotByTensors } = await tensorsModule()
  const lacks = await whyNotByTensors(tail)
  if (lacks === null) return TensorLearner.open(tail, { batch, memories })
  throw new CutpointError(
    'cannot-tune',
    `This part of the network cannot be trained on the ${tf.getBackend()} backend: ${lacks}.`,
    'Leave it open where it is trained.',
  )
}

/** A learner on the GPU; null where that is not known to be quicker than the processor. */
async function quickerOnGpu(tail: Tail, team: TailLearner, options: LearnerOptions): Promise<TailLearner | null> {
  const { TensorLearner, whyNotByTensors } = await tensorsModule()
  if ((await whyNotByTensors(tail)) !== null) return null
  const { batch, memories, trial, pace } = options
  let learner: TailLearner | null = null
  let isQuicker = false
  try {
    const wanted = await stepMs(team, options)
    // A GPU in software is known by one photo, and a whole step of it would take long.
    const small = await TensorLearner.open(tail, { batch: 1, memories: 0 })
    const forward = await leastMs(() => small.logitsOf(trial.rows.subarray(0, 1), trial.maps, pace)).finally(() =>
      small.dispose(),
    )
    if (passes * forward >= wanted) return null
    learner = await TensorLearner.open(tail, { batch, memories })
    isQuicker = (await stepMs(learner, options)) < wanted
    return isQuicker ? learner : null
  } catch (error) {
    if (error instanceof CutpointError && passedOver.has(error.code)) return null
    throw error
  } finally {
    if (!isQuicker) learner?.dispose()
  }
}

/** Milliseconds of a step that changes nothing. */
async function stepMs(learner: TailLearner, { trial, pace }: LearnerOptions): Promise<number> {
  const before = await learner.weights()
  const descent = descentOf('sgd', 0, 1)
  const ms = await leastMs(() => learner.step(trial, { descent: () => descent, decay: new Map(), clip: null, pace }))
  learner.restore(before)
  return ms
}

/** The least of a few times; the first one, in which programs are compiled, is not counted. */
async function leastMs(work: () => Promise<unknown>): Promise<number> {
  await work()
  let least = Infinity
  for (let time = 0; time < timedSteps; time++) {
    const began = performance.now()
    await work()
    least = Math.min(least, performance.now() - began)
  }
  return least
}
