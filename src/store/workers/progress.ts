import type { Progress } from '../../types'
import { emit } from '../state/events'
import { getState, setState } from '../state/state'
import { watchPace } from './time-left'

const paces = new Map<string, ReturnType<typeof watchPace>>()

/** Takes in what a job says of itself. */
export function noteProgress(progress: Progress): void {
  const { job: id, what, done, total, unit = null, pausable = false } = progress
  const left = timeLeft(progress)
  setState(({ jobs }) => ({
    jobs: jobs.map((job) => (job.id === id ? { ...job, what, done, total, unit, left, pausable } : job)),
  }))
  emit('progress', progress)
}

function timeLeft({ job, what, done, total }: Progress): number | null {
  // What comes from a worker may come after the end.
  if (!getState().jobs.some(({ id }) => id === job)) return null
  const pace = paces.get(job) ?? watchPace()
  paces.set(job, pace)
  return pace(what, done, total, performance.now())
}

/** To be called when a job has ended. */
export function forgetPace(job: string): void {
  paces.delete(job)
}
