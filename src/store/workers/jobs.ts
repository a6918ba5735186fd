import { deferred } from '../../deferred'
import type { ComputeWorker } from '../../workers/compute'
import { cancelled } from '../../workers/life/until-aborted'
import { newId } from '../state/ids'
import { forgetPace, noteProgress } from './progress'
import { getState, setState } from '../state/state'
import { pauseInCompute, rebuildCompute, restartImages, stopInCompute } from './workers'

/** Milliseconds a cancelled job has to stop by itself before its worker is ended. */
const patience = 4_000

/** Which worker a job keeps busy, and which is ended if the job does not stop. */
type WorkerName = 'compute' | 'images'

interface Running {
  readonly worker: WorkerName
  readonly controller: AbortController
  /** Resolves when the job has ended, however it ended. */
  readonly ended: Promise<void>
  /** Ends the job here, whatever its worker still does. */
  readonly giveUp: () => void
}

const running = new Map<string, Running>()

/**
 * Runs long work as a job: shown with its progress, and cancellable. `work` gets the job's id for the worker and a
 * signal for what the page does itself. Work that nobody asked for is shown only `after` so many milliseconds.
 */
export async function runJob<T>(
  what: string,
  work: (job: string, signal: AbortSignal) => Promise<T>,
  worker: WorkerName = 'compute',
  after = 0,
): Promise<T> {
  const id = newId('job')
  const controller = new AbortController()
  const end = deferred<undefined>()
  const given = deferred<never>()
  running.set(id, { worker, controller, ended: end.promise, giveUp: () => given.reject(cancelled()) })
  const show = (): void => {
    setState(({ jobs }) => ({
      jobs: [
        ...jobs,
        { id, what, done: 0, total: 0, unit: null, left: null, cancelling: false, pausable: false, pausing: false },
      ],
    }))
    noteProgress({ job: id, what, done: 0, total: 0 })
  }
  let waiting: ReturnType<typeof setTimeout> | undefined
  if (after > 0) waiting = setTimeout(show, after)
  else show()
  try {
    return await Promise.race([work(id, controller.signal), given.promise])
  } finally {
    clearTimeout(waiting)
    running.delete(id)
    forgetPace(id)
    setState(({ jobs }) => ({ jobs: jobs.filter((job) => job.id !== id) }))
    end.resolve(undefined)
  }
}

/** Asks a job to stop, however long that takes. */
export function stopJob(id: string): void {
  const job = running.get(id)
  if (!job) return
  setState(({ jobs }) => ({ jobs: jobs.map((shown) => (shown.id === id ? { ...shown, cancelling: true } : shown)) }))
  job.controller.abort()
  if (job.worker === 'compute') stopInCompute(id)
}

/** Asks a job to stop where it can be gone on with. */
export function pauseJob(id: string): void {
  setState(({ jobs }) => ({ jobs: jobs.map((shown) => (shown.id === id ? { ...shown, pausing: true } : shown)) }))
  pauseInCompute(id)
}

/** Asks a new compute worker, which is given again what the one before it did, to pause what that one was asked to. */
export async function restorePausing(worker: ComputeWorker['api']): Promise<void> {
  for (const { id, pausing } of getState().jobs) if (pausing) await worker.pause(id)
}

/**
 * Asks a job to stop. If it has not after a while, its worker is ended and rebuilt from what is stored; other work that
 * was in it is begun again.
 */
export async function cancelJob(id: string): Promise<void> {
  const job = running.get(id)
  if (!job) return
  stopJob(id)
  const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), patience))
  if ((await Promise.race([job.ended, late])) !== 'late') return
  job.giveUp()
  await (job.worker === 'images' ? restartImages() : rebuildCompute())
}

/** Cancels everything that runs. */
export async function cancelAll(): Promise<void> {
  await Promise.all([...running.keys()].map(cancelJob))
}

/** Throws CutpointError `cancelled` once the signal says so. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled()
}
