import { cutTexts } from '../../texts/model/cut'
import { toldTexts } from '../../texts/model/told'
import type { ToldLayer } from '../../types'
import { newId } from '../state/ids'
import type { CutStep, KeptNetwork, TellingStep, UndoStep, UndoSteps } from '../state/types'

/** The steps of the past that are kept with a network. */
export const keptSteps = ({ past }: UndoSteps): (CutStep | TellingStep)[] =>
  past.filter((step) => step.kind !== 'photos')

/** As they are kept: each kind for itself, without its words. */
export function storedSteps(steps: UndoSteps): Pick<KeptNetwork, 'pastCuts' | 'pastTold'> {
  const kept = keptSteps(steps)
  return {
    pastCuts: kept.flatMap((step) => (step.kind === 'cut' ? [step.tensors] : [])),
    pastTold: kept.flatMap((step) => (step.kind === 'telling' ? [step.told] : [])),
  }
}

/** The steps of a network that was kept: layers are told before one cuts, as far as is known. */
export function restoredSteps({ pastCuts, pastTold, cut, model }: KeptNetwork): UndoStep[] {
  const tellings = pastTold.map((told, at): TellingStep => {
    const layer = differing(told, pastTold.at(at + 1) ?? model.choices.told ?? [])
    return { kind: 'telling', id: newId('step'), what: toldTexts.did.tell(layer), layer, told, cut: null, headId: null }
  })
  const cuts = pastCuts.map((tensors, at): CutStep => {
    const what = cutTexts.did(pastCuts.at(at + 1) ?? cut ?? [])
    return { kind: 'cut', id: newId('step'), what, tensors }
  })
  return [...tellings, ...cuts]
}

/** The first layer of which two tellings say different things. */
function differing(one: readonly ToldLayer[], other: readonly ToldLayer[]): string {
  const said = (all: readonly ToldLayer[], layer: string): string =>
    JSON.stringify(all.find((each) => each.layer === layer)?.told ?? null)
  return [...one, ...other].map(({ layer }) => layer).find((layer) => said(one, layer) !== said(other, layer)) ?? ''
}
