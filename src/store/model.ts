import type { ModelSummary, TensorSummary, TensorValue } from '../types'
import { listener, type ModelSource, type OpenChoices } from '../workers/compute'
import { ensureBackend } from './backend'
import { cut } from './cut'
import { draw, forgetDrawn, withNewFacts, type Drawing } from './drawing'
import { emit } from './events'
import { heads } from './heads'
import { runJob } from './jobs'
import { tellError } from './notices'
import { getState, setState, type ModelState } from './state'
import { clearTried } from './tried'
import { computeWorker, onRebuild, rebuildCompute, startCompute, whenLost } from './workers'

/** Where the open model came from, to open it again in a new worker. */
let source: { from: ModelSource; choices: OpenChoices } | null = null

/**
 * Opens a model in place of the one that is open, which stays if this fails. Its graph is shown as soon as it is read.
 * Photos and labels stay too. Throws CutpointError.
 */
export async function openModel(given: ModelSource, choices: OpenChoices = {}): Promise<ModelSummary> {
  const from = 'url' in given ? { url: absolute(given.url) } : given
  const drawing = draw()
  const model = await read(drawing, from, choices)
  drawing.keep()
  source = { from, choices }
  setState({
    model,
    cut: null,
    pastCuts: [],
    preprocessing: model.preprocessing,
    preprocessingKnown: model.preprocessingKnown,
    report: null,
    stale: false,
  })
  heads.forget()
  clearTried()
  emit('model', model.summary)
  // Measured while the user looks at the graph, so that it is known when training begins.
  ensureBackend().catch(() => undefined)
  return model.summary
}

/** Has the compute worker read and analyse a model while it is drawn; what was shown before comes back if that fails. */
async function read(drawing: Drawing, from: ModelSource, choices: OpenChoices): Promise<ModelState> {
  try {
    return await runJob('Opening the model', async (job) => {
      const worker = await computeWorker()
      const opened = await worker.open(job, from, choices, drawing.id, listener(drawing.named))
      // The compute worker has let go of the model before; if this one cannot be shown, it is brought back to that.
      await drawing.shown.catch(async (error: unknown) => {
        await rebuildCompute()
        throw error
      })
      return { ...opened, id: drawing.id }
    })
  } catch (error) {
    drawing.giveUp()
    throw error
  }
}

/** Lets recommendations look at another output; the cut stays as it is. */
export async function chooseOutput(tensor: string): Promise<void> {
  const { model } = getState()
  if (!model) return
  const { id } = model
  const opened = await withNewFacts(id, async () => (await computeWorker()).chooseOutput(tensor))
  setState(({ model: now }) => (now?.id === id ? { model: { ...opened, id } } : {}))
}

/** Gives an input that is not the picture a value; features computed before no longer count. */
export async function setInputValue(tensor: string, value: TensorValue): Promise<void> {
  await (await computeWorker()).setInput(tensor, value)
  setState(({ model, report }) => ({
    model: model && {
      ...model,
      otherInputs: model.otherInputs.map((input) => (input.tensor === tensor ? { ...input, value } : input)),
    },
    stale: report !== null,
  }))
}

/** What is known of every tensor of the open model, in the order of its graph. Throws CutpointError `no-model`. */
export async function tensors(): Promise<TensorSummary[]> {
  return (await computeWorker()).tensors()
}

/** Forgets the model and where it came from. */
export function forgetModel(): void {
  source = null
  forgetDrawn()
  heads.forget()
  clearTried()
}

onRebuild(async () => {
  const { model, cut: made } = getState()
  if (!source || !model) return
  const worker = startCompute()
  await worker.open('rebuild', source.from, { ...source.choices, seen: true }, model.id)
  if (model.output !== null && model.output !== model.summary.outputs.at(0)?.name) {
    await worker.chooseOutput(model.output)
  }
  for (const { tensor, value } of model.otherInputs) if (value) await worker.setInput(tensor, value)
  if (made) await cut(made.summary.tensors, { remember: false, worker })
  const kept = heads.current()
  if (kept) await worker.restoreHead(kept)
})

whenLost((error) => {
  forgetModel()
  setState({ model: null, cut: null, pastCuts: [], preprocessing: null, report: null, stale: false })
  tellError(error)
})

/** An address as the page means it: relative ones are beside the page. What is no address is left for the worker to refuse. */
function absolute(url: string): string {
  return URL.canParse(url, document.baseURI) ? new URL(url, document.baseURI).href : url
}
