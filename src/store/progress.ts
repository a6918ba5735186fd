import type { Progress } from '../types'
import { emit } from './events'
import { setState } from './state'

/** Takes in what a job says of itself. */
export function noteProgress(progress: Progress): void {
  const { what, done, total, unit = null } = progress
  setState(({ jobs }) => ({
    jobs: jobs.map((job) => (job.id === progress.job ? { ...job, what, done, total, unit } : job)),
  }))
  emit('progress', progress)
}
