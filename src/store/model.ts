import type { ModelSummary, TensorValue } from '../types'
import type { ModelSource, OpenChoices, OpenedModel } from '../workers/compute'
import { ensureBackend } from './backend'
import { cut } from './cut'
import { emit } from './events'
import { keptHead } from './head'
import { runJob } from './jobs'
import { tellError } from './notices'
import { getState, setState, type ModelState } from './state'
import { clearTried } from './tried'
import { computeWorker, onRebuild, startCompute, whenLost } from './workers'

/** Where the open model came from, to open it again in a new worker. */
let source: { from: ModelSource; choices: OpenChoices } | null = null

/**
 * Opens a model in place of the one that is open, which stays if this fails. Photos and labels stay too.
 * Throws CutpointError.
 */
export async function openModel(given: ModelSource, choices: OpenChoices = {}): Promise<ModelSummary> {
  const from = 'url' in given ? { url: absolute(given.url) } : given
  const opened = await runJob('Opening the model', async (job) => (await computeWorker()).open(job, from, choices))
  source = { from, choices }
  setState({
    model: toState(opened),
    cut: null,
    pastCuts: [],
    preprocessing: opened.preprocessing,
    preprocessingKnown: opened.preprocessingKnown,
    report: null,
    stale: false,
  })
  keptHead.forget()
  clearTried()
  emit('model', opened.summary)
  // Measured while the user looks at the graph, so that it is known when training begins.
  ensureBackend().catch(() => undefined)
  return opened.summary
}

/** Lets recommendations look at another output; the cut stays as it is. */
export async function chooseOutput(tensor: string): Promise<void> {
  const opened = await (await computeWorker()).chooseOutput(tensor)
  setState({ model: toState(opened) })
}

/** Gives an input that is not the picture a value; features computed before no longer count. */
export async function setInputValue(tensor: string, value: TensorValue): Promise<void> {
  await (await computeWorker()).setInput(tensor, value)
  setState(({ model, report }) => ({
    model: model && {
      ...model,
      otherInputs: model.otherInputs.map((input) => (input.tensor === tensor ? { tensor, value } : input)),
    },
    stale: report !== null,
  }))
}

/** Forgets where the model came from. */
export function forgetModel(): void {
  source = null
  keptHead.forget()
  clearTried()
}

onRebuild(async () => {
  if (!source) return
  const worker = startCompute()
  const { model, cut: made } = getState()
  await worker.open('rebuild', source.from, source.choices)
  if (model?.output && model.output !== model.summary.outputs.at(0)?.name) await worker.chooseOutput(model.output)
  for (const { tensor, value } of model?.otherInputs ?? []) if (value) await worker.setInput(tensor, value)
  if (made) await cut(made.summary.tensors, { remember: false, worker })
  const kept = keptHead.get()
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

function toState(opened: OpenedModel): ModelState {
  return { ...opened, byName: new Map(opened.tensors.map((tensor) => [tensor.name, tensor])) }
}
