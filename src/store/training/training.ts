import { completeAugment } from '../../augment-options'
import { CutpointError } from '../../errors'
import { completeHead } from '../../heads/specs'
import { labelsCsv, reportCsv, reportJson } from '../../keeping/report-file'
import type { HeadReport, Preprocessing, TrainAsked } from '../../types'
import type { LabelledImage, TrainedHead } from '../../workers/compute'
import { completeTail } from '../../tail-options'
import { ensureBackend } from '../workers/backend'
import { emit } from '../state/events'
import { heads } from '../model/heads'
import { rangeSettled } from './input-range'
import { runJob, throwIfCancelled } from '../workers/jobs'
import { checkOptions, checkPreprocessing } from './options'
import { newId } from '../state/ids'
import { bringBackSettings, ended, markOf, stoppedBy } from './paused'
import { dealAgain } from '../photos/photos'
import { getState, setState, type State } from '../state/state'
import { currentReport, trainingKey } from './trained-on'
import { withMatrices } from './with-matrices'
import { computeWorker } from '../workers/workers'

/** Settings of the training; what is left out stays. Changed shares deal the photos again that were not pinned. */
export function setOptions({ head, tail, augment, ...change }: TrainAsked): void {
  const { options } = getState()
  const next = {
    ...options,
    ...change,
    ...(head && { head: completeHead(head) }),
    ...(augment && { augment: completeAugment(augment) }),
    ...(tail !== undefined && { tail: tail && completeTail(tail) }),
  }
  checkOptions(next)
  setState({ options: next })
  const shares = JSON.stringify(next.split) !== JSON.stringify(options.split)
  if (shares || next.seed !== options.seed) dealAgain()
}

/** Sets how pictures are prepared; from then on it counts as known. Throws `bad-option`, `no-model`, `no-image-input`. */
export function setPreprocessing(change: Partial<Preprocessing>): void {
  const preprocessing = { ...requirePreprocessing(), ...change, how: change.how ?? 'set by hand' }
  const { model } = getState()
  if (model) checkPreprocessing(preprocessing, model)
  setState({ preprocessing, preprocessingKnown: true })
}

/** How pictures are prepared, once it is measured where it can be. Throws `no-model` or `no-image-input`. */
export async function settledPreprocessing(): Promise<Preprocessing> {
  requirePreprocessing()
  await rangeSettled()
  return requirePreprocessing()
}

/** How pictures are prepared. Throws `no-model` or `no-image-input`. */
export function requirePreprocessing(): Preprocessing {
  const { model, preprocessing } = getState()
  if (!model) {
    throw new CutpointError('no-model', 'No model is open.', 'Drop a model on the page, or open the built-in sample.')
  }
  if (!preprocessing) throw noImageInput(model.noPicture)
  return preprocessing
}

/** Trains a head on the photos at the cut, with the settings given for this and later runs. */
export function train(change: TrainAsked = {}): Promise<HeadReport> {
  setOptions(change)
  return trainAs(newId('training'))
}

/** Goes on with the training that is paused. Throws CutpointError `cannot-resume`. */
export async function resumeTraining(): Promise<HeadReport> {
  return trainAs((await bringBackSettings()).id)
}

/** Trains as the training of that name, which is gone on with where it is kept. */
async function trainAs(id: string): Promise<HeadReport> {
  let asked = getState()
  try {
    const trained = await runJob('Training', async (job, signal) => {
      await rangeSettled()
      throwIfCancelled(signal)
      asked = getState()
      const trained = await trainOn(asked, job, signal, id)
      // Still work: until the new head is the current one, the one before it would be trained again for these settings.
      await heads.add(trained, asked, null)
      return trained
    })
    await ended(id, asked)
    emit('trained', withMatrices(trained.report))
    return trained.report
  } catch (error) {
    // What was cancelled, or cannot be done, is not begun again by itself.
    setState({ leftAt: trainingKey(asked) })
    await stoppedBy(error, id, asked)
    throw error
  }
}

/** Has the compute worker train a head on what there is in `state`. */
export async function trainOn(state: State, job: string, signal: AbortSignal, id?: string): Promise<TrainedHead> {
  const preprocessing = requirePreprocessing()
  await ensureBackend()
  const images = labelledImages(state)
  const mark = id === undefined ? null : markOf(state, id)
  const options = { ...state.options, ...(mark && { mark }) }
  if (options.head.kind === 'own') await computeWorker().useOwnNetwork(state.ownNetwork)
  const trained = await computeWorker({ signal }).train(job, images, [...state.labels], preprocessing, options)
  if (!state.preprocessingKnown) {
    trained.report.warnings.unshift('How this network wants its pictures was assumed; check it under “Photos”.')
  }
  return trained
}

/** Photos as the compute worker takes them. */
export const labelledImages = ({ photos }: Pick<State, 'photos'>): LabelledImage[] =>
  photos.map(({ id, name, hash, label, part, group, perceptualHash }) => ({
    ...{ id, name, hash, label, part, group, perceptualHash },
  }))

/** The trained graft in a format, by the name of its writer. Throws `not-trained` or `not-available`. */
export async function exportModel(format: string): Promise<Blob> {
  const state = getState()
  const { photos } = state
  const report = currentReport(state)
  const beside = report
    ? [
        { path: 'report.json', text: reportJson(report, photos) },
        { path: 'report.csv', text: reportCsv(report, photos) },
        { path: 'report-labels.csv', text: labelsCsv(report) },
      ]
    : []
  return runJob('Exporting', (job, signal) => computeWorker({ signal }).export(job, format, beside))
}

function noImageInput(why: string | null): CutpointError {
  return new CutpointError(
    'no-image-input',
    `This model takes no pictures. ${why ?? ''}`.trim(),
    'Open a model whose input is a picture, such as an image classifier.',
  )
}
