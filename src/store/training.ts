import { CutpointError } from '../errors'
import type { ExportFormat, Part, Prediction, Preprocessing, TrainOptions, TrainReport } from '../types'
import { ensureBackend } from './backend'
import { emit } from './events'
import { newId } from './ids'
import { runJob } from './jobs'
import { dealAgain } from './photos'
import { getState, setState } from './state'
import { computeWorker } from './workers'

/** Settings of the training; what is left out stays. Changed shares deal the photos again that were not pinned. */
export function setOptions(change: Partial<TrainOptions>): void {
  const { options, report } = getState()
  const next = { ...options, ...change }
  checkOptions(next)
  setState({ options: next, stale: report !== null })
  const shares = JSON.stringify(next.split) !== JSON.stringify(options.split)
  if (shares || next.seed !== options.seed) dealAgain()
}

/** Sets how pictures are prepared; from then on it counts as known. */
export function setPreprocessing(change: Partial<Preprocessing>): void {
  const { preprocessing, report } = getState()
  if (!preprocessing) throw noImageInput()
  setState({
    preprocessing: { ...preprocessing, ...change, how: change.how ?? 'set by hand' },
    preprocessingKnown: true,
    stale: report !== null,
  })
}

/** How pictures are prepared. Throws `no-model` or `no-image-input`. */
export function requirePreprocessing(): Preprocessing {
  const { model, preprocessing } = getState()
  if (!model) {
    throw new CutpointError('no-model', 'No model is open.', 'Drop a model on the page, or open the built-in sample.')
  }
  if (!preprocessing) throw noImageInput()
  return preprocessing
}

/** Trains a head on the photos at the cut, with the settings given for this and later runs. */
export async function train(change: Partial<TrainOptions> = {}): Promise<TrainReport> {
  setOptions(change)
  const preprocessing = requirePreprocessing()
  const { photos, labels, options, preprocessingKnown } = getState()
  const report = await runJob('Training', async (job) => {
    await ensureBackend()
    const images = photos.map(({ id, name, hash, blob, label, part }) => ({ id, name, hash, blob, label, part }))
    return (await computeWorker()).train(job, images, [...labels], preprocessing, options)
  })
  if (!preprocessingKnown) {
    report.warnings.unshift('How this network wants its pictures was assumed; check it under “Photos”.')
  }
  setState({ report, stale: false, tried: [] })
  emit('trained', report)
  return report
}

/** All labels with their probabilities for a picture, by the head or by the model's own classifier. Throws `not-trained`. */
export async function predict(image: Blob): Promise<Prediction[]> {
  const preprocessing = requirePreprocessing()
  return runJob('Looking at the photo', async (job) => {
    await ensureBackend()
    return (await computeWorker()).predict(job, image, preprocessing)
  })
}

/** Tries a photo: its prediction is shown, the newest first. */
export async function tryPhoto(image: Blob, name: string): Promise<void> {
  const predictions = await predict(image)
  const entry = { id: newId('tried'), name, url: URL.createObjectURL(image), predictions }
  setState(({ tried }) => {
    tried.slice(11).forEach((old) => URL.revokeObjectURL(old.url))
    return { tried: [entry, ...tried].slice(0, 12) }
  })
}

/** The trained graft as a zip of files. Throws `not-trained` or `not-available`. */
export async function exportModel(format: ExportFormat | (string & {})): Promise<Blob> {
  return runJob('Exporting', async (job) => (await computeWorker()).export(job, format))
}

/** Features of the photos of a part (or of all) at the cut, as the head sees them before standardising. */
export async function features(part?: Part): Promise<{ shape: number[]; data: Float32Array; labels: string[] }> {
  const preprocessing = requirePreprocessing()
  const photos = getState().photos.filter((photo) => part === undefined || photo.part === part)
  const rows = await runJob('Computing features', async (job) => {
    await ensureBackend()
    const images = photos.map(({ id, name, hash, blob }) => ({ id, name, hash, blob }))
    return (await computeWorker()).features(job, images, preprocessing)
  })
  return { shape: [photos.length, rows.length], data: rows.data, labels: photos.map((photo) => photo.label) }
}

function checkOptions({ head, split }: TrainOptions): void {
  const shares = Object.values(split)
  const sum = shares.reduce((total, share) => total + share, 0)
  if (shares.some((share) => !(share >= 0)) || !(sum > 0) || !(split.train > 0)) {
    throw new CutpointError(
      'bad-option',
      'The shares of train, validation and test do not add up.',
      'Give each a number of 0 or more, and train more than 0.',
    )
  }
  if (head.kind === 'linear' && !(head.l2 > 0 && Number.isFinite(head.l2))) {
    throw new CutpointError('bad-option', 'The penalty l2 must be a number above 0.', 'Use something like 0.01.')
  }
}

function noImageInput(): CutpointError {
  return new CutpointError(
    'no-image-input',
    'This model takes no pictures.',
    'Open a model whose input is a picture, such as an image classifier.',
  )
}
