/** What was done to labels, photos, cut and tellings, in order of time: pure, the page's part is in `src/store/history/undo.ts`. */
import type { PhotoSet, UndoStep, UndoSteps } from '../state/types'

/** Nothing to undo, nothing to redo. */
export const noSteps: UndoSteps = { past: [], future: [], left: null }

/** More steps back than anybody takes. */
const mostSteps = 100

/** The steps that still lead here; those of photos go after labels or photos were replaced by other means. */
export function stepsTo({ photos, labels }: PhotoSet, steps: UndoSteps): UndoSteps {
  const { left } = steps
  if (left === null || (left.photos === photos && left.labels === labels)) return steps
  return { ...only(steps, (step) => step.kind !== 'photos'), left: null }
}

/** The steps without those of the open model. */
export const withoutModel = (steps: UndoSteps): UndoSteps => only(steps, (step) => step.kind === 'photos')

function only({ past, future, left }: UndoSteps, stays: (step: UndoStep) => boolean): UndoSteps {
  return { past: past.filter(stays), future: future.filter(stays), left }
}

/** Adds what was just done; `left` is the caller's to set where photos have changed, here and below. */
export function addStep(steps: UndoSteps, step: UndoStep): UndoSteps {
  return { ...steps, past: latest([...steps.past, step]), future: [] }
}

/**
 * Adds what was `asked` for at those steps and is done only now. Changes of photos that were made meanwhile come behind
 * it; all else waits for its turn.
 */
export function addAsked(steps: UndoSteps, step: UndoStep, asked: UndoSteps): UndoSteps {
  return { ...steps, past: latest(steps.past.toSpliced(placeOf(steps, asked), 0, step)), future: [] }
}

/** How many of the steps of the past were there, or waited for their turn, when something was `asked` for at those. */
function placeOf({ past }: UndoSteps, asked: UndoSteps): number {
  const known = new Set([...asked.past, ...asked.future].map(({ id }) => id))
  return past.findLastIndex(({ kind, id }) => kind !== 'photos' || known.has(id)) + 1
}

/** Adds what was done before everything else. */
export function addFirst(steps: UndoSteps, first: readonly UndoStep[]): UndoSteps {
  return { ...steps, past: latest([...first, ...steps.past]) }
}

const latest = (past: readonly UndoStep[]): readonly UndoStep[] => past.slice(-mostSteps)

/**
 * More photos of a step that was begun. What was done since, and what was undone, is joined by them too, so that
 * no undo takes away a photo that came later.
 */
export function growStep(steps: UndoSteps, id: string, what: string, added: PhotoSet): UndoSteps {
  const at = steps.past.findIndex((step) => step.id === id)
  const past = steps.past.map((step, index) =>
    index < at ? step : index === at ? { ...step, what } : joined(step, added),
  )
  return { ...steps, past, future: steps.future.map((step) => joined(step, added)) }
}

/** All photos of a step are there. */
export function closeStep(steps: UndoSteps, id: string): UndoSteps {
  const close = (step: UndoStep): UndoStep =>
    step.kind === 'photos' && step.id === id ? { ...step, open: false } : step
  return { ...steps, past: steps.past.map(close), future: steps.future.map(close) }
}

/** The step that is undone next; null where there is none, or where photos of it are still coming in. */
export function nextUndone({ past }: UndoSteps): UndoStep | null {
  const step = past.at(-1)
  return !step || (step.kind === 'photos' && step.open) ? null : step
}

/** The steps that an undo may take that was `asked` for at those; none where photos of then are under others by now. */
export function asAsked(steps: UndoSteps, asked: UndoSteps): UndoSteps {
  const past = steps.past.slice(0, placeOf(steps, asked))
  const isUnder = past.length < steps.past.length && past.at(-1)?.kind === 'photos'
  return { ...steps, past: isUnder ? [] : past }
}

/** The step that is redone next; null where nothing was undone. */
export const nextRedone = ({ future }: UndoSteps): UndoStep | null => future.at(-1) ?? null

/**
 * The steps after one of them was undone; it now holds how things were before that. Where something else was done
 * meanwhile, it cannot be redone.
 */
export function undone(steps: UndoSteps, step: UndoStep): UndoSteps {
  const isLast = steps.past.at(-1)?.id === step.id
  const past = steps.past.filter(({ id }) => id !== step.id)
  return { ...steps, past, future: isLast ? [...steps.future, step] : steps.future }
}

/** The steps after one was redone that was `asked` for at those. */
export function redone(steps: UndoSteps, step: UndoStep, asked: UndoSteps): UndoSteps {
  return { ...addAsked(steps, step, asked), future: steps.future.filter(({ id }) => id !== step.id) }
}

function joined(step: UndoStep, { labels, photos }: PhotoSet): UndoStep {
  if (step.kind !== 'photos') return step
  const fresh = labels.filter((label) => !step.labels.includes(label))
  return { ...step, labels: [...step.labels, ...fresh], photos: [...step.photos, ...photos] }
}
