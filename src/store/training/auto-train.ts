import { isSameAugment } from '../../augment-options'
import { CutpointError } from '../../errors'
import { specOf } from '../../heads/specs'
import type { TrainedOn } from '../../types'
import { emit } from '../state/events'
import { heads } from '../model/heads'
import { runJob, stopJob } from '../workers/jobs'
import { tellError } from '../page/notices'
import { getState, setState, useStore, type State } from '../state/state'
import type { HeadEntry } from '../state/types'
import { hasTwoLabels } from './missing'
import { currentHead, isOutOfDate, isSameKey, trainingKey } from './trained-on'
import { trainOn } from './training'
import { withMatrices } from './with-matrices'
import { computeWorker } from '../workers/workers'

/** Milliseconds without a change before it trains: changes often come in several. */
const pause = 60

/** Milliseconds after which it is shown that it trains: most often it is done by then. */
const shownAfter = 1_000

let timer: ReturnType<typeof setTimeout> | undefined
/** The training that runs. */
let running: { readonly job: string; readonly of: TrainedOn; stopped: boolean } | null = null

/**
 * Trains the current head again whenever it is out of date, if its kind is a quick one and the user has not switched that off.
 * It waits until no other work runs, and a newer change overtakes. What the user has cancelled is not begun again before
 * something changes.
 */
export function startAutoTrain(): void {
  useStore.subscribe((now) => {
    if (running && !running.stopped && !(toRetrain(now) && isSameKey(running.of, trainingKey(now)))) {
      running.stopped = true
      stopJob(running.job)
    }
    schedule()
  })
}

/** Whether heads are trained again by themselves. */
export const setAutoTrain = (autoTrain: boolean): void => setState({ autoTrain })

/** The current head, if it is to be trained again now. */
function toRetrain(state: State): HeadEntry | null {
  const { autoTrain, options, cut, photos, preprocessing, leftAt } = state
  const head = currentHead(state)
  if (!autoTrain || !head || !cut || !preprocessing) return null
  if (![head.options, options].every((each) => specOf(each.head.kind).quick)) return null
  // Layers of the network take long, and are trained when that is asked for.
  if (head.options.tail || options.tail) return null
  // Changed copies of all photos take long, and are asked for.
  if (!isSameAugment(head.options.augment, options.augment)) return null
  if (!isOutOfDate(state) || isSameKey(leftAt, trainingKey(state))) return null
  return hasTwoLabels(photos) ? head : null
}

/** Whether the current head is about to be trained again by itself, or is. */
export const isRetraining = (state: State): boolean => toRetrain(state) !== null

/** Begins a while after the last change, when nothing else runs. */
function schedule(): void {
  clearTimeout(timer)
  const state = getState()
  const wanted = toRetrain(state) !== null
  if (wanted && running === null && state.jobs.length === 0) timer = setTimeout(() => void retrain(), pause)
}

async function retrain(): Promise<void> {
  const before = getState()
  const entry = toRetrain(before)
  if (!entry) return schedule()
  const of = trainingKey(before)
  try {
    const trained = await runJob(
      'Training',
      (job, signal) => {
        running = { job, of, stopped: false }
        return trainOn(before, job, signal)
      },
      'compute',
      shownAfter,
    )
    if (getState().headId === entry.id) {
      await heads.add(trained, before, entry.trainedOn?.settings === of.settings ? entry.id : null)
      emit('trained', withMatrices(trained.report))
    } else await bringBackCurrent()
  } catch (error) {
    // Where something has changed since, that is trained.
    if (isSameKey(trainingKey(getState()), of)) setState({ leftAt: of })
    if (!(error instanceof CutpointError) || error.code !== 'cancelled') tellError(error)
  } finally {
    running = null
    schedule()
  }
}

/** The user has chosen another head meanwhile: that one stays. */
async function bringBackCurrent(): Promise<void> {
  const trained = heads.current()
  const worker = computeWorker()
  await (trained ? worker.restoreHead(trained) : worker.forgetHead())
}
