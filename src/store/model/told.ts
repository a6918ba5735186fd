import { asCutpointError } from '../../errors'
import type { ModelSummary, ToldLayer } from '../../types'
import type { ComputeWorker, OpenedModel } from '../../workers/compute'
import { heads } from './heads'
import { openAgain } from './opening'
import { getState, type State } from '../state/state'
import type { CutState, UndoSteps } from '../state/types'
import { stepsTo } from '../history/undo-steps'
import { show } from '../graph-view/view'

/** What layers are to do, and what comes with the model if it still fits. */
export interface Telling {
  readonly told: readonly ToldLayer[]
  /** The layer that is shown afterwards. */
  readonly layer: string
  readonly cut: readonly string[]
  /** Heads of which the first that fits becomes the current one. */
  readonly headIds: readonly (string | null)[]
  /** What becomes of the steps. */
  readonly steps: (before: UndoSteps) => UndoSteps
}

/**
 * Opens the model again with other tellings; cut and head stay where they still can. Gives what of them could not be
 * brought over. Waits for nobody's turn. Throws CutpointError `no-model`, `bad-formula` or `cannot-tell`, and then all is
 * as it was.
 */
export async function openTold(telling: Telling): Promise<{ summary: ModelSummary; lost: 'cut' | 'head' | null }> {
  const before = getState()
  let made: Carried = { cut: null, headId: null }
  const summary = await openAgain(
    { told: telling.told },
    {
      async prepare(worker, opened, id) {
        const prepared = await carryInputs(before, worker, opened, id)
        made = await carryCut(telling, worker, opened, id)
        return prepared
      },
      state() {
        const now = getState()
        return { ...stateAfter(before, made), undoSteps: telling.steps(stepsTo(now, now.undoSteps)) }
      },
    },
  )
  const scope = getState().model?.tellable.find(({ layer }) => layer === telling.layer)?.scope
  if (scope !== undefined) show({ kind: 'scope', name: scope })
  return { summary, lost: lostOf(telling, made) }
}

/** What could be brought over to the model as it is now. */
interface Carried {
  readonly cut: CutState | null
  readonly headId: string | null
}

/** The output that is looked at, and the values of the inputs beside the picture. */
async function carryInputs(
  { model }: State,
  worker: ComputeWorker['api'],
  opened: OpenedModel,
  id: number,
): Promise<OpenedModel> {
  const output = model?.output ?? null
  const isThere = opened.summary.outputs.some(({ name }) => name === output)
  const seen = output !== null && isThere && output !== opened.output ? await worker.chooseOutput(id, output) : opened
  const values = new Map(model?.otherInputs.map(({ tensor, value }) => [tensor, value]))
  for (const { tensor } of seen.otherInputs) {
    const value = values.get(tensor)
    if (value) await worker.setInput(id, tensor, value)
  }
  return {
    ...seen,
    otherInputs: seen.otherInputs.map((input) => ({ ...input, value: values.get(input.tensor) ?? input.value })),
  }
}

/** The cut and the head, if there is still a tensor where they are, and pictures go in where they did. */
async function carryCut(
  { cut, headIds }: Telling,
  worker: ComputeWorker['api'],
  opened: OpenedModel,
  id: number,
): Promise<Carried> {
  const summary = cut.length > 0 ? await worker.cut(id, cut).catch(unlessOther) : null
  if (!summary) return { cut: null, headId: null }
  for (const headId of headIds) {
    const head = heads.trained(headId ?? '')
    const fits = head?.preprocessing.input === opened.preprocessing?.input
    if (head && fits && head.cut.join() === summary.tensors.join()) {
      await worker.restoreHead(head)
      return { cut: { summary }, headId }
    }
  }
  return { cut: { summary }, headId: null }
}

/** Null for a cut that cannot be made any more. Throws whatever else went wrong. */
function unlessOther(error: unknown): null {
  const { code } = asCutpointError(error)
  if (code === 'no-such-tensor' || code === 'cannot-cut') return null
  throw error
}

function stateAfter(
  { advice, paused, preprocessing, preprocessingKnown }: State,
  { cut, headId }: Carried,
): Partial<State> {
  const now = getState().model?.preprocessing
  const isSame = preprocessing !== null && preprocessing.input === now?.input
  return {
    ...heads.take(heads.all(), headId),
    cut,
    advice,
    paused,
    ...(isSame && { preprocessing, preprocessingKnown }),
  }
}

function lostOf({ cut, headIds }: Telling, made: Carried): 'cut' | 'head' | null {
  if (cut.length > 0 && made.cut === null) return 'cut'
  return headIds.some((id) => id !== null) && made.headId === null ? 'head' : null
}
