import { asCutpointError, CutpointError } from '../../errors'
import type { TrainingMark } from '../../kept-training'
import type { TrainOptions } from '../../types'
import { keepingTexts } from '../../texts/page/keeping'
import { pausedTexts } from '../../texts/training/paused'
import { tellLeftOut } from '../keeping/telling'
import { cut } from '../model/cut'
import { getState, setState, type State } from '../state/state'
import type { PausedTraining } from '../state/types'
import { pauseJob } from '../workers/jobs'
import { computeWorker } from '../workers/workers'
import { isSameKey, trainingKey } from './trained-on'

/** What a training is kept by on its way; null for one that nothing is kept of. */
export function markOf(state: State, id: string): TrainingMark | null {
  const { model, options } = state
  if (!model || !options.tail) return null
  return { id, network: model.choices.key, on: trainingKey(state) }
}

/** The job that can be paused; null where none can. */
export const pausableJob = ({ jobs }: Pick<State, 'jobs'>): State['jobs'][number] | null =>
  jobs.find(({ pausable, pausing, cancelling }) => pausable && !pausing && !cancelling) ?? null

/** Asks the training that runs to pause: it ends with CutpointError `paused`, and can be gone on with. Throws `cannot-pause`. */
export function pauseTraining(): void {
  const job = pausableJob(getState())
  if (!job) throw new CutpointError('not-available', pausedTexts.nothingRuns, pausedTexts.nothingRunsNext)
  pauseJob(job.id)
}

/** Options with those that a training began with; shares and seed stay, as they would deal the photos again. */
const optionsWith = (options: TrainOptions, { options: { head, tail, classWeights, augment } }: PausedTraining) => ({
  ...options,
  ...{ head, tail, classWeights, augment },
})

/**
 * Why the training that is paused cannot be gone on with as things are: photos or labels are others than those it is of, or
 * what does not come back with its settings; null where it can.
 */
export function whyNotResumed(state: State): 'photos' | 'network' | null {
  const { paused, labels } = state
  if (!paused) return null
  const { preprocessing, cut } = paused
  const options = optionsWith(state.options, paused)
  const key = trainingKey({ ...state, options, preprocessing, cut: { summary: { tensors: [...cut] } } })
  if (paused.on.photos !== key.photos || paused.labels.join('\n') !== labels.join('\n')) return 'photos'
  return isSameKey(paused.on, key) ? null : 'network'
}

/** Whether what would be trained now is just what the training that is paused is of. */
export const isOfNow = (state: State): boolean =>
  state.paused !== null && whyNotResumed(state) === null && isSameKey(state.paused.on, trainingKey(state))

/** Brings back cut and settings of the training that is paused. Throws CutpointError `cannot-resume`. */
export async function bringBackSettings(): Promise<PausedTraining> {
  const { paused } = getState()
  if (!paused) throw cannotResume(pausedTexts.nothing, pausedTexts.nothingNext)
  const why = whyNotResumed(getState())
  if (why) throw cannotResume(pausedTexts.others[why], pausedTexts.othersNext[why])
  if (isOfNow(getState())) return paused
  if (getState().cut?.summary.tensors.join() !== paused.cut.join()) await cut(paused.cut)
  setState(({ options }) => ({ options: optionsWith(options, paused), preprocessing: paused.preprocessing }))
  return paused
}

const cannotResume = (message: string, next: string): CutpointError => new CutpointError('cannot-resume', message, next)

/** Forgets the training that is paused, on disk too. */
export async function discardTraining(): Promise<void> {
  const { paused } = getState()
  setState({ paused: null })
  if (paused) await computeWorker().forgetTraining(paused.network)
}

/** A training of what there was in `asked` has come to its end, and its head is kept: what was kept of it on its way goes. */
export async function ended(id: string, asked: State): Promise<void> {
  const mark = markOf(asked, id)
  // Where another network was opened meanwhile the head was not taken: it is there as soon as the training is gone on with.
  if (!mark || getState().model?.id !== asked.model?.id) return
  setState({ paused: null })
  await computeWorker()
    .forgetTraining(mark.network)
    .catch(() => undefined)
}

/** A training of what there was in `asked` has stopped before its end: what there is of it can be gone on with. */
export async function stoppedBy(error: unknown, id: string, asked: State): Promise<void> {
  const mark = markOf(asked, id)
  if (!mark) return
  const why = asCutpointError(error).code === 'paused' ? 'paused' : 'interrupted'
  const worker = computeWorker()
  const kept = await worker.keptTraining(mark.network).catch(() => null)
  if (kept === null || kept === 'damaged' || getState().model?.id !== asked.model?.id) return
  if (kept.id !== id) {
    // It had not come far enough to take the place of the one before.
    setState(({ paused }) => ({ paused: { ...kept, why: paused?.why ?? 'interrupted' } }))
  } else if (kept.history.length === 0 && why !== 'paused') {
    setState({ paused: null })
    await worker.forgetTraining(kept.network).catch(() => undefined)
  } else setState({ paused: { ...kept, why } })
}

/** Finds the training of the open network that an earlier visit did not bring to its end. */
export async function restorePaused(): Promise<void> {
  const { model } = getState()
  if (!model) return
  const worker = computeWorker()
  const kept = await worker.keptTraining(model.choices.key)
  if (kept === null || getState().model?.id !== model.id) return
  if (kept === 'damaged') return tellLeftOut(keepingTexts.trainingLeftOutTitle)
  // Killed between the end of the training and the deletion of what was kept on its way.
  const isDone = getState().heads.some(({ trainedOn, at }) => isSameKey(trainedOn, kept.on) && at >= kept.at)
  if (isDone) await worker.forgetTraining(kept.network)
  else setState({ paused: { ...kept, why: 'interrupted' } })
}
