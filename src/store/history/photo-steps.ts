/** Changes of labels and photos, each a step that can be undone. */
import { dealOf, dealt } from '../photos/deal'
import { emitMade } from '../state/events'
import { newId } from '../state/ids'
import { summariseLabels } from '../photos/label-summary'
import { getState, setState, type State } from '../state/state'
import type { PhotoSet, PhotoStep, UndoStep, UndoSteps } from '../state/types'
import { addStep, closeStep, growStep, stepsTo } from './undo-steps'

/** Changes labels and photos as one step that can be undone. */
export function changePhotos(what: string, change: (before: PhotoSet) => PhotoSet): void {
  const state = getState()
  const after = change(state)
  settle(after, addStep(stepsTo(state, state.undoSteps), stepHere(state, newId('step'), what)))
}

/** Photos that come in over time and are one step; call `close` once they are all there. */
export interface GrowingStep {
  readonly id: string
  /** Adds photos and, behind those that are there, labels. */
  readonly grow: (added: PhotoSet) => void
  readonly close: () => void
}

/**
 * Begins a step to which photos are added as they come; `word` says what was done for so many of them. Where the step
 * changes more than that, it begins with what is there `first`.
 */
export function beginStep(word: (photos: number) => string, first: PhotoSet | null = null): GrowingStep {
  const id = newId('step')
  let count = 0
  const begin = (state: State, after: PhotoSet): void => {
    const steps = stepsTo(state, state.undoSteps)
    settle(after, addStep(steps, { ...stepHere(state, id, word(count)), open: true }))
  }
  if (first) begin(getState(), first)
  return {
    id,
    grow(added) {
      const state = getState()
      // The same labels stay the same array: what shows them is not drawn again for each photo.
      const labels = added.labels.length > 0 ? [...state.labels, ...added.labels] : state.labels
      const after = { labels, photos: [...state.photos, ...added.photos] }
      const begun = first !== null || count > 0
      count += added.photos.length
      if (begun) settle(after, growStep(stepsTo(state, state.undoSteps), id, word(count), added))
      else begin(state, after)
    },
    close: () => setState(({ undoSteps }) => ({ undoSteps: closeStep(undoSteps, id) })),
  }
}

/** Changes photos by something that is no step of its own, such as other shares of the parts. */
export function amendPhotos(change: (before: PhotoSet) => PhotoSet): void {
  const state = getState()
  const after = change(state)
  settle(after, stepsTo(state, state.undoSteps))
}

/** Brings labels and photos to the other side of a step; `steps` says what becomes of the steps, given this side of it. */
export function crossPhotos(step: PhotoStep, steps: (before: UndoSteps, here: UndoStep) => UndoSteps): void {
  const state = getState()
  const { labels, photos, deal } = step
  // The shares may have changed since; photos that come back are dealt by those of now.
  const after = { labels, photos: deal === dealOf(state.options) ? photos : dealt(photos, state.options) }
  settle(after, steps(stepsTo(state, state.undoSteps), stepHere(state, step.id, step.what)))
}

const stepHere = ({ labels, photos, options }: State, id: string, what: string): PhotoStep => ({
  kind: 'photos',
  id,
  what,
  labels,
  photos,
  open: false,
  deal: dealOf(options),
})

function settle({ labels, photos }: PhotoSet, steps: UndoSteps): void {
  setState({ labels, photos, undoSteps: { ...steps, left: { labels, photos } } })
  emitMade('images', summariseLabels)
}
