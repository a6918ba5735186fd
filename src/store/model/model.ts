import type { PickedFile } from '../../images/drop'
import { keepingTexts } from '../../texts/page/keeping'
import type { TensorSummary, TensorValue, ToldLayer } from '../../types'
import { ModelCopy, type ModelFile } from '../keeping/model-files'
import { getState } from '../state/state'
import { runJob } from '../workers/jobs'
import { computeWorker } from '../workers/workers'
import { withNewFacts } from './drawing'
import { aboutOpenModel, openGeneration } from './generation'
import { keptModel } from './kept-model'
import { changeModel, requireModel } from './open-model'

/** What the layers of the open model were told to do. */
export const toldLayers = (): readonly ToldLayer[] => getState().model?.choices.told ?? []

/** The files of the open model, as they were opened. Throws CutpointError `no-model`, or `cancelled` with another model. */
export async function modelFiles(): Promise<readonly ModelFile[]> {
  const { from } = requireModel()
  return 'files' in from
    ? from.files
    : aboutOpenModel(
        () => computeWorker().modelFiles(),
        (files) => files,
      )
}

/** Keeps the files of the open model where they are not kept, as there was no room when it was opened. */
export async function keepOpenModel(): Promise<void> {
  const { model } = getState()
  if (!model || model.kept) return
  const { id, from, choices } = model
  const place = await runJob(keepingTexts.keepingModel, (job) => new ModelCopy(from, choices.key, job).end(modelFiles))
  if (place) changeModel(id, (now) => ({ kept: keptModel(now.choices, now.summary.name, place) }))
}

/** Lets recommendations look at another output; the cut stays as it is. */
export async function chooseOutput(tensor: string): Promise<void> {
  const { model } = getState()
  if (!model) return
  const { id } = model
  const opened = await withNewFacts(id, async () => computeWorker().chooseOutput(id, tensor))
  changeModel(id, () => opened)
}

/** Names the classes of the open model after the labels in a file. Throws `no-model` or `bad-labels`. */
export async function nameClasses(file: PickedFile): Promise<readonly string[]> {
  const { path, blob } = file
  // A model that is being opened has no number yet: labels are those of the one that is open.
  const id = openGeneration()
  const opened = await computeWorker().nameClasses(id, { path, blob })
  const labels = opened.summary.labels ?? []
  changeModel(id, ({ choices, kept }) => ({
    ...opened,
    choices: { ...choices, labels },
    kept: kept && { ...kept, choices: { ...kept.choices, labels } },
  }))
  return labels
}

/** Gives an input that is not the picture a value; features computed before no longer count. */
export async function setInputValue(tensor: string, value: TensorValue): Promise<void> {
  const id = openGeneration()
  await computeWorker().setInput(id, tensor, value)
  changeModel(id, ({ otherInputs }) => ({
    otherInputs: otherInputs.map((input) => (input.tensor === tensor ? { ...input, value } : input)),
  }))
}

/** What is known of every tensor of the open model, in the order of its graph. Throws CutpointError `no-model`. */
export async function tensors(): Promise<TensorSummary[]> {
  return computeWorker().tensors()
}
