import * as tf from '@tensorflow/tfjs-core'
import { CutpointError } from '../../errors'
import type { BackendName, CutSummary, Prediction, Preprocessing, TensorValue, TrainOptions } from '../../types'
import { probeBackend, wasmBytes, withoutThreads } from '../backends/start'
import { asProbabilities, ownClassifier, ranked } from '../model/classifier'
import { makeCut } from '../model/cut'
import { exportGraft, type ExportFacts, type TextFile } from '../export/export-graft'
import type { FeatureShelf } from '../features/feature-cache'
import {
  computeFeatures,
  type Decode,
  type FeatureRows,
  type FeatureSource,
  type ImageSource,
} from '../features/features'
import { featuresKey } from '../features/features-key'
import { probabilities } from '../head/probabilities'
import { decodeAll, measureInputRange, measuringGraph, type RangeMeasurement } from '../features/input-range'
import type { JobContext } from '../jobs'
import type { LabelledImage } from '../features/labelled-image'
import { ModelSession } from './model-session'
import { prepareRun, runPrepared } from '../run/run-graph'
import type { Kept } from './types'
import { requireTrainable, trainHead } from '../head/train-head'
import { withVariants } from '../features/variants'

/**
 * What the compute worker does: backends, cuts, runs, features, heads and exports of the open model.
 * Calls run one after another in the order they came; `cancel` overtakes them.
 */
export class ComputeSession extends ModelSession {
  #decode: Decode | null = null

  /** How pictures are decoded: by the image worker, over a port of its own. */
  useDecoder(decode: Decode): void {
    this.#decode = decode
  }

  /** Where features outlast this session. */
  useFeatureShelf(shelf: FeatureShelf): void {
    this.cache.use(shelf)
  }

  /** Has wasm compute on one thread, if it was not started yet. */
  withoutThreads(): void {
    withoutThreads()
  }

  /** Starts a backend and times it; to be called in a worker that does nothing else. */
  probe(name: BackendName): Promise<{ ms: number; device: string }> {
    return probeBackend(name)
  }

  /** Starts a backend, to know that it can be used. Throws `backend-failed`. */
  tryBackend(name: BackendName): Promise<void> {
    return this.inTurn(() => this.runners.switchTo(name))
  }

  /** Backends in order of preference; a trunk runs on the first that has all its kernels. */
  setBackends(order: readonly BackendName[]): Promise<void> {
    return this.inTurn(() => this.runners.setOrder(order))
  }

  /** Cuts at the tensors given. Throws `no-such-tensor` with the nearest names, or `cannot-cut` with the reason. */
  cut(tensors: readonly string[]): Promise<CutSummary> {
    return this.inTurn(() => {
      const { analysed } = this.held.model()
      const made = makeCut(analysed, tensors)
      this.held.cut = tensors
      this.runners.drop()
      return made
    })
  }

  /** Takes the cut away; a head that is trained keeps its own. */
  uncut(): Promise<void> {
    return this.inTurn(() => {
      this.held.cut = []
      this.runners.drop()
    })
  }

  /** Runs any part of the graph on values given by name. Throws `no-such-tensor`, `bad-feed` or `run-failed`. */
  run(
    job: string,
    feeds: Record<string, TensorValue>,
    fetches: readonly string[],
    options: { readonly optimise: boolean } = { optimise: true },
  ): Promise<Record<string, TensorValue>> {
    return this.job(job, async (context) => {
      const { analysed } = this.held.model()
      const prepared = prepareRun(analysed, feeds, fetches)
      context.progress('Running the network', 0, 0)
      await this.runners.chooseBackend(prepared.graph)
      await context.yieldTurn()
      return runPrepared(prepared, analysed, options)
    })
  }

  /** Features of images at the cut, as the head sees them before standardising: `[images, length]`. */
  features(job: string, images: readonly ImageSource[], preprocessing: Preprocessing): Promise<FeatureRows> {
    return this.job(job, async (context) => (await this.#features(images, preprocessing, context)).rows)
  }

  /**
   * Computes what features are missing, fits the head and evaluates it. The head is kept for predictions and export; the
   * page gets it too, to bring it to a new worker.
   */
  train(
    job: string,
    images: readonly LabelledImage[],
    labels: readonly string[],
    preprocessing: Preprocessing,
    options: TrainOptions,
  ): Promise<Kept> {
    return this.job(job, async (context) => {
      requireTrainable(images, labels)
      const varied = withVariants(images, options.augment, options.seed)
      const { rows, backend } = await this.#features(varied, preprocessing, context)
      const copies = varied.slice(images.length)
      const { head, report } = await trainHead(images, copies, labels, rows, options, backend, context)
      const kept = { head, report, preprocessing, cut: this.held.cut }
      this.held.trained = kept
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
    return this.job(job, async (context) => {
      const { analysed } = this.held.model()
      const graph = measuringGraph(analysed)
      if (!graph) return null
      await this.runners.chooseBackend(graph)
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
    return this.inTurn(() => {
      this.held.trained = kept
    })
  }

  /** Goes on without a trained head. */
  forgetHead(): Promise<void> {
    return this.inTurn(() => {
      this.held.trained = null
    })
  }

  /**
   * Every label with its probability, the most likely first: by the trained head, else by the model's own classifier,
   * whose pictures are prepared as `given` says. Throws `not-trained` where there is neither.
   *
   * @param image a file, or a frame of a camera, which is handed over
   */
  predict(job: string, image: Blob | ImageBitmap, given: Preprocessing): Promise<Prediction[]> {
    return this.job(job, async () => {
      const { trained } = this.held
      const model = this.held.model()
      const own = trained === null ? ownClassifier(model.analysed) : null
      const { preprocessing, cut } = own ? { ...own, preprocessing: given } : this.held.head()
      const { runner } = await this.runners.require(model, preprocessing, cut)
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
    return this.job(job, async (context) => {
      const { head, report, preprocessing, cut } = this.held.head()
      const { runner } = await this.runners.require(this.held.model(), preprocessing, cut)
      const facts: ExportFacts = { preprocessing, accuracy: report.accuracy, images: report.images, beside }
      const model = this.held.model().analysed
      return exportGraft(format, { model, cut, head, oneByOne: runner.oneByOne }, facts, context)
    })
  }

  /** Tensors alive on the backend, bytes of cached features, and of WebAssembly's memory, which never shrinks. */
  memory(): { tensors: number; featureBytes: number; wasmBytes: number } {
    return { tensors: tf.memory().numTensors, featureBytes: this.cache.bytes, wasmBytes: wasmBytes() }
  }

  async #features(
    images: readonly FeatureSource[],
    preprocessing: Preprocessing,
    context: JobContext,
  ): Promise<{ rows: FeatureRows; backend: BackendName }> {
    context.progress('Preparing the network', 0, images.length)
    await context.yieldTurn()
    const model = this.held.model()
    const { cut } = this.held
    const { runner, backend } = await this.runners.require(model, preprocessing, cut)
    const keyPrefix = featuresKey(model, cut, preprocessing, backend)
    const decode = this.#requireDecoder()
    const work = { runner, decode, cache: this.cache, keyPrefix, preprocessing }
    return { rows: await computeFeatures(images, work, context), backend }
  }

  #requireDecoder(): Decode {
    if (!this.#decode) throw new CutpointError('internal', 'The image worker is not there.', 'Reload the page.')
    return this.#decode
  }
}
