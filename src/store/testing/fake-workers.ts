import { deferred } from '../../deferred'
import { CutpointError } from '../../errors'
import type { PictureKind } from '../../images/shelf'
import type { ToldLayer } from '../../types'
import type { ComputeWorker, OpenChoices, Wires } from '../../workers/compute'
import type { ImageWorker } from '../../workers/images'
import { openBlobStore } from '../../keeping/files/open'
import { KeptFiles } from '../../workers/kept-files'
import { workerDied, type LifeEvents } from '../../workers/life/lifeline'
import type { ViewWorker } from '../../workers/view'

/**
 * What a call of the fake compute worker does, beside what it always does: nothing, wait for something, for ever or to be
 * cancelled, or fail.
 */
export type Fate = 'answers' | 'hangs' | 'obeys' | 'dies' | Promise<unknown> | CutpointError

/** Compute workers for tests of the store: they hold what the real one holds, and meet the fate they are given. */
export class FakeWorkers {
  /** All that were started, the latest last. */
  readonly lives: FakeCompute[] = []
  /** What becomes of a call, by the number of the life (from 1) and of the call in it (from 1). */
  fate: (life: number, call: number, name: string, args: readonly unknown[]) => Fate = () => 'answers'

  /** Bytes of WebAssembly's memory that a life holds. */
  wasmBytes: (life: number) => number = () => 0

  readonly createComputeWorker = (wires?: Wires): ComputeWorker => {
    const life = new FakeCompute(this.lives.length + 1, this, wires?.events)
    this.lives.push(life)
    const none = (): void => undefined
    return { api: life.api, connectImages: none, connectView: none, terminate: () => life.terminate() }
  }

  /** Where an image worker has its files, by its number (from 1); throws what opening them throws. */
  openStore: (life: number) => ReturnType<typeof openBlobStore> = () => openBlobStore(['memory'])

  /** What the deaths of image workers are told, in their order. */
  readonly imageLives: LifeEvents[] = []

  /** A shelf with files as the real one's, in memory; a picture's hash is its text. */
  readonly createImageWorker = (events: LifeEvents): ImageWorker => {
    const life = this.imageLives.push(events)
    const files = new KeptFiles(() => this.openStore(life))
    queueMicrotask(() => events.alive?.())
    return {
      api: answering({
        useFiles: files.use.bind(files),
        takeFiles: files.take.bind(files),
        forgetFiles: files.forget.bind(files),
        fetch: (kind: PictureKind, hash: string) => files.shelf.get(kind, hash),
        examine: async (blob: Blob) => {
          const hash = await blob.text()
          await files.shelf.put('thumbnail', hash, new Blob([`small ${hash}`]))
          await files.shelf.put('picture', hash, blob)
          return { hash, perceptualHash: '', width: 1, height: 1 }
        },
      }) as ImageWorker['api'],
      port: () => new MessageChannel().port1,
      terminate: () => undefined,
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

class FakeCompute {
  readonly #life: number
  readonly #all: FakeWorkers
  readonly #events: LifeEvents | undefined
  readonly #ended = deferred<never>()
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
    this.#ended.promise.catch(() => undefined)
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

  terminate(): void {
    this.terminated = true
    this.#ended.reject(new CutpointError('cancelled', 'The work was ended.', ''))
  }

  die(why = workerDied()): void {
    this.#ended.reject(why)
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
    if (fate instanceof CutpointError) throw fate
    if (fate === 'obeys') {
      await Promise.race([new Promise<void>((resolve) => this.#obeying.set(job, resolve)), this.#ended.promise])
      throw new CutpointError('cancelled', 'The work was cancelled.', '')
    }
    // As a real one does, in a task of its own.
    if (fate === 'dies') setImmediate(() => this.die())
    if (fate instanceof Promise) await Promise.race([fate, this.#ended.promise])
    else if (fate !== 'answers' || this.terminated) return this.#ended.promise
    await Promise.race([Promise.resolve(), this.#ended.promise])
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

  #do(name: string, args: readonly unknown[]): unknown {
    switch (name) {
      case 'open':
        Object.assign(this, { model: args[3], cut: [], head: null, told: (args[2] as OpenChoices).told ?? [] })
        if (typeof args[4] === 'function') (args[4] as (name: string) => void)('net')
        return {
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
      case 'cut':
        if (this.model === null) throw new CutpointError('no-model', 'No model is open.', '')
        this.cut = args[0] as readonly string[]
        return { tensors: args[0] }
      case 'nameClasses':
        return { summary: { name: 'net', bytes: 1_000, outputs: [], labels: ['a'] } }
      case 'uncut':
        this.cut = []
        return
      case 'memory':
        return { tensors: 0, featureBytes: 0, wasmBytes: this.#all.wasmBytes(this.#life) }
      case 'train':
        return this.#train(args)
      case 'restoreHead':
        this.head = args[0]
        return
      default:
        return name
    }
  }
}
