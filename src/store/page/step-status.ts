import { steps, type Step } from '../../steps'
import { drawnModel, type State } from '../state/state'
import { currentHead, isOutOfDate } from '../training/trained-on'

/** Whether a step is done, is the next thing to do, was done but has changed since, or has to wait. */
export type StepStatus = 'done' | 'next' | 'again' | 'later'

/** Where a step of the way stands. */
export function statusOf(step: Step, state: State): StepStatus {
  if (step === 'train' && isOutOfDate(state)) return 'again'
  if (isDone(step, state)) return 'done'
  return nextStep(state) === step ? 'next' : 'later'
}

/** The first step that is not done; null if all are. */
export function nextStep(state: State): Step | null {
  return steps.find((step) => !isDone(step, state)) ?? null
}

function isDone(step: Step, state: State): boolean {
  switch (step) {
    case 'model':
      return drawnModel(state) !== null
    case 'cut':
      return state.cut !== null
    case 'photos':
      return state.photos.some(({ label }) => label !== state.photos[0].label)
    case 'train':
      return currentHead(state) !== null && !isOutOfDate(state)
    case 'try':
      return currentHead(state) !== null && !isOutOfDate(state) && state.tried.length > 0
  }
}
