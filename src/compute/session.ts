import * as tf from '@tensorflow/tfjs-core'
import { CutpointError } from '../errors'
import { readLabels } from '../formats/labels-file'
import { blobFile, readAll } from '../formats/source'
import type { ReadModel } from '../formats/types'
import type {
  BackendName,
  CutSummary,
  KernelPictures,
  Prediction,
  Preprocessing,
  Progress,
  TensorSummary,
  TensorValue,
  TrainOptions,
  WeightStatistics,
} from '../types'
import { probeBackend } from './backends'
import { asProbabilities, ownClassifier, ranked, requireFitting } from './classifier'
import { makeCut } from './cut'
import { exportGraft, type ExportFacts, type TextFile } from './export'
import { FeatureCache, type FeatureShelf } from './feature-cache'
import { computeFeatures, type Decode, type FeatureRows, type FeatureSource, type ImageSource } from './features'
import { LastingFeed, type Feed } from './feed'
import { featuresKey } from './features-key'
import { probabilities } from './head/probabilities'
import { Held } from './held'
import { decodeAll, measureInputRange, measuringGraph, type RangeMeasurement } from './input-range'
import { Jobs, type JobContext } from './jobs'
import type { LabelledImage } from './labelled-image'
import {
  analyse,
  factsOf,
  requireTensors,
  summarise,
  toOpened,
  towards,
  type AnalysedModel,
  type OpenedModel,
} from './opened'
import { prepareRun, runPrepared } from './run-graph'
import { readModel } from './read-model'
import { Runners } from './runners'
import type { Kept, ModelSource, OpenChoices } from './session-types'
import { toTensor } from './tensors'
import { requireTrainable, trainHead } from './train'
import { withVariants } from './variants'
import { weightFile, weightPictures, weightStatistics, weightValues } from './weights'

/**
 * What the compute worker holds: the model with its weights, the compiled trunk, features and the trained head.
 * Calls run one after another in the order they came; `cancel` overtakes them.
 */
export class ComputeSession {
  readonly #jobs: Jobs
  readonly #cache = new FeatureCache()
  readonly #runners = new Runners()
  #decode: Decode | null = null
  readonly #feed = new LastingFeed()
  readonly #held = new Held()

  constructor(report: (progress: Progress) => void) {
    this.#jobs = new Jobs(report)
  }

  /** How pictures are decoded: by the image worker, over a port of its own. */
  useDecoder(decode: Decode): void {
    this.#decode = decode
  }

  /** Where graphs go to be drawn: to the view worker, over a port of its own. A new one gets what the one before had. */
  useFeed(feed: Feed): void {
    this.#feed.use(feed)
  }

  /** Where features outlast this session. */
  useFeatureShelf(shelf: FeatureShelf): void {
    this.#cache.use(shelf)
  }

  cancel(job: string): void {
    this.#jobs.cancel(job)
  }

  /** Starts a backend and times it; to be called in a worker that does nothing else. */
  probe(name: BackendName): Promise<{ ms: number; device: string }> {
    return probeBackend(name)
  }

  /** Starts a backend, to know that it can be used. Throws `backend-failed`. */
  tryBackend(name: BackendName): Promise<void> {
    return this.#inTurn(() => this.#runners.switchTo(name))
  }

  /** Backends in order of preference; a trunk runs on the first that has all its kernels. */
  setBackends(order: readonly BackendName[]): Promise<void> {
    return this.#inTurn(() => this.#runners.setOrder(order))
  }

  /**
   * Reads a model, says its name, sends its graph to the view under the number `id`, and analyses it. What was open
   * stays until the new one is whole; then its cut, features and head go. Throws CutpointError for anything that is not
   * a model that can be read.
   */
  open(
    job: string,
    source: ModelSource,
    choices: OpenChoices,
    id: number,
    named?: (name: string) => void,
  ): Promise<OpenedModel> {
    return this.#job(job, async (context) => {
      const { files, read } = await readModel(source, choices, context)
      const analysed = await this.#drawAndAnalyse(read, context, choices, id, named).catch(async (error: unknown) => {
        await read.close?.()
        throw error
      })
      void this.#feed.facts(id, factsOf(analysed), choices.seen)
      if (this.#held.id !== null && this.#held.id !== id) this.#feed.drop(this.#held.id)
      this.#runners.drop()
      this.#cache.clear()
      this.#held.open(analysed, id, files, choices.key ?? String(id))
      return toOpened(analysed)
    })
  }

  /** The files the model was read from. Throws `no-model`. */
  modelFiles(): Promise<{ path: string; blob: Blob }[]> {
    return this.#inTurn(() =>
      Promise.all(
        this.#held
          .model()
          .files.map(async (file) => ({ path: file.path, blob: file.blob ?? new Blob([await readAll(file)]) })),
      ),
    )
  }

  /**
   * Gives the model of that number the labels in a file. Throws `no-model` where another has been opened meanwhile, or
   * `bad-labels` with the reason if they do not fit its output.
   */
  nameClasses(model: number, file: { readonly path: string; readonly blob: Blob }): Promise<OpenedModel> {
    return this.#inTurn(async () => {
      const { analysed, id } = this.#held.model()
      if (id !== model) throw openedMeanwhile(file.path)
      const labels = (await readLabels(blobFile(file.path, file.blob))) ?? []
      requireFitting(analysed, labels, file.path)
      const named = { ...analysed, read: { ...analysed.read, labels } }
      this.#held.update(named)
      return toOpened(named)
    })
  }

  /** Looks at another output for its recommendations. Throws `no-such-tensor`. */
  chooseOutput(tensor: string): Promise<OpenedModel> {
    return this.#inTurn(async () => {
      const { analysed, id } = this.#held.model()
      requireTensors(analysed, [tensor])
      const again = towards(analysed, tensor)
      this.#held.update(again)
      // Whoever asks the view after this must get the new ones.
      await this.#feed.facts(id, factsOf(again))
      return toOpened(again)
    })
  }

  /** What is known of every tensor, in the order of the graph. Throws `no-model`. */
  tensors(): Promise<TensorSummary[]> {
    return this.#inTurn(() => summarise(this.#held.model().analysed))
  }

  /** Sets the value of an input that is not the image. Throws `no-such-tensor` or `bad-feed`. */
  setInput(tensor: string, value: TensorValue): Promise<void> {
    return this.#inTurn(() => {
      const { analysed } = this.#held.model()
      requireTensors(analysed, [tensor])
      toTensor(tensor, value).dispose()
      analysed.otherFeeds.set(tensor, value)
      this.#runners.drop()
    })
  }

  /** Cuts at the tensors given. Throws `no-such-tensor` with the nearest names, or `cannot-cut` with the reason. */
  cut(tensors: readonly string[]): Promise<CutSummary> {
    return this.#inTurn(() => {
      const { analysed } = this.#held.model()
      const made = makeCut(analysed, tensors)
      this.#held.cut = tensors
      this.#runners.drop()
      return made
    })
  }

  /** Takes the cut away; a head that is trained keeps its own. */
  uncut(): Promise<void> {
    return this.#inTurn(() => {
      this.#held.cut = []
      this.#runners.drop()
    })
  }

  /** Runs any part of the graph on values given by name. Throws `no-such-tensor`, `bad-feed` or `run-failed`. */
  run(
    job: string,
    feeds: Record<string, TensorValue>,
    fetches: readonly string[],
    options: { readonly optimise: boolean } = { optimise: true },
  ): Promise<Record<string, TensorValue>> {
    return this.#job(job, async (context) => {
      const { analysed } = this.#held.model()
      const prepared = prepareRun(analysed, feeds, fetches)
      context.progress('Running the network', 0, 0)
      await this.#runners.chooseBackend(prepared.graph)
      await context.breathe()
      return runPrepared(prepared, analysed, options)
    })
  }

  /** Features of images at the cut, as the head sees them before standardising: `[images, length]`. */
  features(job: string, images: readonly ImageSource[], preprocessing: Preprocessing): Promise<FeatureRows> {
    return this.#job(job, async (context) => (await this.#features(images, preprocessing, context)).rows)
  }

  /**
   * Computes what features are missing, fits the head and judges it. The head is kept for predictions and export; the
   * page gets it too, to bring it to a new worker.
   */
  train(
    job: string,
    images: readonly LabelledImage[],
    labels: readonly string[],
    preprocessing: Preprocessing,
    options: TrainOptions,
  ): Promise<Kept> {
    return this.#job(job, async (context) => {
      requireTrainable(images, labels)
      const varied = withVariants(images, options.augment, options.seed)
      const { rows, backend } = await this.#features(varied, preprocessing, context)
      const copies = varied.slice(images.length)
      const { head, report } = await trainHead(images, copies, labels, rows, options, backend, context)
      const kept = { head, report, preprocessing, cut: this.#held.cut }
      this.#held.trained = kept
      return kept
    })
  }

  /**
   * How well photos in each range fit what the network was trained on; null where the model has nothing to compare with.
   * The photos are sized as `preprocessing` says.
   */
  measureRange(
    job: string,
    images: readonly ImageSource[],
    preprocessing: Preprocessing,
  ): Promise<RangeMeasurement | null> {
    return this.#job(job, async (context) => {
      const { analysed } = this.#held.model()
      const graph = measuringGraph(analysed)
      if (!graph) return null
      await this.#runners.chooseBackend(graph)
      return measureInputRange(
        analysed,
        decodeAll(images, this.#requireDecoder(), preprocessing),
        preprocessing,
        context,
      )
    })
  }

  /** Predicts and exports with a head that was trained before on the same model, by this session or another. */
  restoreHead(kept: Kept): Promise<void> {
    return this.#inTurn(() => {
      this.#held.trained = kept
    })
  }

  /** Goes on without a trained head. */
  forgetHead(): Promise<void> {
    return this.#inTurn(() => {
      this.#held.trained = null
    })
  }

  /**
   * Every label with its probability, the most likely first: by the trained head, else by the model's own classifier,
   * whose pictures are prepared as `given` says. Throws `not-trained` where there is neither.
   *
   * @param image a file, or a frame of a camera, which is handed over
   */
  predict(job: string, image: Blob | ImageBitmap, given: Preprocessing): Promise<Prediction[]> {
    return this.#job(job, async () => {
      const { trained } = this.#held
      const model = this.#held.model()
      const own = trained === null ? ownClassifier(model.analysed) : null
      const { preprocessing, cut } = own ? { ...own, preprocessing: given } : this.#held.head()
      const { runner } = await this.#runners.require(model, preprocessing, cut)
      const pixels = await this.#requireDecoder()(image, preprocessing)
      const values = await runner.features(pixels, 1, preprocessing)
      return trained
        ? ranked(trained.head.labels, probabilities(values, values.length, trained.head.layers))
        : ranked(own?.labels ?? [], asProbabilities(values))
    })
  }

  /**
   * The graft as files in a zip, with those of `beside`. Throws `not-trained`, or `not-available` for a format that is not
   * written.
   */
  export(job: string, format: string, beside: readonly TextFile[] = []): Promise<Blob> {
    return this.#job(job, async (context) => {
      const { head, report, preprocessing, cut } = this.#held.head()
      const { runner } = await this.#runners.require(this.#held.model(), preprocessing, cut)
      const facts: ExportFacts = { preprocessing, accuracy: report.accuracy, images: report.images, beside }
      const model = this.#held.model().analysed
      return exportGraft(format, { model, cut, head, oneByOne: runner.oneByOne }, facts, context)
    })
  }

  /** What a weight's values are like; this and what follows throw `bad-weight`. */
  weightStatistics(id: string): Promise<WeightStatistics> {
    return this.#inTurn(() => weightStatistics(this.#held.model().analysed.read, id))
  }

  /** Some of a weight's values, in C order. */
  weightValues(id: string, from: number, count: number): Promise<number[] | string[]> {
    return this.#inTurn(() => weightValues(this.#held.model().analysed.read, id, from, count))
  }

  /** The kernels of a convolution on pictures; null for any other weight. */
  weightPictures(id: string): Promise<KernelPictures | null> {
    return this.#inTurn(() => weightPictures(this.#held.model().analysed.read, id))
  }

  /** A weight as a `.npy` file. */
  weightFile(id: string): Promise<Blob> {
    return this.#inTurn(() => weightFile(this.#held.model().analysed.read, id))
  }

  /** Tensors alive on the backend, and bytes of cached features; for tests and for the curious. */
  memory(): { tensors: number; featureBytes: number } {
    return { tensors: tf.memory().numTensors, featureBytes: this.#cache.bytes }
  }

  async #drawAndAnalyse(
    read: ReadModel,
    context: JobContext,
    choices: OpenChoices,
    id: number,
    named?: (name: string) => void,
  ): Promise<AnalysedModel> {
    await context.breathe()
    named?.(read.name)
    // Drawing comes first: on few cores the analysis would only slow it.
    await this.#feed.graph(id, read.graph, choices.seen)
    return analyse(read, (what) => {
      context.progress(what, 0, 0)
      return context.breathe()
    }).catch((error: unknown) => {
      this.#feed.drop(id)
      throw error
    })
  }

  async #features(
    images: readonly FeatureSource[],
    preprocessing: Preprocessing,
    context: JobContext,
  ): Promise<{ rows: FeatureRows; backend: BackendName }> {
    context.progress('Preparing the network', 0, images.length)
    await context.breathe()
    const model = this.#held.model()
    const { cut } = this.#held
    const { runner, backend } = await this.#runners.require(model, preprocessing, cut)
    const keyPrefix = featuresKey(model, cut, preprocessing, backend)
    const decode = this.#requireDecoder()
    const work = { runner, decode, cache: this.#cache, keyPrefix, preprocessing }
    return { rows: await computeFeatures(images, work, context), backend }
  }

  #requireDecoder(): Decode {
    if (!this.#decode) throw new CutpointError('internal', 'The image worker is not there.', 'Reload the page.')
    return this.#decode
  }

  #job<T>(job: string, work: (context: JobContext) => Promise<T>): Promise<T> {
    return this.#jobs.run(job, work)
  }

  #inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    return this.#jobs.inTurn(work)
  }
}

function openedMeanwhile(path: string): CutpointError {
  return new CutpointError(
    'no-model',
    `Another model was opened before it could take the labels in “${path}”.`,
    'Drop them again if they are of the model that is open now.',
    { path },
  )
}
