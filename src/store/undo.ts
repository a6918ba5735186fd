import { dealOf, dealt } from './deal'
import { emitMade } from './events'
import { newId } from './ids'
import { summariseLabels } from './label-summary'
import { getState, setState, type State } from './state'
import { addStep, closeStep, growStep, stepBack, stepForward, stepsTo } from './undo-steps'
import type { PhotoSet, PhotoStep, PhotoSteps } from './state-types'

/** Changes labels and photos as one step that can be undone. */
export function changePhotos(what: string, change: (before: PhotoSet) => PhotoSet): void {
  const state = getState()
  const after = change(state)
  settle(after, addStep(stepsTo(state, state.photoSteps), stepHere(state, newId('step'), what)))
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
    const steps = stepsTo(state, state.photoSteps)
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
      if (begun) settle(after, growStep(stepsTo(state, state.photoSteps), id, word(count), added))
      else begin(state, after)
    },
    close: () => setState(({ photoSteps }) => ({ photoSteps: closeStep(photoSteps, id) })),
  }
}

/** Changes photos by something that is no step of its own, such as other shares of the parts. */
export function amendPhotos(change: (before: PhotoSet) => PhotoSet): void {
  const state = getState()
  const after = change(state)
  settle(after, stepsTo(state, state.photoSteps))
}

/** What undo would take back, in words; null where there is nothing, or where photos of it are still coming in. */
export function undoWord(state: State): string | null {
  const last = stepsTo(state, state.photoSteps).past.at(-1)
  return last && !last.open ? last.what : null
}

/** What redo would do again, in words; null where there is nothing. */
export const redoWord = (state: State): string | null => stepsTo(state, state.photoSteps).future.at(-1)?.what ?? null

/** Takes the last change of labels and photos back. */
export const undoPhotos = (): void => go(stepBack)

/** Does again what was undone last. */
export const redoPhotos = (): void => go(stepForward)

function go(step: typeof stepBack): void {
  const state = getState()
  const gone = step(stepsTo(state, state.photoSteps), stepHere(state, '', ''))
  if (!gone) return
  const { labels, photos, deal } = gone.to
  // The shares may have changed since; photos that come back are dealt by those of now.
  const after = { labels, photos: deal === dealOf(state.options) ? photos : dealt(photos, state.options) }
  settle(after, gone.steps)
}

const stepHere = ({ labels, photos, options }: State, id: string, what: string): PhotoStep => ({
  id,
  what,
  labels,
  photos,
  open: false,
  deal: dealOf(options),
})

function settle({ labels, photos }: PhotoSet, steps: PhotoSteps): void {
  setState({ labels, photos, photoSteps: { ...steps, left: { labels, photos } } })
  emitMade('images', summariseLabels)
}
