import type { Progress, TrainingStep } from '../types'
import { emit } from './events'
import { getState, setState } from './state'
import { watchPace } from './time-left'

const paces = new Map<string, ReturnType<typeof watchPace>>()

/** Takes in what a job says of itself. */
export function noteProgress(progress: Progress): void {
  const { job: id, what, done, total, unit = null } = progress
  const left = timeLeft(progress)
  setState(({ jobs }) => ({
    jobs: jobs.map((job) => (job.id === id ? { ...job, what, done, total, unit, left } : job)),
  }))
  if (progress.history) noteHistory(id, total, progress.history)
  emit('progress', progress)
}

/** Epochs of a training as they pass. */
function noteHistory(job: string, epochs: number, passed: readonly TrainingStep[]): void {
  setState(({ liveHistory }) => ({
    liveHistory: { job, epochs, steps: [...(liveHistory?.job === job ? liveHistory.steps : []), ...passed] },
  }))
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
