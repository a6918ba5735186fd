import { CutpointError } from '../../errors'
import { readLabels } from '../../formats/labels/find'
import { blobFile, readAll } from '../../formats/source'
import type { TensorSummary, TensorValue } from '../../types'
import { factsOf, requireTensors, summarise, toOpened, towards } from '../model/analyse'
import { requireFitting } from '../model/classifier'
import type { OpenedModel } from '../model/types'
import { requireAsTaken } from '../run/flags'
import { toTensor } from '../run/tensors'
import { openInPlace, type OpeningParts } from './open-model'
import type { SessionParts } from './parts'
import type { ModelSource, OpenChoices } from './types'

type Parts = OpeningParts & Pick<SessionParts, 'turns'>

/** What can be asked of models as a whole: opening one, what it is made of, and what is chosen of it. */
export function modelCalls(parts: Parts) {
  const { turns } = parts
  return {
    /**
     * Reads a model, says its name, sends its graph to the view under the number `id`, and analyses it. What was open
     * stays until the new one is whole; then its cut, features and head go. Throws CutpointError for anything that is
     * not a model that can be read.
     */
    open: (
      job: string,
      source: ModelSource,
      choices: OpenChoices,
      id: number,
      named: (name: string) => void = () => undefined,
    ): Promise<OpenedModel> => turns.job(job, (context) => openInPlace(parts, { source, choices, id, named }, context)),

    /** The files the model was read from. Throws `no-model`. */
    modelFiles: (): Promise<{ path: string; blob: Blob }[]> => turns.inTurn(() => modelFiles(parts)),

    /**
     * Gives the model of that number the labels in a file. Throws `no-model` where another has been opened meanwhile, or
     * `bad-labels` with the reason if they do not fit its output.
     */
    nameClasses: (model: number, file: { readonly path: string; readonly blob: Blob }): Promise<OpenedModel> =>
      turns.inTurn(() => nameClasses(parts, model, file)),

    /**
     * Looks at another output of the model of that number for its recommendations. Throws `cancelled` where another has
     * been opened meanwhile, or `no-such-tensor`.
     */
    chooseOutput: (model: number, tensor: string): Promise<OpenedModel> =>
      turns.inTurn(() => chooseOutput(parts, model, tensor)),

    /** What is known of every tensor, in the order of the graph. Throws `no-model`. */
    tensors: (): Promise<TensorSummary[]> => turns.inTurn(() => summarise(parts.held.model().analysed)),

    /**
     * Sets the value of an input that is not the image, of the model of that number. Throws `cancelled` where another has
     * been opened meanwhile, `no-such-tensor` or `bad-feed`.
     */
    setInput: (model: number, tensor: string, value: TensorValue): Promise<void> =>
      turns.inTurn(() => setInput(parts, model, tensor, value)),
  }
}

function modelFiles({ held }: Pick<Parts, 'held'>): Promise<{ path: string; blob: Blob }[]> {
  const { files } = held.model()
  return Promise.all(
    files.map(async (file) => ({ path: file.path, blob: file.blob ?? new Blob([await readAll(file)]) })),
  )
}

async function nameClasses(
  { held }: Pick<Parts, 'held'>,
  model: number,
  file: { readonly path: string; readonly blob: Blob },
): Promise<OpenedModel> {
  const { analysed, id } = held.model()
  if (id !== model) throw openedMeanwhile(file.path)
  const labels = (await readLabels(blobFile(file.path, file.blob))) ?? []
  requireFitting(analysed, labels, file.path)
  const named = { ...analysed, read: { ...analysed.read, labels } }
  held.update(named)
  return toOpened(named)
}

async function chooseOutput(
  { held, feed }: Pick<Parts, 'held' | 'feed'>,
  model: number,
  tensor: string,
): Promise<OpenedModel> {
  const { analysed, id } = held.model(model)
  requireTensors(analysed, [tensor])
  const again = towards(analysed, tensor)
  held.update(again)
  // Whoever asks the view after this must get the new ones.
  await feed.facts(id, factsOf(again))
  return toOpened(again)
}

function setInput(
  { held, runners }: Pick<Parts, 'held' | 'runners'>,
  model: number,
  tensor: string,
  value: TensorValue,
): void {
  const { analysed } = held.model(model)
  requireTensors(analysed, [tensor])
  requireAsTaken(analysed, tensor, value)
  toTensor(tensor, value).dispose()
  analysed.otherFeeds.set(tensor, value)
  runners.drop()
}

function openedMeanwhile(path: string): CutpointError {
  return new CutpointError(
    'no-model',
    `Another model was opened before it could take the labels in “${path}”.`,
    'Drop them again if they are of the model that is open now.',
    { path },
  )
}
