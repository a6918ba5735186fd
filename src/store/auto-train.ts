import { CutpointError } from '../errors'
import { emit } from './events'
import { heads } from './heads'
import { runJob, stopJob } from './jobs'
import { tellError } from './notices'
import { getState, setState, useStore, type State } from './state'
import type { HeadEntry } from './state-types'
import { trainOn } from './training'
import { withMatrices } from './with-matrices'
import { computeWorker } from './workers'

/** Milliseconds without a change before it trains: changes often come in several. */
const pause = 60

/** Milliseconds after which it is shown that it trains: most often it is done by then. */
const shownAfter = 1_000

/** What a training depends on, and a user changes. */
const watched = ['photos', 'labels', 'options'] as const

let timer: ReturnType<typeof setTimeout> | undefined
/** Whether there is something to train anew for. */
let wanted = false
/** The job that does it. */
let running: string | null = null

/**
 * Trains the current head anew whenever photos, labels or settings have changed, if it is a linear one and the user has
 * not switched that off. It waits until no other work runs, and a newer change overtakes.
 */
export function startAutoTrain(): void {
  useStore.subscribe((now, before) => {
    // Another head, or another model, brings its own.
    const sameHead = now.headId !== null && now.headId === before.headId && now.model === before.model
    const changed = watched.some((key) => now[key] !== before[key])
    const switchedOn = now.autoTrain && !before.autoTrain
    // What changed while a new head was trained is not in it.
    const outOfDate = now.stale && isNew(now, before)
    if (outOfDate || (sameHead && now.stale && (changed || switchedOn))) {
      if (running !== null && sameHead) stopJob(running)
      wanted = retrainable(now) !== null
    } else if (!sameHead || !now.autoTrain) wanted = false
    if (changed || switchedOn || !sameHead || now.jobs.length !== before.jobs.length) schedule()
  })
}

/** Whether the current head was trained just now, and not only chosen. */
function isNew(now: State, before: State): boolean {
  const isOther = now.model === before.model && now.headId !== null && now.headId !== before.headId
  return isOther && !before.heads.some(({ id }) => id === now.headId)
}

/** Begins a while after the last change, when nothing else runs. */
function schedule(): void {
  clearTimeout(timer)
  if (wanted && running === null && getState().jobs.length === 0) timer = setTimeout(() => void retrain(), pause)
  const retraining = wanted || running !== null
  if (getState().retraining !== retraining) setState({ retraining })
}

async function retrain(): Promise<void> {
  const before = getState()
  const entry = retrainable(before)
  // What changes from here on makes it wanted again.
  wanted = false
  if (!entry) return schedule()
  try {
    const kept = await runJob(
      'Training',
      (job, signal) => {
        running = job
        return trainOn(before, job, signal)
      },
      'compute',
      shownAfter,
    )
    if (getState().headId === entry.id) {
      await heads.add(kept, before, sameSettings(entry, before) ? entry.id : null)
      emit('trained', withMatrices(kept.report))
    } else await bringBackCurrent()
  } catch (error) {
    if (!(error instanceof CutpointError) || error.code !== 'cancelled') tellError(error)
  } finally {
    running = null
    schedule()
  }
}

/** The user has chosen another head meanwhile: that one stays. */
async function bringBackCurrent(): Promise<void> {
  const kept = heads.current()
  const worker = computeWorker()
  await (kept ? worker.restoreHead(kept) : worker.forgetHead())
}

/** The current head, if it can be trained anew without asking: linear, and on features that are mostly there. */
function retrainable({
  autoTrain,
  heads: known,
  headId,
  options,
  cut,
  preprocessing,
  photos,
}: State): HeadEntry | null {
  const entry = known.find(({ id }) => id === headId)
  const kept = heads.current()
  if (!autoTrain || !entry || !kept || !cut) return null
  const labelsTrained = new Set(photos.flatMap(({ part, label }) => (part === 'train' ? [label] : [])))
  const ready =
    entry.options.head.kind === 'linear' &&
    options.head.kind === 'linear' &&
    labelsTrained.size > 1 &&
    same(entry.cut, cut.summary.tensors) &&
    same(kept.preprocessing, preprocessing) &&
    same(entry.options.augment, options.augment)
  return ready ? entry : null
}

function sameSettings({ options: own }: HeadEntry, { options }: State): boolean {
  return same([own.head, own.classWeights], [options.head, options.classWeights])
}

/** Whether two values of plain data are equal. */
function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}
