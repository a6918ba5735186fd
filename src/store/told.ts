import { asCutpointError, CutpointError } from '../errors'
import { toldTexts } from '../texts/told'
import type { ModelSummary, Told, ToldLayer } from '../types'
import type { ComputeWorker, OpenedModel } from '../workers/compute'
import { heads } from './heads'
import { openAgain, toldLayers } from './model'
import { tell } from './notices'
import { getState, type State } from './state'
import type { CutState } from './state-types'
import { show } from './view'

/**
 * Tells a layer what it does of which the model's files do not say it, or with null that it is not known. The model is
 * opened anew by that; cut and heads stay where they still can. Throws CutpointError `no-model`, `bad-formula` or
 * `cannot-tell`, and then all is as it was.
 */
export async function tellLayer(layer: string, told: Told | null): Promise<ModelSummary> {
  const before = toldLayers()
  const others = before.filter((each) => each.layer !== layer)
  const now = told ? [...others, { layer, told }] : others
  return openTold(now, [...getState().pastTold, before], layer)
}

/** Takes back what a layer was told last. */
export async function undoTelling(): Promise<void> {
  const { pastTold } = getState()
  const before = pastTold.at(-1)
  if (!before) return
  await openTold(before, pastTold.slice(0, -1), differing(before, toldLayers()))
}

/** The first layer of which two tellings say different things. */
function differing(one: readonly ToldLayer[], other: readonly ToldLayer[]): string | undefined {
  const said = (all: readonly ToldLayer[], layer: string): string =>
    JSON.stringify(all.find((each) => each.layer === layer)?.told ?? null)
  return [...one, ...other].map(({ layer }) => layer).find((layer) => said(one, layer) !== said(other, layer))
}

async function openTold(
  told: readonly ToldLayer[],
  pastTold: State['pastTold'],
  layer: string | undefined,
): Promise<ModelSummary> {
  const before = getState()
  let made: Carried = { cut: null, headId: null }
  const summary = await openAgain(
    { told },
    {
      async prepare(worker, opened) {
        const prepared = await carryInputs(before, worker, opened)
        made = await carryCut(before, worker, opened)
        return prepared
      },
      state: () => ({ ...stateAfter(before, made), pastTold }),
    },
  )
  tellLost(before, made)
  const scope = getState().model?.tellable.find((each) => each.layer === layer)?.scope
  if (scope !== undefined) show({ kind: 'scope', name: scope })
  return summary
}

/** What could be brought over to the model as it is now. */
interface Carried {
  readonly cut: CutState | null
  readonly headId: string | null
}

/** The output that is looked at, and the values of the inputs beside the picture. */
async function carryInputs({ model }: State, worker: ComputeWorker['api'], opened: OpenedModel): Promise<OpenedModel> {
  const output = model?.output ?? null
  const isThere = opened.summary.outputs.some(({ name }) => name === output)
  const seen = output !== null && isThere && output !== opened.output ? await worker.chooseOutput(output) : opened
  const values = new Map(model?.otherInputs.map(({ tensor, value }) => [tensor, value]))
  for (const { tensor } of seen.otherInputs) {
    const value = values.get(tensor)
    if (value) await worker.setInput(tensor, value)
  }
  return {
    ...seen,
    otherInputs: seen.otherInputs.map((input) => ({ ...input, value: values.get(input.tensor) ?? input.value })),
  }
}

/** The cut and the current head, if there is still a tensor where they are, and pictures go in where they did. */
async function carryCut({ cut, headId }: State, worker: ComputeWorker['api'], opened: OpenedModel): Promise<Carried> {
  const summary = cut && (await worker.cut(cut.summary.tensors).catch(unlessOther))
  const head = heads.kept(headId ?? '')
  const fits = summary && head && head.preprocessing.input === opened.preprocessing?.input
  if (fits && head.cut.join() === summary.tensors.join()) {
    await worker.restoreHead(head)
    return { cut: { summary }, headId }
  }
  return { cut: summary ? { summary } : null, headId: null }
}

/** Null for a cut that cannot be made any more. Throws whatever else went wrong. */
function unlessOther(error: unknown): null {
  const { code } = asCutpointError(error)
  if (code === 'no-such-tensor' || code === 'cannot-cut') return null
  throw error
}

function stateAfter({ pastCuts, preprocessing, preprocessingKnown }: State, { cut, headId }: Carried): Partial<State> {
  const now = getState().model?.preprocessing
  const isSame = preprocessing !== null && preprocessing.input === now?.input
  return {
    ...heads.take(heads.all(), headId),
    cut,
    pastCuts,
    ...(isSame && { preprocessing, preprocessingKnown }),
  }
}

/** What does not fit any more does not go without a word. */
function tellLost(before: State, { cut, headId }: Carried): void {
  const lostCut = before.cut !== null && cut === null
  const lostHead = before.headId !== null && headId === null
  if (!lostCut && !lostHead) return
  tell({
    kind: 'remark',
    title: lostCut ? toldTexts.lostCut : toldTexts.lostHead,
    text: toldTexts.lostText,
    action: { label: toldTexts.undo, run: () => void undoTelling().catch(tellFailed) },
    stays: true,
  })
}

function tellFailed(error: unknown): void {
  const { message, next } = error instanceof CutpointError ? error : asCutpointError(error)
  tell({ kind: 'error', title: message, text: next })
}
