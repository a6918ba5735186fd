import { cutTexts } from '../../texts/model/cut'
import type { CutSummary } from '../../types'
import { emit } from '../state/events'
import { newId } from '../state/ids'
import { aboutOpenModel, openGeneration } from './generation'
import { getState, setState } from '../state/state'
import { inTurn } from '../history/turns'
import type { CutStep, UndoSteps } from '../state/types'
import { addAsked, stepsTo } from '../history/undo-steps'
import type { ComputeWorker } from '../../workers/compute'
import { computeWorker } from '../workers/workers'

/**
 * Cuts at one tensor or several, as a step that can be undone. A name without `:0` means its first output. Throws
 * CutpointError `no-such-tensor`, with the nearest names, `cannot-cut` with the reason, or `cancelled` where another model
 * was opened meanwhile.
 */
export function cut(tensors: readonly string[]): Promise<CutSummary> {
  const names = tensors.map(tensorNamed)
  const asked = getState().undoSteps
  return inTurn(() => {
    const step: CutStep = { kind: 'cut', id: newId('step'), what: cutTexts.did(names), tensors: cutNow() }
    return cutWith(names, (steps) => addAsked(steps, step, asked))
  })
}

/** The tensor that a name means: without `:0` a node's first output. */
export const tensorNamed = (name: string): string => (/:\d+$/.test(name) ? name : `${name}:0`)

/** Cuts at tensors at which an earlier visit was cut, which is no step. Throws as `cut`. */
export const cutAgain = (tensors: readonly string[]): Promise<CutSummary> =>
  inTurn(() => cutWith(tensors, (steps) => steps))

/** Cuts a new compute worker's model where the open one is cut. */
export async function restoreCut(worker: ComputeWorker['api']): Promise<void> {
  const { cut: made } = getState()
  if (made) await worker.cut(openGeneration(), made.summary.tensors)
}

/** The tensors at which the open model is cut; none where it is not. */
export const cutNow = (): readonly string[] => getState().cut?.summary.tensors ?? []

/** Cuts at these tensors, or nowhere where there are none; `steps` is what becomes of the steps. Waits for nobody's turn. */
export async function cutOrNot(tensors: readonly string[], steps: (before: UndoSteps) => UndoSteps): Promise<void> {
  if (tensors.length > 0) await cutWith(tensors, steps)
  else
    await aboutOpenModel(
      (id) => computeWorker().uncut(id),
      () => take(null, steps),
    )
}

async function cutWith(tensors: readonly string[], steps: (before: UndoSteps) => UndoSteps): Promise<CutSummary> {
  const made = (id: number): Promise<CutSummary> => computeWorker().cut(id, tensors)
  return aboutOpenModel(made, (summary) => {
    take(summary, steps)
    emit('cut', summary)
    return summary
  })
}

function take(summary: CutSummary | null, steps: (before: UndoSteps) => UndoSteps): void {
  setState((state) => ({
    cut: summary && { summary },
    undoSteps: steps(stepsTo(state, state.undoSteps)),
  }))
}
