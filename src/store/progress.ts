import type { Progress } from '../types'
import { emit } from './events'
import { setState } from './state'

/** Takes in what a job says of itself. */
export function noteProgress(progress: Progress): void {
  setState(({ jobs }) => ({
    jobs: jobs.map((job) =>
      job.id === progress.job ? { ...job, what: progress.what, done: progress.done, total: progress.total } : job,
    ),
  }))
  emit('progress', progress)
}
