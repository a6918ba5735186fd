import { cutOrNot, cutNow } from '../model/cut'
import { toldLayers } from '../model/model'
import { openingSettled } from '../model/opening'
import { setRoom, usePage } from '../page/page'
import { crossPhotos } from './photo-steps'
import { getState, type State } from '../state/state'
import type { CutStep, TellingStep, UndoStep, UndoSteps } from '../state/types'
import { openTold } from '../model/told'
import { inTurn } from './turns'
import { asAsked, nextRedone, nextUndone, redone, stepsTo, undone } from './undo-steps'
import { isInSight, show } from '../graph-view/view'

/**
 * Takes the last change of labels, photos, cut or tellings back, once what was asked for before is done. Throws
 * CutpointError where that cannot be, and then all is as it was.
 */
export function undo(): Promise<void> {
  const asked = getState().undoSteps
  return inTurn(async () => {
    const state = getState()
    const step = nextUndone(asAsked(stepsTo(state, state.undoSteps), asked))
    if (step) await cross(step, undone)
  })
}

/** Does again what was undone last, as `undo` takes it back. */
export function redo(): Promise<void> {
  const asked = getState().undoSteps
  return inTurn(async () => {
    const step = undoneStep(getState())
    if (step) await cross(step, (steps, here) => redone(steps, here, asked))
  })
}

/** What is undone next; null where there is nothing, or where photos of it are still coming in. */
export const lastStep = (state: State): UndoStep | null => nextUndone(stepsTo(state, state.undoSteps))

/** What is redone next; null where nothing was undone. */
export const undoneStep = (state: State): UndoStep | null => nextRedone(stepsTo(state, state.undoSteps))

/** The steps after one of them was crossed, given what stands for this side of it from then on. */
type Crossed = (before: UndoSteps, here: UndoStep) => UndoSteps

/** Brings the page to the other side of a step. */
async function cross(step: UndoStep, crossed: Crossed): Promise<void> {
  if (step.kind === 'photos') return crossPhotos(step, crossed)
  const { model } = getState()
  // A model that is being opened takes the steps of this one away.
  await openingSettled()
  if (getState().model?.id !== model?.id) return
  await (step.kind === 'cut' ? crossCut(step, crossed) : crossTelling(step, crossed))
}

async function crossCut(step: CutStep, crossed: Crossed): Promise<void> {
  const here = { ...step, tensors: cutNow() }
  await cutOrNot(step.tensors, (steps) => crossed(steps, here))
  const tensor = [...step.tensors, ...here.tensors].at(0)
  if (tensor !== undefined) bringInSight(tensor)
}

/** Leads to a tensor, unless it is seen anyway. */
function bringInSight(tensor: string): void {
  if (isInSight(tensor)) return
  // Where rooms are shown one at a time, that of the cut names the tensor, too.
  if (usePage.getState().room !== 'cut') setRoom('graph')
  show({ kind: 'tensor', name: tensor })
}

async function crossTelling(step: TellingStep, crossed: Crossed): Promise<void> {
  const { headId } = getState()
  const cut = cutNow()
  const here = { ...step, told: toldLayers(), cut, headId }
  await openTold({
    told: step.told,
    layer: step.layer,
    cut: step.cut ?? cut,
    headIds: [headId, step.headId],
    steps: (steps) => crossed(steps, here),
  })
}
