/** The steps by which labels and photos became what they are: pure, the page's part is in `undo.ts`. */
import type { PhotoSet, PhotoStep, PhotoSteps } from './state-types'

export const noPhotoSteps: PhotoSteps = { past: [], future: [], left: null }

/** More steps back than anybody takes. */
const mostSteps = 100

/** The steps that still lead here; none after labels or photos were replaced by other means. */
export function stepsTo({ photos, labels }: PhotoSet, steps: PhotoSteps): PhotoSteps {
  return steps.left?.photos === photos && steps.left.labels === labels ? steps : noPhotoSteps
}

/** Adds what was just done; `left` is the caller's to set, here and below. */
export function addStep(steps: PhotoSteps, step: PhotoStep): PhotoSteps {
  return { ...steps, past: [...steps.past, step].slice(-mostSteps), future: [] }
}

/**
 * More photos of a step that was begun. What was done since, and what was undone, is joined by them too, so that
 * no undo takes away a photo that came later.
 */
export function growStep(steps: PhotoSteps, id: string, what: string, added: PhotoSet): PhotoSteps {
  const at = steps.past.findIndex((step) => step.id === id)
  const past = steps.past.map((step, index) =>
    index < at ? step : index === at ? { ...step, what } : joined(step, added),
  )
  return { ...steps, past, future: steps.future.map((step) => joined(step, added)) }
}

/** All photos of a step are there. */
export function closeStep(steps: PhotoSteps, id: string): PhotoSteps {
  const close = (step: PhotoStep): PhotoStep => (step.id === id ? { ...step, open: false } : step)
  return { ...steps, past: steps.past.map(close), future: steps.future.map(close) }
}

/** What was there before the latest step, and the steps from there; null where there is none to be undone. */
export function stepBack(steps: PhotoSteps, here: PhotoStep): { to: PhotoStep; steps: PhotoSteps } | null {
  const to = steps.past.at(-1)
  if (!to || to.open) return null
  const undone = { ...here, id: to.id, what: to.what }
  return { to, steps: { ...steps, past: steps.past.slice(0, -1), future: [...steps.future, undone] } }
}

/** What there was before the latest undo, and the steps from there; null where nothing was undone. */
export function stepForward(steps: PhotoSteps, here: PhotoStep): { to: PhotoStep; steps: PhotoSteps } | null {
  const to = steps.future.at(-1)
  if (!to) return null
  const done = { ...here, id: to.id, what: to.what }
  return { to, steps: { ...steps, past: [...steps.past, done], future: steps.future.slice(0, -1) } }
}

function joined(step: PhotoStep, { labels, photos }: PhotoSet): PhotoStep {
  const fresh = labels.filter((label) => !step.labels.includes(label))
  return { ...step, labels: [...step.labels, ...fresh], photos: [...step.photos, ...photos] }
}
