import type { FoundKept } from '../../kept-training'
import type { Prediction, Preprocessing } from '../../types'
import { exportGraft, type ExportFacts, type TextFile } from '../export/export-graft'
import { featureLengths } from '../../graph/graft/graft'
import { requireMap } from '../../graph/graft/map-at'
import { mapShapeOf } from '../../graph/graft/map-shape'
import type { LabelledImage } from '../features/labelled-image'
import { withVariants } from '../features/variants'
import { createPace } from '../head/pace'
import { probabilitiesOfOne } from '../head/probabilities'
import { requireTrainable, trainHead, type Trained } from '../head/train-head'
import { poolOf } from '../../heads/specs'
import { lazyModule } from '../../lazy-module'
import type { JobContext } from '../jobs'
import { asProbabilities, ownClassifier, ranked } from '../model/classifier'
import { tuningModule } from '../tuning/load'
import { LastingTrainings } from '../tuning/shelf'
import type { TailTraining } from '../tuning/start'
import type { FeatureSource } from '../features/features'
import { featuresAt, featuresAtCut, requireRoomForMaps, type FeatureParts } from './features-at-cut'
import type { SessionParts } from './parts'
import type { MarkedOptions, TrainedHead } from './types'

/** What a head is trained with. */
type TrainingParts = FeatureParts & Pick<SessionParts, 'trainings'>

/** What sees whether a network of one’s own fits, fetched when there is one. */
const fittingModule = lazyModule('What joins a network of your own', () => import('../own/fitting'))

/** What can be done with heads: training one, predicting with it, and exporting it with its trunk. */
export function headCalls(parts: TrainingParts & Pick<SessionParts, 'turns'>) {
  const { turns, held, trainings } = parts
  return {
    /**
     * Computes what features are missing, fits the head and evaluates it. The head is kept for predictions and export; the
     * page gets it too, to bring it to a new worker.
     */
    train: (
      job: string,
      images: readonly LabelledImage[],
      labels: readonly string[],
      preprocessing: Preprocessing,
      options: MarkedOptions,
    ): Promise<TrainedHead> =>
      turns.job(job, (context) => train(parts, { images, labels, preprocessing, options }, context)),

    /** Predicts and exports with a head that was trained before on the same model, by this session or another. */
    restoreHead: (trained: TrainedHead): Promise<void> =>
      turns.inTurn(() => {
        held.trained = trained
      }),

    /** How far a network's training has come that was paused, or ended with its worker; `damaged` where that cannot be read. */
    keptTraining: async (network: string): Promise<FoundKept | 'damaged' | null> => {
      const found = await trainings.find(network)
      return found && found !== 'damaged' ? { ...found.training, onDisk: !trainings.holds(network) } : found
    },

    /** Deletes what is kept of a network's training. */
    forgetTraining: (network: string): Promise<void> => trainings.forget(network),

    /** Goes on without a trained head. */
    forgetHead: (): Promise<void> =>
      turns.inTurn(() => {
        held.trained = null
      }),

    /**
     * Every label with its probability, the most likely first: by the trained head, else by the model's own classifier,
     * whose pictures are prepared as `given` says. Throws `not-trained` where there is neither.
     *
     * @param image a file, or a frame of a camera, which is handed over
     */
    predict: (job: string, image: Blob | ImageBitmap, given: Preprocessing): Promise<Prediction[]> =>
      turns.job(job, (context) => predict(parts, image, given, context)),

    /**
     * The graft as files in a zip, with those of `beside`. Throws `not-trained`, or `not-available` for a format that is
     * not written.
     */
    export: (job: string, format: string, beside: readonly TextFile[] = []): Promise<Blob> =>
      turns.job(job, (context) => exportHead(parts, format, beside, context)),
  }
}

interface Training {
  readonly images: readonly LabelledImage[]
  readonly labels: readonly string[]
  readonly preprocessing: Preprocessing
  readonly options: MarkedOptions
}

async function train(
  parts: TrainingParts,
  { images, labels, preprocessing, options: asked }: Training,
  context: JobContext,
): Promise<TrainedHead> {
  const { held } = parts
  requireTrainable(images, labels)
  const options = await fitting(parts, asked, labels.length)
  const pool = poolOf(options.head.kind, options.head)
  const { infos, graph } = held.model().analysed
  const map =
    pool === 'map' ? requireMap(graph, infos, held.cut) : pool === 'flatten' ? mapShapeOf(graph, infos, held.cut) : null
  const varied = withVariants(images, options.augment, options.seed)
  // Before all that takes its time, as it may be refused.
  const tail = options.tail && (await (await tuningModule()).requireTail(held.model().analysed, held.cut, options.tail))
  if (tail) requireRoomForMaps(parts, tail.tail.freeze, varied.length)
  const keeping = tail && (await keepingOf(parts, { images, labels, preprocessing, options }, context))
  const { rows, backend } = await featuresAtCut(parts, varied, { preprocessing, pool }, context)
  const copies = varied.slice(images.length)
  const lengths = featureLengths(infos, held.cut, graph, pool) ?? undefined
  const given = {
    ...{ images, copies, labels, features: rows, lengths, map, options, backend },
    ...(held.own && { network: held.own }),
  }
  const alone = await trainHead(given, keeping?.found ? withoutEpochs(context) : context)
  const tuning = { given, alone, varied, preprocessing }
  const { head, report } =
    tail && options.tail && keeping
      ? await tune(parts, { ...tuning, keeping, found: tail, options: options.tail }, context)
      : alone
  const trained = { head, report, preprocessing, cut: held.cut }
  held.trained = trained
  return trained
}

/** What keeps this training on its way. */
async function keepingOf(
  { held, trainings }: TrainingParts,
  { labels, preprocessing, options: { mark, ...options } }: Training,
  context: JobContext,
): Promise<TailTraining['keeping']> {
  const { TrainingKeeper } = await tuningModule()
  const base = { labels, preprocessing, options, cut: held.cut }
  if (mark) return TrainingKeeper.open(trainings, { ...base, ...mark }, context)
  const unnamed = { id: '', network: '', on: { photos: '', settings: '' } }
  return TrainingKeeper.open(new LastingTrainings(), { ...base, ...unnamed }, context)
}

/** The same, but for what the head's own training tells of its epochs: those of what is gone on with are shown. */
const withoutEpochs = (context: JobContext): JobContext => ({
  ...context,
  tell: ({ what, done, total }) => context.tell({ what, done, total }),
})

/** The options with what a network of one’s own needs at this cut. Throws CutpointError `no-own-network` or `cannot-join`. */
async function fitting(
  { held }: Pick<FeatureParts, 'held'>,
  options: MarkedOptions,
  labels: number,
): Promise<MarkedOptions> {
  const { head } = options
  if (head.kind !== 'own') return options
  const { graph, infos } = held.model().analysed
  const { fittingOptions } = await fittingModule()
  return { ...options, head: fittingOptions(head, held.own, { graph, infos, cut: held.cut, labels }) }
}

interface Tuning extends Omit<TailTraining, 'maps'> {
  readonly varied: readonly FeatureSource[]
  readonly preprocessing: Preprocessing
}

/** Trains the last layers with the head, on maps at the freeze point. */
async function tune(
  parts: FeatureParts,
  { varied, preprocessing, ...training }: Tuning,
  context: JobContext,
): Promise<Trained> {
  const { freeze } = training.found.tail
  const place = { preprocessing, cut: [freeze], pool: 'flatten' } as const
  const { rows } = await featuresAt(parts, varied, place, context)
  const { tuneHead } = await tuningModule()
  return tuneHead({ ...training, maps: rows }, context)
}

async function predict(
  { held, runners, decoder }: Pick<SessionParts, 'held' | 'runners' | 'decoder'>,
  image: Blob | ImageBitmap,
  given: Preprocessing,
  context: JobContext,
): Promise<Prediction[]> {
  const checkCancelled = (): void => context.checkCancelled()
  const { trained } = held
  const model = await held.modelOfHead()
  const own = trained === null ? ownClassifier(model.analysed) : null
  const { preprocessing, cut } = own ? { ...own, preprocessing: given } : held.head()
  const { runner } = await runners.require(
    model,
    preprocessing,
    { cut, pool: trained?.head.pool ?? 'average' },
    checkCancelled,
  )
  const pixels = await decoder.require()(image, preprocessing)
  const values = await runner.features(pixels, 1, preprocessing, checkCancelled)
  if (!trained) return ranked(own?.labels ?? [], asProbabilities(values))
  const { labels, layers } = trained.head
  return ranked(labels, await probabilitiesOfOne(values, layers, createPace(checkCancelled)))
}

async function exportHead(
  { held }: Pick<SessionParts, 'held'>,
  format: string,
  beside: readonly TextFile[],
  context: JobContext,
): Promise<Blob> {
  const { head, report, preprocessing, cut } = held.head()
  const facts: ExportFacts = { preprocessing, accuracy: report.accuracy, images: report.images, beside }
  // As it was found when its pictures went through the trunk, so that none is compiled for it.
  const oneByOne = report.features.oneByOne ?? false
  const { analysed } = await held.modelOfHead()
  return exportGraft(format, { model: analysed, cut, head, oneByOne }, facts, context)
}
