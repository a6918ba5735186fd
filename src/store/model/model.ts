import { asCutpointError, CutpointError, type ErrorCode } from '../../errors'
import type { PickedFile } from '../../images/drop'
import { keepingTexts } from '../../texts/page/keeping'
import { workerTexts } from '../../texts/page/workers'
import type { ModelSummary, TensorSummary, TensorValue, ToldLayer } from '../../types'
import {
  listener,
  type ComputeWorker,
  type ModelSource,
  type OpenChoices,
  type OpenedModel,
} from '../../workers/compute'
import { ensureBackend } from '../workers/backend'
import { draw, forgetDrawn, withNewFacts, type Drawing } from './drawing'
import { emit } from '../state/events'
import { heads } from './heads'
import { runJob } from '../workers/jobs'
import { ModelCopy, newModelKey, type ModelFile } from '../keeping/model-files'
import { tell } from '../page/notices'
import { getState, setState, type State } from '../state/state'
import type { KeptModel, ModelState } from '../state/types'
import { withoutModel } from '../history/undo-steps'
import { computeWorker, rebuildCompute, withCompute } from '../workers/workers'

/** Where the open model came from, to open it again in a new worker. */
let source: { readonly from: ModelSource; choices: NamedChoices } | null = null

/** Milliseconds in which a graph is on screen once its model is open. */
const timeToDraw = 500

/** How a model is opened, and the key that names it in what is kept. */
type NamedChoices = OpenChoices & { readonly key: string }

/**
 * Opens a model in place of the one that is open, which stays if this fails. Its graph is shown as soon as it is read.
 * Photos and labels stay too. Throws CutpointError.
 */
export function openModel(given: ModelSource, choices: OpenChoices = {}): Promise<ModelSummary> {
  const from = 'url' in given ? { url: absolute(given.url) } : given
  return open(from, { ...choices, key: newModelKey() }, null)
}

/** Opens a model of an earlier visit again, from the files that were kept. Throws CutpointError. */
export function reopenModel(from: ModelSource, kept: KeptModel): Promise<ModelSummary> {
  return open(from, { ...kept.choices, key: kept.key }, kept)
}

/** What is opened together with a model. */
export interface Companions {
  /** Brings the worker to where the rest needs it. If it throws, what was open stays. */
  readonly prepare: (worker: ComputeWorker['api'], opened: OpenedModel) => Promise<OpenedModel>
  /** What is shown beside the model; asked once nothing can fail any more, and put in the state with it. */
  readonly state: () => Partial<State>
}

/** Opens a model and all that comes with it, or nothing. Throws CutpointError. */
export function openTogether(from: ModelSource, choices: OpenChoices, companions: Companions): Promise<ModelSummary> {
  return open(from, { ...choices, key: newModelKey() }, null, companions)
}

/** Opens the open model once more, with other choices; what comes with it is `companions`' to bring. Throws `no-model`. */
export function openAgain(change: Partial<OpenChoices>, companions: Companions): Promise<ModelSummary> {
  const { model } = getState()
  if (!source || !model) return Promise.reject(noModel())
  const choices = { ...source.choices, ...change }
  return open(source.from, choices, model.kept && keptModel(choices, model.kept.name, model.kept.from), companions)
}

/** What the layers of the open model were told to do. */
export const toldLayers = (): readonly ToldLayer[] => source?.choices.told ?? []

/** The files of the open model, as they were opened. Throws CutpointError `no-model`. */
export async function modelFiles(): Promise<readonly ModelFile[]> {
  return source && 'files' in source.from ? source.from.files : computeWorker().modelFiles()
}

/** The main file that was chosen among those of the open model; null where there was no choice. */
export const chosenFile = (): string | null => source?.choices.choose ?? null

/** The classes' names that were given to the open model after it was opened; null where none were. */
export const givenLabels = (): readonly string[] | null => source?.choices.labels ?? null

/** Settles with all openings that have begun. */
let opening: Promise<unknown> = Promise.resolve()

/** Resolves once no model is being opened any more; what is open then is what stays. */
export const openingSettled = async (): Promise<void> => {
  await opening
}

function open(
  from: ModelSource,
  choices: NamedChoices,
  kept: KeptModel | null,
  companions: Companions | null = null,
): Promise<ModelSummary> {
  const work = openNow(from, choices, kept, companions)
  opening = Promise.allSettled([opening, work])
  return work
}

async function openNow(
  from: ModelSource,
  choices: NamedChoices,
  kept: KeptModel | null,
  companions: Companions | null,
): Promise<ModelSummary> {
  const drawing = draw()
  const model = await read(drawing, from, choices, kept, companions)
  drawing.keep()
  source = { from, choices }
  setState(({ undoSteps }) => ({
    model,
    cut: null,
    undoSteps: withoutModel(undoSteps),
    preprocessing: model.preprocessing,
    preprocessingKnown: model.preprocessingKnown,
    rangeMeasured: null,
    heads: [],
    headId: null,
    leftAt: null,
    ...companions?.state(),
  }))
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

/** Has the compute worker read and analyse a model while it is drawn; what was shown before comes back if that fails. */
async function read(
  drawing: Drawing,
  from: ModelSource,
  choices: NamedChoices,
  kept: KeptModel | null,
  companions: Companions | null,
): Promise<ModelState> {
  let abandon = (): void => undefined
  const before = { letGo: false }
  try {
    return await runJob('Opening the model', async (job, signal) => {
      const copying = new ModelCopy(from, choices.key, job)
      abandon = () => copying.abandon()
      const named = (name: string): void => {
        drawing.named(name)
        if (!kept) copying.begin()
      }
      const openIn = async (worker: ComputeWorker['api']) => {
        before.letGo = false
        const read = await worker.open(job, from, choices, drawing.id, listener(named))
        before.letGo = true
        await drawing.shown
        const prepared = (await companions?.prepare(worker, read)) ?? read
        return { opened: prepared, place: kept ? null : await copying.end(() => worker.modelFiles()) }
      }
      const { opened, place } = await withCompute(openIn, { signal })
      const made = place && keptModel(choices, opened.summary.name, place)
      return { ...opened, id: drawing.id, kept: kept ?? made }
    })
  } catch (error) {
    drawing.giveUp()
    abandon()
    // The compute worker has let go of the model before; since this one cannot be shown, it is brought back to that.
    if (before.letGo) await rebuildCompute()
    throw error
  }
}

const keptModel = (
  { key, allowLarge, patient, choose, labels, told }: NamedChoices,
  name: string,
  from: KeptModel['from'],
): KeptModel => ({
  key,
  name,
  from,
  choices: {
    ...(allowLarge !== undefined && { allowLarge }),
    ...(patient !== undefined && { patient }),
    ...(choose !== undefined && { choose }),
    ...(labels && { labels }),
    ...(told && told.length > 0 && { told }),
  },
})

/** Keeps the files of the open model where they are not kept, as there was no room when it was opened. */
export async function keepOpenModel(): Promise<void> {
  const { model } = getState()
  if (!source || !model || model.kept) return
  const { from, choices } = source
  const place = await runJob(keepingTexts.keepingModel, (job) => new ModelCopy(from, choices.key, job).end(modelFiles))
  setState(({ model: now }) =>
    place && now?.id === model.id ? { model: { ...now, kept: keptModel(choices, now.summary.name, place) } } : {},
  )
}

/** Lets recommendations look at another output; the cut stays as it is. */
export async function chooseOutput(tensor: string): Promise<void> {
  const { model } = getState()
  if (!model) return
  const { id } = model
  const opened = await withNewFacts(id, async () => computeWorker().chooseOutput(tensor))
  setState(({ model: now }) => (now?.id === id ? { model: { ...now, ...opened } } : {}))
}

/** Names the classes of the open model after the labels in a file. Throws `no-model` or `bad-labels`. */
export async function nameClasses(file: PickedFile): Promise<readonly string[]> {
  const { path, blob } = file
  // A model that is being opened has no number yet: labels are those of the one that is open.
  const id = getState().model?.id ?? 0
  const opened = await computeWorker().nameClasses(id, { path, blob })
  const labels = opened.summary.labels ?? []
  const { model } = getState()
  if (model?.id !== id) return labels
  if (source) source.choices = { ...source.choices, labels }
  const kept = model.kept && { ...model.kept, choices: { ...model.kept.choices, labels } }
  setState({ model: { ...model, ...opened, kept } })
  return labels
}

/** Gives an input that is not the picture a value; features computed before no longer count. */
export async function setInputValue(tensor: string, value: TensorValue): Promise<void> {
  await computeWorker().setInput(tensor, value)
  setState(({ model }) => ({
    model: model && {
      ...model,
      otherInputs: model.otherInputs.map((input) => (input.tensor === tensor ? { ...input, value } : input)),
    },
  }))
}

/** What is known of every tensor of the open model, in the order of its graph. Throws CutpointError `no-model`. */
export async function tensors(): Promise<TensorSummary[]> {
  return computeWorker().tensors()
}

/** Forgets the model and where it came from. */
export function forgetModel(): void {
  source = null
  forgetDrawn()
  heads.forget()
}

/** Opens the open model in a new compute worker. */
export async function restoreModel(worker: ComputeWorker['api']): Promise<void> {
  const id = getState().model?.id
  if (source && id !== undefined) await worker.open('rebuild', source.from, { ...source.choices, seen: true }, id)
}

/** Has a new compute worker look at the output that was chosen. */
export async function restoreOutput(worker: ComputeWorker['api']): Promise<void> {
  const { model } = getState()
  const output = model?.output ?? null
  if (output !== null && output !== model?.summary.outputs.at(0)?.name) await worker.chooseOutput(output)
}

/** Gives a new compute worker the values of the inputs beside the picture. */
export async function restoreInputs(worker: ComputeWorker['api']): Promise<void> {
  for (const { tensor, value } of getState().model?.otherInputs ?? []) if (value) await worker.setInput(tensor, value)
}

/** A new compute worker cannot be brought to the open model. Whether the page goes on without it, which is told then. */
export function goOnWithoutModel(error: unknown): boolean {
  const { model } = getState()
  if (!model) return true
  const { code, message, next } = asCutpointError(error)
  // The network may be there again when the model is next needed.
  if (unreachable.has(code)) return false
  // First of all, so that what is kept of the model stays for another visit.
  setState(({ undoSteps }) => ({ model: null, cut: null, undoSteps: withoutModel(undoSteps), preprocessing: null }))
  forgetModel()
  tell({ kind: 'error', title: workerTexts.lostTitle(model.summary.name), text: `${message} ${next}` })
  return true
}

const unreachable: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['url-unreachable', 'url-status', 'url-blocked'])

const noModel = (): CutpointError =>
  new CutpointError('no-model', 'No model is open.', 'Drop a model on the page, or open the built-in sample.')

/** An address as the page means it: relative ones are beside the page. What is no address is left for the worker to refuse. */
function absolute(url: string): string {
  return URL.canParse(url, document.baseURI) ? new URL(url, document.baseURI).href : url
}
