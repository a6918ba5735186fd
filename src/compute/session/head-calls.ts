import type { Prediction, Preprocessing, TrainOptions } from '../../types'
import { exportGraft, type ExportFacts, type TextFile } from '../export/export-graft'
import { featureLengths } from '../../graph/graft/graft'
import { mapShapeOf } from '../../graph/graft/map-shape'
import type { LabelledImage } from '../features/labelled-image'
import { withVariants } from '../features/variants'
import { createPace } from '../head/pace'
import { probabilitiesOfOne } from '../head/probabilities'
import { requireTrainable, trainHead, type Trained } from '../head/train-head'
import { poolOf } from '../../heads/specs'
import type { JobContext } from '../jobs'
import { asProbabilities, ownClassifier, ranked } from '../model/classifier'
import { tuningModule } from '../tuning/load'
import type { TailTraining } from '../tuning/start'
import type { FeatureSource } from '../features/features'
import { featuresAt, featuresAtCut, requireRoomForMaps, type FeatureParts } from './features-at-cut'
import type { SessionParts } from './parts'
import type { TrainedHead } from './types'

/** What can be done with heads: training one, predicting with it, and exporting it with its trunk. */
export function headCalls(parts: FeatureParts & Pick<SessionParts, 'turns'>) {
  const { turns, held } = parts
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
      options: TrainOptions,
    ): Promise<TrainedHead> =>
      turns.job(job, (context) => train(parts, { images, labels, preprocessing, options }, context)),

    /** Predicts and exports with a head that was trained before on the same model, by this session or another. */
    restoreHead: (trained: TrainedHead): Promise<void> =>
      turns.inTurn(() => {
        held.trained = trained
      }),

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
  readonly options: TrainOptions
}

async function train(
  parts: FeatureParts,
  { images, labels, preprocessing, options }: Training,
  context: JobContext,
): Promise<TrainedHead> {
  const { held } = parts
  requireTrainable(images, labels)
  const pool = poolOf(options.head.kind, options.head)
  const varied = withVariants(images, options.augment, options.seed)
  // Before all that takes its time, as it may be refused.
  const tail = options.tail && (await (await tuningModule()).requireTail(held.model().analysed, held.cut, options.tail))
  if (tail) requireRoomForMaps(parts, tail.tail.freeze, varied.length)
  const { rows, backend } = await featuresAtCut(parts, varied, { preprocessing, pool }, context)
  const copies = varied.slice(images.length)
  const { infos, graph } = held.model().analysed
  const lengths = featureLengths(infos, held.cut, graph, pool) ?? undefined
  const map = pool === 'flatten' ? mapShapeOf(graph, infos, held.cut) : null
  const given = { images, copies, labels, features: rows, lengths, map, options, backend }
  const alone = await trainHead(given, context)
  const tuning = { given, alone, varied, preprocessing }
  const { head, report } =
    tail && options.tail ? await tune(parts, { ...tuning, found: tail, options: options.tail }, context) : alone
  const trained = { head, report, preprocessing, cut: held.cut }
  held.trained = trained
  return trained
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
