import { CutpointError } from '../../errors'
import { readLabels } from '../../formats/labels/find'
import { blobFile, readAll } from '../../formats/source'
import type { ReadModel } from '../../formats/types'
import type { KernelPictures, Progress, TensorSummary, TensorValue, WeightStatistics } from '../../types'
import { requireFitting } from '../model/classifier'
import { disposingIfFailed } from '../failed-work'
import { FeatureCache } from '../features/feature-cache'
import { LastingFeed, type Feed } from './feed'
import { requireAsTaken } from '../run/flags'
import { unlessGpuLost } from '../backends/gpu-loss'
import { Held } from './session-state'
import { Jobs, type JobContext } from '../jobs'
import { analyse, factsOf, requireTensors, summarise, toOpened, towards } from '../model/analyse'
import type { AnalysedModel, OpenedModel } from '../model/types'
import { readModel } from './read-model'
import { Runners } from '../run/compiled-trunks'
import type { ModelSource, OpenChoices } from './types'
import { toTensor } from '../run/tensors'
import { weightFile, weightPictures, weightStatistics, weightValues } from '../model/weights'

/** What the compute worker holds, and what can be asked of the open model as it is: its files, tensors and weights. */
export class ModelSession {
  protected readonly jobs: Jobs
  protected readonly cache = new FeatureCache()
  protected readonly runners: Runners
  protected readonly feed = new LastingFeed()
  protected readonly held = new Held()

  /** `onGpuLost` hears when the session is of no use any more since its graphics processor was lost. */
  constructor(report: (progress: Progress) => void, onGpuLost: (error: CutpointError) => void = () => undefined) {
    this.jobs = new Jobs(report)
    this.runners = new Runners(onGpuLost)
  }

  /** Where graphs go to be drawn: to the view worker, over a port of its own. A new one gets what the one before had. */
  useFeed(feed: Feed): void {
    this.feed.use(feed)
  }

  cancel(job: string): void {
    this.jobs.cancel(job)
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
    return this.job(job, async (context) => {
      const { files, read } = await readModel(source, choices, context)
      const analysed = await this.#drawAndAnalyse(read, context, choices, id, named).catch(async (error: unknown) => {
        await read.close?.()
        throw error
      })
      void this.feed.facts(id, factsOf(analysed), choices.seen)
      if (this.held.id !== null && this.held.id !== id) this.feed.drop(this.held.id)
      this.runners.drop()
      this.cache.clear()
      this.held.open(analysed, id, files, choices.key ?? String(id))
      return toOpened(analysed)
    })
  }

  /** The files the model was read from. Throws `no-model`. */
  modelFiles(): Promise<{ path: string; blob: Blob }[]> {
    return this.inTurn(() =>
      Promise.all(
        this.held
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
    return this.inTurn(async () => {
      const { analysed, id } = this.held.model()
      if (id !== model) throw openedMeanwhile(file.path)
      const labels = (await readLabels(blobFile(file.path, file.blob))) ?? []
      requireFitting(analysed, labels, file.path)
      const named = { ...analysed, read: { ...analysed.read, labels } }
      this.held.update(named)
      return toOpened(named)
    })
  }

  /** Looks at another output for its recommendations. Throws `no-such-tensor`. */
  chooseOutput(tensor: string): Promise<OpenedModel> {
    return this.inTurn(async () => {
      const { analysed, id } = this.held.model()
      requireTensors(analysed, [tensor])
      const again = towards(analysed, tensor)
      this.held.update(again)
      // Whoever asks the view after this must get the new ones.
      await this.feed.facts(id, factsOf(again))
      return toOpened(again)
    })
  }

  /** What is known of every tensor, in the order of the graph. Throws `no-model`. */
  tensors(): Promise<TensorSummary[]> {
    return this.inTurn(() => summarise(this.held.model().analysed))
  }

  /** Sets the value of an input that is not the image. Throws `no-such-tensor` or `bad-feed`. */
  setInput(tensor: string, value: TensorValue): Promise<void> {
    return this.inTurn(() => {
      const { analysed } = this.held.model()
      requireTensors(analysed, [tensor])
      requireAsTaken(analysed, tensor, value)
      toTensor(tensor, value).dispose()
      analysed.otherFeeds.set(tensor, value)
      this.runners.drop()
    })
  }

  /** What a weight's values are like; this and what follows throw `bad-weight`. */
  weightStatistics(id: string): Promise<WeightStatistics> {
    return this.inTurn(() => weightStatistics(this.held.model().analysed.read, id))
  }

  /** Some of a weight's values, in C order. */
  weightValues(id: string, from: number, count: number): Promise<number[] | string[]> {
    return this.inTurn(() => weightValues(this.held.model().analysed.read, id, from, count))
  }

  /** The kernels of a convolution on pictures; null for any other weight. */
  weightPictures(id: string): Promise<KernelPictures | null> {
    return this.inTurn(() => weightPictures(this.held.model().analysed.read, id))
  }

  /** A weight as a `.npy` file. */
  weightFile(id: string): Promise<Blob> {
    return this.inTurn(() => weightFile(this.held.model().analysed.read, id))
  }

  async #drawAndAnalyse(
    read: ReadModel,
    context: JobContext,
    choices: OpenChoices,
    id: number,
    named?: (name: string) => void,
  ): Promise<AnalysedModel> {
    await context.yieldTurn()
    named?.(read.name)
    // Drawing comes first: on few cores the analysis would only slow it.
    await this.feed.graph(id, read.graph, choices.seen)
    return analyse(read, (what) => {
      context.progress(what, 0, 0)
      return context.yieldTurn()
    }).catch((error: unknown) => {
      this.feed.drop(id)
      throw error
    })
  }

  protected job<T>(job: string, work: (context: JobContext) => Promise<T>): Promise<T> {
    return this.jobs.run(job, (context) => this.#careful(() => work(context)))
  }

  protected inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    return this.jobs.inTurn(() => this.#careful(work))
  }

  /** Does work that, if it fails, leaves no tensors behind. */
  #careful<T>(work: () => T | Promise<T>): Promise<T> {
    return disposingIfFailed(
      () => withLossTold(work),
      () => this.runners.drop(),
    )
  }
}

/** Does work that may fail in many ways for the loss of the graphics processor, and then throws `gpu-lost`. */
async function withLossTold<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw await unlessGpuLost(error)
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
