import { toldTexts } from '../../texts/model/told'
import type { ModelSummary, Told } from '../../types'
import { cutNow } from './cut'
import { newId } from '../state/ids'
import { toldLayers } from './model'
import { attempt, dismiss, tell } from '../page/notices'
import { getState, useStore } from '../state/state'
import type { TellingStep } from '../state/types'
import { openTold } from './told'
import { inTurn } from '../history/turns'
import { undo } from '../history/undo'
import { addAsked } from '../history/undo-steps'

/**
 * Tells a layer what it does of which the model's files do not say it, or with null that it is not known, as a step that
 * can be undone. The model is opened again by that; cut and heads stay where they still can. Throws CutpointError
 * `no-model`, `bad-formula` or `cannot-tell`, and then all is as it was.
 */
export function tellLayer(layer: string, told: Told | null): Promise<ModelSummary> {
  const asked = getState().undoSteps
  return inTurn(async () => {
    const before = toldLayers()
    const others = before.filter((each) => each.layer !== layer)
    const { headId } = getState()
    const cut = cutNow()
    const what = told ? toldTexts.did.tell(layer) : toldTexts.did.forget(layer)
    const step: TellingStep = { kind: 'telling', id: newId('step'), what, layer, told: before, cut, headId }
    const { summary, lost } = await openTold({
      told: told ? [...others, { layer, told }] : others,
      layer,
      cut,
      headIds: [headId],
      steps: (steps) => addAsked(steps, step, asked),
    })
    if (lost) tellLost(lost, step)
    return summary
  })
}

/** What does not fit any more does not go without a word; it is taken back by that as long as nothing else was done. */
function tellLost(lost: 'cut' | 'head', { id }: TellingStep): void {
  const notice = tell({
    kind: 'remark',
    title: lost === 'cut' ? toldTexts.lostCut : toldTexts.lostHead,
    text: toldTexts.lostText,
    action: { label: toldTexts.undo, run: () => attempt(undo) },
    stays: true,
  })
  const stop = useStore.subscribe(({ undoSteps }) => {
    if (undoSteps.past.at(-1)?.id === id) return
    stop()
    dismiss(notice)
  })
}
