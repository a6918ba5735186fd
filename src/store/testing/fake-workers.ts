import type { Remote } from 'comlink'
import { deferred } from '../../deferred'
import { CutpointError } from '../../errors'
import type { FoundKept } from '../../kept-training'
import type { Project } from '../../keeping/project/project'
import type { BackendName, ToldLayer } from '../../types'
import type { ComputeWorker, OpenChoices, Wires } from '../../workers/compute'
import type { ImageWorker } from '../../workers/images'
import { openBlobStore } from '../../keeping/files/open'
import { scratch } from '../../keeping/files/scratch'
import type { FilesWorker } from '../../workers/files'
import { KeptModels } from '../../workers/kept-models'
import { KeptPictures } from '../../workers/kept-pictures'
import { workerDied, type LifeEvents } from '../../workers/life/lifeline'
import type { ProjectApi } from '../../workers/project'
import type { RemoteWorker } from '../../workers/remote'
import type { ViewWorker } from '../../workers/view'
import { meet, type FateOf, type Mortal } from './fate'
import { fakeFiles } from './fake-files'
import { fakeImages } from './fake-images'
import { FakeLife } from './fake-life'

/** Compute workers for tests of the store: they hold what the real one holds, and meet the fate they are given. */
export class FakeWorkers {
  /** All that were started, the latest last. */
  readonly lives: FakeCompute[] = []
  /** What becomes of a call. */
  fate: FateOf = () => 'answers'

  /** What is kept of a training on its way. */
  keptTraining: () => FoundKept | 'damaged' | null = () => null

  /** How fast a backend is; rejects as the real one does. */
  probe: (name: BackendName) => Promise<{ ms: number; device: string }> = () => Promise.resolve({ ms: 1, device: '' })

  /** Bytes of WebAssembly's memory that a life holds. */
  wasmBytes: (life: number) => number = () => 0

  readonly createComputeWorker = (wires?: Wires): ComputeWorker => {
    const life = new FakeCompute(this.lives.length + 1, this, wires?.events)
    this.lives.push(life)
    const none = (): void => undefined
    return { api: life.api, connectImages: none, connectView: none, terminate: () => life.terminate() }
  }

  /** Where an image worker has its files, by its number (from 1); throws what opening them throws. */
  openStore: (life: number) => ReturnType<typeof openBlobStore> = () => openBlobStore(['memory'], scratch.pictures)

  /** As `fate`, of image workers. */
  imageFate: FateOf = () => 'answers'

  /** What the deaths of image workers are told, in their order. */
  readonly imageLives: LifeEvents[] = []
  readonly images: FakeLife[] = []

  readonly createImageWorker = (events: LifeEvents): ImageWorker => {
    const life = this.imageLives.push(events)
    const fake = new FakeLife(events, (...of) => this.imageFate(life, ...of))
    this.images.push(fake)
    return fakeImages(fake, new KeptPictures(() => this.openStore(life)))
  }

  /** Where a files worker has its files, by its number (from 1). */
  openModels: (life: number) => ReturnType<typeof openBlobStore> = () => openBlobStore(['memory'], scratch.models)

  /** As `fate`, of files workers. */
  filesFate: FateOf = () => 'answers'
  readonly files: FakeLife[] = []

  readonly createFilesWorker = (events: LifeEvents): FilesWorker => {
    const life = this.files.length + 1
    const fake = new FakeLife(events, (...of) => this.filesFate(life, ...of))
    this.files.push(fake)
    return fakeFiles(fake, new KeptModels(() => this.openModels(life)))
  }

  /** What project workers do, by their number (from 1): read this project, or fail. */
  project: (life: number) => Promise<Project> = () => Promise.reject(new Error('no project'))
  /** How many project workers were started. */
  projectLives = 0

  readonly createProjectWorker = (): RemoteWorker<ProjectApi> => {
    const life = ++this.projectLives
    const end = deferred<never>()
    end.promise.catch(() => undefined)
    return {
      api: answering({ read: () => Promise.race([this.project(life), end.promise]) }) as Remote<ProjectApi>,
      terminate: () => end.reject(new CutpointError('cancelled', 'The work was ended.', '')),
    }
  }

  readonly createViewWorker = (): ViewWorker => ({
    api: answering({
      opened: () => ({ operations: 3, constants: 0, opening: [] }),
      understood: () => true,
    }) as unknown as ViewWorker['api'],
    feed: () => new MessageChannel().port1,
    terminate: () => undefined,
  })

  get latest(): FakeCompute {
    const life = this.lives.at(-1)
    if (!life) throw new Error('no worker was started')
    return life
  }
}

type Calls = Readonly<Record<string, (...args: never[]) => unknown>>

/** Answers every call: those named as said, all others with nothing. */
function answering(calls: Calls): object {
  return new Proxy(
    {},
    {
      get:
        (_, name) =>
        (...args: never[]) =>
          Promise.resolve((calls as Partial<Calls>)[String(name)]?.(...args)),
    },
  )
}

/** What is known of a model that is open. */
const opened = {
  summary: { name: 'net', bytes: 1_000, outputs: [{ name: 'out:0' }] },
  output: 'out:0',
  otherInputs: [{ tensor: 'x:0', value: null }],
  tellable: [{ layer: 'lambda', layerClass: 'Lambda', scope: 'net/lambda', told: null }],
  preprocessing: {
    input: 'in:0',
    width: 4,
    height: 4,
    fit: 'crop',
    range: '0to1',
    order: 'rgb',
    how: 'assumed',
  },
  inputSize: { width: null, height: null },
  preprocessingKnown: true,
}

/** Two cuts, the second of which is better. */
const advice = {
  cuts: [
    { tensors: ['pool:0'], accuracy: 0.5, error: 0.1, featureLength: 2, multiplyAdds: 10, bytes: 20 },
    { tensors: ['mean:0'], accuracy: 0.9, error: 0.1, featureLength: 4, multiplyAdds: 30, bytes: 40 },
  ],
  photos: 4,
  labels: 2,
}

class FakeCompute implements Mortal {
  readonly #life: number
  readonly #all: FakeWorkers
  readonly #events: LifeEvents | undefined
  readonly #end = deferred<never>()
  readonly calls: string[] = []
  readonly cancelled: string[] = []
  /** Ends calls that wait to be cancelled, by their job. */
  readonly #obeying = new Map<string, () => void>()
  readonly api: ComputeWorker['api']
  terminated = false
  /** What the real one holds, too. */
  model: number | null = null
  told: readonly ToldLayer[] = []
  cut: readonly string[] = []
  head: unknown = null

  constructor(life: number, all: FakeWorkers, events: LifeEvents | undefined) {
    this.#life = life
    this.#all = all
    this.#events = events
    this.ended.catch(() => undefined)
    this.api = new Proxy(
      {},
      {
        get:
          (_, name) =>
          (...args: never[]) =>
            this.#call(String(name), args),
      },
    ) as ComputeWorker['api']
    queueMicrotask(() => events?.alive?.())
  }

  get ended(): Promise<never> {
    return this.#end.promise
  }

  terminate(): void {
    this.terminated = true
    this.#end.reject(new CutpointError('cancelled', 'The work was ended.', ''))
  }

  die(why = workerDied()): void {
    this.#end.reject(why)
    this.#events?.died(why)
  }

  async #call(name: string, args: readonly unknown[]): Promise<unknown> {
    const job = String(args[0])
    if (name === 'cancel') {
      this.#obeying.get(job)?.()
      return void this.cancelled.push(job)
    }
    this.calls.push(name)
    const fate = this.#all.fate(this.#life, this.calls.length, name, args)
    if (fate === 'obeys') {
      await Promise.race([new Promise<void>((resolve) => this.#obeying.set(job, resolve)), this.ended])
      throw new CutpointError('cancelled', 'The work was cancelled.', '')
    }
    await meet(fate, this)
    return this.#do(name, args)
  }

  #train([, images, labels, preprocessing]: readonly unknown[]): unknown {
    this.head = {
      report: { labels, images, warnings: [], history: [], evaluated: [], leaveOneOut: null },
      cut: this.cut,
      preprocessing,
      head: { layers: [], labels },
    }
    return this.head
  }

  /** As the real one: a model of another number than the open one is refused. */
  #require(model: unknown): void {
    if (this.model === null) throw new CutpointError('no-model', 'No model is open.', '')
    if (this.model !== model) throw new CutpointError('cancelled', 'Another model was opened meanwhile.', '')
  }

  #do(name: string, args: readonly unknown[]): unknown {
    switch (name) {
      case 'open':
        Object.assign(this, { model: args[3], cut: [], head: null, told: (args[2] as OpenChoices).told ?? [] })
        if (typeof args[4] === 'function') (args[4] as (name: string) => void)('net')
        return opened
      case 'chooseOutput':
        this.#require(args[0])
        return { ...opened, output: args[1] }
      case 'probe':
        return this.#all.probe(args[0] as BackendName)
      case 'cut':
        this.#require(args[0])
        this.cut = args[1] as readonly string[]
        return { tensors: args[1], featureLength: 2 }
      case 'nameClasses':
        return { summary: { name: 'net', bytes: 1_000, outputs: [], labels: ['a'] } }
      case 'setInput':
        return this.#require(args[0])
      case 'uncut':
        this.#require(args[0])
        this.cut = []
        return
      case 'memory':
        return { tensors: 0, featureBytes: 0, wasmBytes: this.#all.wasmBytes(this.#life) }
      case 'train':
        return this.#train(args)
      case 'keptTraining':
        return this.#all.keptTraining()
      case 'advise':
        return advice
      case 'forgetHead':
        this.head = null
        return
      case 'restoreHead':
        this.head = args[0]
        return
      default:
        return name
    }
  }
}
