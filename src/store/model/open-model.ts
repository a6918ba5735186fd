/** The one owner of the open model: its number, and what goes with it. */
import { CutpointError } from '../../errors'
import { withoutModel } from '../history/undo-steps'
import { getState, setState } from '../state/state'
import type { ModelState } from '../state/types'
import { forgetDrawn } from './drawing'
import { openGeneration } from './generation'
import { heads } from './heads'

/** The open model. Throws CutpointError `no-model`. */
export function requireModel(): ModelState {
  const { model } = getState()
  if (model) return model
  throw new CutpointError('no-model', 'No model is open.', 'Drop a model on the page, or open the built-in sample.')
}

/** Changes what is known of the open model, if it is still the one of that number. Whether it was. */
export function changeModel(id: number, change: (model: ModelState) => Partial<ModelState>): boolean {
  const { model } = getState()
  if (model?.id !== id) return false
  setState({ model: { ...model, ...change(model) } })
  return true
}

/** Closes the open model, and forgets what was made of it. */
export function closeModel(): void {
  const id = openGeneration()
  // First of all, so that what is kept of the model stays for another visit.
  setState(({ undoSteps }) => ({
    model: null,
    cut: null,
    advice: null,
    paused: null,
    undoSteps: withoutModel(undoSteps),
    preprocessing: null,
  }))
  forgetDrawn(id)
  heads.forget()
}
