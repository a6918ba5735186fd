import * as tf from '@tensorflow/tfjs-core'
import { CutpointError } from '../errors'
import { openModel } from '../formats'
import { fetchSources } from '../formats/fetch'
import { blobFile } from '../formats/source'
import { trunk } from '../graph/trunk'
import type { BackendName, Prediction, Preprocessing, Progress, TensorValue, TrainOptions, TrainReport } from '../types'
import { probeBackend, startBackend } from './backends'
import { asProbabilities, ownClassifier } from './classifier'
import { makeCut, type CutMade } from './cut'
import { exportGraft, type ExportFacts } from './export'
import { computeFeatures, FeatureCache, type Decode, type FeatureRows, type ImageSource } from './features'
import { probabilities } from './head/probabilities'
import { Jobs, type JobContext } from './jobs'
import { analyse, requireTensors, toOpened, type AnalysedModel, type OpenedModel } from './opened'
import { prepareRun, runPrepared } from './run-graph'
import { unsupportedReason } from './supported'
import { toTensor } from './tensors'
import { requireTrainable, trainHead, type Head, type LabelledImage } from './train'
import { TrunkRunner } from './trunk-runner'

/** Where a model comes from: files as dropped, or an address. */
export type ModelSource = { readonly files: readonly { path: string; blob: Blob }[] } | { readonly url: string }

export interface OpenChoices {
  /** Goes on with a model over the stated size. */
  readonly allowLarge?: boolean
  /** The main file, where several models were dropped. */
  readonly choose?: string
}

/** A trained head with what it was trained on. */
export interface Kept {
  readonly head: Head
  readonly report: TrainReport
  readonly preprocessing: Preprocessing
  readonly cut: readonly string[]
}

/**
 * What the compute worker holds: the model with its weights, the compiled trunk, features and the trained head.
 * Calls run one after another in the order they came; `cancel` overtakes them.
 */
export class ComputeSession {
  readonly #jobs: Jobs
  readonly #cache = new FeatureCache()
  #decode: Decode | null = null
  #backends: readonly BackendName[] = ['cpu']
  #model: { analysed: AnalysedModel; id: number } | null = null
  #cut: readonly string[] = []
  #runner: { runner: TrunkRunner; backend: BackendName; key: string } | null = null
  #trained: Kept | null = null
  #active: BackendName | null = null
  #opened = 0

  constructor(report: (progress: Progress) => void) {
    this.#jobs = new Jobs(report)
  }

  /** How pictures are decoded: by the image worker, over a port of its own. */
  useDecoder(decode: Decode): void {
    this.#decode = decode
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
    return this.#inTurn(() => this.#switchTo(name))
  }

  /** Backends in order of preference; a trunk runs on the first that has all its kernels. */
  setBackends(order: readonly BackendName[]): Promise<void> {
    return this.#inTurn(() => {
      this.#backends = order
      this.#dropRunner()
    })
  }

  /**
   * Reads and analyses a model. What was open stays until the new one is whole; then its cut, features and head go.
   * Throws CutpointError for anything that is not a model that can be read.
   */
  open(job: string, source: ModelSource, choices: OpenChoices): Promise<OpenedModel> {
    return this.#job(job, async (context) => {
      const files =
        'url' in source
          ? await fetchSources(source.url, context, choices)
          : source.files.map(({ path, blob }) => blobFile(path, blob))
      const read = await openModel(files, context, choices)
      context.progress('Understanding the graph', 0, 0)
      await context.breathe()
      const analysed = analyse(read)
      this.#forgetCut()
      this.#cache.clear()
      this.#opened += 1
      this.#model = { analysed, id: this.#opened }
      return toOpened(analysed)
    })
  }

  /** Looks at another output for its recommendations. Throws `no-such-tensor`. */
  chooseOutput(tensor: string): Promise<OpenedModel> {
    return this.#inTurn(() => {
      const { analysed, id } = this.#requireModel()
      requireTensors(analysed, [tensor])
      const again = analyse(analysed.read, tensor)
      analysed.otherFeeds.forEach((value, name) => again.otherFeeds.set(name, value))
      this.#model = { analysed: again, id }
      return toOpened(again)
    })
  }

  /** Sets the value of an input that is not the image. Throws `no-such-tensor` or `bad-feed`. */
  setInput(tensor: string, value: TensorValue): Promise<void> {
    return this.#inTurn(() => {
      const { analysed } = this.#requireModel()
      requireTensors(analysed, [tensor])
      toTensor(tensor, value).dispose()
      analysed.otherFeeds.set(tensor, value)
      this.#dropRunner()
      this.#cache.clear()
    })
  }

  /** Cuts at the tensors given. Throws `no-such-tensor` with the nearest names, or `cannot-cut` with the reason. */
  cut(tensors: readonly string[]): Promise<CutMade> {
    return this.#inTurn(() => {
      const { analysed } = this.#requireModel()
      const made = makeCut(analysed, tensors)
      this.#cut = tensors
      this.#dropRunner()
      return made
    })
  }

  /** Runs any part of the graph on values given by name. Throws `no-such-tensor`, `bad-feed` or `run-failed`. */
  run(
    job: string,
    feeds: Record<string, TensorValue>,
    fetches: readonly string[],
  ): Promise<Record<string, TensorValue>> {
    return this.#job(job, async (context) => {
      const { analysed } = this.#requireModel()
      const prepared = prepareRun(analysed, feeds, fetches)
      context.progress('Running the network', 0, 0)
      await this.#switchTo(await this.#backendFor(prepared.graph))
      await context.breathe()
      return runPrepared(prepared, analysed)
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
      const { rows, backend } = await this.#features(images, preprocessing, context)
      const { head, report } = await trainHead(images, labels, rows, options, backend, context)
      this.#trained = { head, report, preprocessing, cut: this.#cut }
      return this.#trained
    })
  }

  /** Takes back a head that this session's forerunner trained on the same model. */
  restoreHead(kept: Kept): Promise<void> {
    return this.#inTurn(() => {
      this.#trained = kept
    })
  }

  /**
   * Every label with its probability, the most likely first: by the trained head, else by the model's own classifier,
   * whose pictures are prepared as `given` says. Throws `not-trained` where there is neither.
   */
  predict(job: string, image: Blob, given: Preprocessing): Promise<Prediction[]> {
    return this.#job(job, async () => {
      const own = this.#trained === null ? ownClassifier(this.#requireModel().analysed) : null
      const { preprocessing, cut } = own ? { ...own, preprocessing: given } : this.#requireTrained()
      const labels = own ? own.labels : this.#requireTrained().head.labels
      const { runner } = await this.#requireRunner(preprocessing, cut)
      const pixels = await this.#requireDecoder()(image, preprocessing)
      const values = await runner.features(pixels, 1, preprocessing)
      const chances = this.#trained ? probabilities(values, values.length, this.#trained.head) : asProbabilities(values)
      return labels
        .map((label, index) => ({ label, probability: chances[index] }))
        .sort((a, b) => b.probability - a.probability)
    })
  }

  /** The graft as files in a zip. Throws `not-trained`, or `not-available` for a format that is not written. */
  export(job: string, format: string): Promise<Blob> {
    return this.#job(job, async (context) => {
      const { head, report, preprocessing, cut } = this.#requireTrained()
      const { runner } = await this.#requireRunner(preprocessing, cut)
      const facts: ExportFacts = { preprocessing, accuracy: report.accuracy, images: report.images }
      const model = this.#requireModel().analysed
      return exportGraft(format, { model, cut, head, oneByOne: runner.oneByOne }, facts, context)
    })
  }

  /** Tensors alive on the backend, and bytes of cached features; for tests and for the curious. */
  memory(): { tensors: number; featureBytes: number } {
    return { tensors: tf.memory().numTensors, featureBytes: this.#cache.bytes }
  }

  async #features(
    images: readonly ImageSource[],
    preprocessing: Preprocessing,
    context: JobContext,
  ): Promise<{ rows: FeatureRows; backend: BackendName }> {
    context.progress('Preparing the network', 0, images.length)
    await context.breathe()
    const { runner, backend } = await this.#requireRunner(preprocessing, this.#cut)
    const model = this.#requireModel()
    const { width, height, fit, range, order } = preprocessing
    const keyPrefix = [model.id, this.#cut.join(), width, height, fit, range, order, backend].join('|')
    const decode = this.#requireDecoder()
    const work = { runner, decode, cache: this.#cache, keyPrefix, preprocessing }
    return { rows: await computeFeatures(images, work, context), backend }
  }

  /** The compiled trunk up to `cut`, made if it is not there. */
  async #requireRunner(
    preprocessing: Preprocessing,
    cut: readonly string[],
  ): Promise<{ runner: TrunkRunner; backend: BackendName }> {
    const { analysed, id } = this.#requireModel()
    if (cut.length === 0) {
      throw new CutpointError(
        'no-cut',
        'No tensor is cut yet.',
        'Click a tensor in the graph, or take the suggested cut.',
      )
    }
    const key = `${id}|${cut.join()}|${preprocessing.input}`
    if (this.#runner?.key === key) {
      await this.#switchTo(this.#runner.backend)
      return this.#runner
    }
    this.#dropRunner()
    const backend = await this.#backendFor(trunk(analysed.read.graph, cut))
    await this.#switchTo(backend)
    const runner = await TrunkRunner.create(analysed, preprocessing.input, cut)
    this.#runner = { runner, backend, key }
    return this.#runner
  }

  /** The first backend in order of preference that starts and has all kernels of `graph`. */
  async #backendFor(graph: AnalysedModel['read']['graph']): Promise<BackendName> {
    let problem: unknown
    for (const backend of this.#backends) {
      try {
        await this.#switchTo(backend)
      } catch (error) {
        problem = error
        continue
      }
      const blocked = graph.nodes
        .map((node) => ({ node, reason: unsupportedReason(node, backend) }))
        .find(({ reason }) => reason)
      if (!blocked) return backend
      problem = new CutpointError(
        'unsupported-op',
        `“${blocked.node.name}” cannot be run here: ${blocked.reason ?? ''}.`,
        'Choose another backend, or cut before it.',
        { node: blocked.node.name, op: blocked.node.op, backend },
      )
    }
    throw problem
  }

  /** No tensor outlives a change of backend: what was compiled for another one goes first. */
  async #switchTo(backend: BackendName): Promise<void> {
    if (this.#active === backend) return
    if (this.#runner && this.#runner.backend !== backend) this.#dropRunner()
    // tfjs takes a backend for the current one even if it then fails to start.
    this.#active = null
    await startBackend(backend)
    this.#active = backend
  }

  #forgetCut(): void {
    this.#cut = []
    this.#trained = null
    this.#dropRunner()
  }

  #dropRunner(): void {
    this.#runner?.runner.dispose()
    this.#runner = null
  }

  #requireModel(): { analysed: AnalysedModel; id: number } {
    if (!this.#model) {
      throw new CutpointError('no-model', 'No model is open.', 'Drop a model on the page, or open the built-in sample.')
    }
    return this.#model
  }

  #requireTrained(): Kept {
    if (!this.#trained) {
      throw new CutpointError('not-trained', 'No head is trained yet.', 'Add photos of at least two labels and train.')
    }
    return this.#trained
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
