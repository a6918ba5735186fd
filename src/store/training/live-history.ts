import { create } from 'zustand'
import type { Progress, TrainingStep } from '../../types'
import { on } from '../state/events'
import { useStore } from '../state/state'

interface LiveHistory {
  /** The training that the steps are of; null while none tells of any. */
  readonly job: string | null
  readonly steps: readonly TrainingStep[]
  /** Whether they are all on disk, where it could be gone on with; null for a training that cannot be. */
  readonly kept: boolean | null
}

const nothing: LiveHistory = { job: null, steps: [], kept: null }

/** How the training that runs has gone so far. */
export const useLiveHistory = create<LiveHistory>(() => nothing)

/** Follows from now on how the training that runs goes. */
export function startFollowingTraining(): void {
  on('progress', (detail) => {
    const { job, history, first, kept = null } = detail as Progress
    // What comes from a worker may come after the end.
    if (!history || !useStore.getState().jobs.some(({ id }) => id === job)) return
    useLiveHistory.setState((now) => {
      const before = now.job === job ? now.steps.slice(0, first) : []
      return { job, steps: [...before, ...history], kept }
    })
  })
  useStore.subscribe(({ jobs }, before) => {
    const { job } = useLiveHistory.getState()
    if (jobs !== before.jobs && job !== null && !jobs.some(({ id }) => id === job)) useLiveHistory.setState(nothing)
  })
}
