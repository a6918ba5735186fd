import type { ModelSummary } from '../../types'
import {
  listener,
  type ComputeWorker,
  type ModelSource,
  type OpenChoices,
  type OpenedModel,
} from '../../workers/compute'
import { untilAborted } from '../../workers/life/until-aborted'
import { withoutModel } from '../history/undo-steps'
import { ModelCopy, newModelKey, prepareToKeep } from '../keeping/model-files'
import { emit } from '../state/events'
import { setState, type State } from '../state/state'
import type { KeptModel, ModelState, NamedChoices } from '../state/types'
import { ensureBackend } from '../workers/backend'
import { runJob } from '../workers/jobs'
import { computeWorker, rebuildCompute, withCompute } from '../workers/workers'
import { draw, type Drawing } from './drawing'
import { aboutOpenModel, openGeneration } from './generation'
import { heads } from './heads'
import { keptModel } from './kept-model'
import { requireModel } from './open-model'

/** Milliseconds in which a graph is on screen once its model is open. */
const timeToDraw = 500

/**
 * Opens a model in place of the one that is open, which stays if this fails. Its graph is shown as soon as it is read.
 * Photos and labels stay too. Throws CutpointError.
 */
export function openModel(given: ModelSource, choices: OpenChoices = {}): Promise<ModelSummary> {
  const from = 'url' in given ? { url: absolute(given.url) } : given
  return open({ from, choices: { ...choices, key: newModelKey() }, kept: null, companions: null })
}

/** Opens a model of an earlier visit again, from the files that were kept. Throws CutpointError. */
export function reopenModel(from: ModelSource, kept: KeptModel): Promise<ModelSummary> {
  return open({ from, choices: { ...kept.choices, key: kept.key }, kept, companions: null })
}

/** What is opened together with a model. */
export interface Companions {
  /** Brings the worker to where the rest needs it; `id` is the model's number. If it throws, what was open stays. */
  readonly prepare: (worker: ComputeWorker['api'], opened: OpenedModel, id: number) => Promise<OpenedModel>
  /** What is shown beside the model; asked once nothing can fail any more, and put in the state with it. */
  readonly state: () => Partial<State>
}

/** Opens a model and all that comes with it, or nothing. Throws CutpointError. */
export function openTogether(from: ModelSource, choices: OpenChoices, companions: Companions): Promise<ModelSummary> {
  return open({ from, choices: { ...choices, key: newModelKey() }, kept: null, companions })
}

/** Opens the open model once more, with other choices; what comes with it is `companions`' to bring. Throws `no-model`. */
export async function openAgain(change: Partial<OpenChoices>, companions: Companions): Promise<ModelSummary> {
  requireModel()
  return aboutOpenModel(openingSettled, () => {
    const { from, choices: before, kept } = requireModel()
    const choices = { ...before, ...change }
    return open({ from, choices, kept: kept && keptModel(choices, kept.name, kept.from), companions })
  })
}

/**
 * Settles with all openings that have begun. Each waits in the compute worker for those before, since what comes with a
 * model takes several calls, which must not reach another one.
 */
let opening: Promise<unknown> = Promise.resolve()

/** Resolves once no model is being opened any more; what is open then is what stays. */
export const openingSettled = async (): Promise<void> => {
  await opening
}

/** What is opened, and what comes with it. */
interface Opening {
  readonly from: ModelSource
  readonly choices: NamedChoices
  /** What is kept of it already; null where it is to be kept. */
  readonly kept: KeptModel | null
  readonly companions: Companions | null
}

function open(asked: Opening): Promise<ModelSummary> {
  const before = opening
  const work = openNow(asked, before)
  opening = Promise.allSettled([before, work])
  return work
}

async function openNow(asked: Opening, before: Promise<unknown>): Promise<ModelSummary> {
  const drawing = draw()
  if (asked.kept === null) void prepareToKeep(asked.from)
  const model = await read(drawing, asked, before)
  const { companions } = asked
  const old = openGeneration()
  setState(({ undoSteps }) => ({
    model,
    cut: null,
    advice: null,
    paused: null,
    undoSteps: withoutModel(undoSteps),
    preprocessing: model.preprocessing,
    preprocessingKnown: model.preprocessingKnown,
    rangeMeasured: null,
    heads: [],
    headId: null,
    leftAt: null,
    ...companions?.state(),
  }))
  drawing.keep(old)
  if (!companions) heads.forget()
  emit('model', model.summary)
  void shedMemory(model.summary.bytes).catch(() => undefined)
  // Measured while the user looks at the graph, so that it is known when training begins, but not while it is drawn.
  setTimeout(() => void ensureBackend().catch(() => undefined), timeToDraw)
  return model.summary
}

/** Bytes of WebAssembly's memory that are worth a new worker, and how many times as much as its model a worker may hold. */
const worthIt = 256 * 2 ** 20
const generous = 8

/** WebAssembly's memory never shrinks: a worker that had a much larger model before makes place for one that had not. */
async function shedMemory(modelBytes: number): Promise<void> {
  const { wasmBytes } = await computeWorker().memory()
  if (wasmBytes > worthIt && wasmBytes > generous * modelBytes) await rebuildCompute()
}

/**
 * Has the compute worker read and analyse a model while it is drawn, after those `before`; what was shown comes back if
 * that fails.
 */
async function read(
  drawing: Drawing,
  { from, choices, kept, companions }: Opening,
  before: Promise<unknown>,
): Promise<ModelState> {
  let abandon = (): void => undefined
  const last = { letGo: false }
  try {
    return await runJob('Opening the model', async (job, signal) => {
      await untilAborted(before, signal)
      const copying = new ModelCopy(from, choices.key, job)
      abandon = () => copying.abandon()
      const named = (name: string): void => {
        drawing.named(name)
        if (!kept) copying.begin()
      }
      const openIn = async (worker: ComputeWorker['api']) => {
        last.letGo = false
        const read = await worker.open(job, from, choices, drawing.id, listener(named))
        last.letGo = true
        await drawing.shown
        const prepared = (await companions?.prepare(worker, read, drawing.id)) ?? read
        return { opened: prepared, place: kept ? null : await copying.end(() => worker.modelFiles()) }
      }
      const { opened, place } = await withCompute(openIn, { signal })
      const made = place && keptModel(choices, opened.summary.name, place)
      return { ...opened, id: drawing.id, from, choices, kept: kept ?? made }
    })
  } catch (error) {
    drawing.giveUp()
    abandon()
    // The compute worker has let go of the model before; since this one cannot be shown, it is brought back to that.
    if (last.letGo) await rebuildCompute()
    throw error
  }
}

/** An address as the page means it: relative ones are beside the page. What is no address is left for the worker to refuse. */
function absolute(url: string): string {
  const base = typeof document === 'undefined' ? undefined : document.baseURI
  return URL.canParse(url, base) ? new URL(url, base).href : url
}
