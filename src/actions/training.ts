import { getState, type State } from '../store/state/state'
import { discardTraining, pausableJob, pauseTraining, whyNotResumed } from '../store/training/paused'
import { resumeTraining } from '../store/training/training'
import { withMatrices } from '../store/training/with-matrices'
import { pausedTexts as texts } from '../texts/training/paused'
import type { TrainReport } from '../types'
import { listed, scripted } from './define'

const canPause = (state: State): boolean => pausableJob(state) !== null
const canResume = (state: State): boolean => state.paused !== null && whyNotResumed(state) === null
const isPaused = ({ paused }: State): boolean => paused !== null
const canResumeNow = (state: State): boolean => canResume(state) && state.jobs.length === 0
const canDiscardNow = (state: State): boolean => isPaused(state) && state.jobs.length === 0

/** What is done about a training on its way, by who uses the page. */
export const trainingActions = {
  pauseTraining: listed({ title: () => texts.pause, group: 'heads', enabled: canPause, run: pauseTraining }),
  resumeTraining: listed({
    title: () => texts.resume,
    group: 'heads',
    enabled: canResumeNow,
    run: () => canResumeNow(getState()) && resumeTraining(),
  }),
  discardTraining: listed({
    title: () => texts.discardTraining,
    group: 'heads',
    enabled: canDiscardNow,
    run: () => canDiscardNow(getState()) && discardTraining(),
  }),
}

/** The same for scripts. */
export const trainingScripts = {
  pause: scripted(canPause, pauseTraining),
  resume: scripted(canResume, async (): Promise<TrainReport> => withMatrices(await resumeTraining())),
  discard: scripted(isPaused, discardTraining),
}
