import type { Change, Records } from '../keeping/records'
import { PhotoPages } from './keeping-photos'
import type { KeptHead, KeptValues, KeptVisit } from './keeping-visit'
import type { HeadEntry, Photo, State } from './state'

type Value = Exclude<keyof KeptValues, 'at' | 'headOrder'>

type Parts = Readonly<Partial<Record<Value, (state: State) => unknown>>>

/** What is kept of the state, each part a record; a part is written when it is another object than before. */
const always: Parts = {
  labels: (state) => state.labels,
  options: (state) => state.options,
  autoTrain: (state) => state.autoTrain,
  files: (state) => state.keeping.kind,
}

/** What belongs to the model: while none is open, that of the last one stays as it is. */
const ofModel: Parts = {
  model: (state) => state.model?.kept ?? null,
  output: (state) => state.model?.output ?? null,
  inputs: (state) => state.model?.otherInputs ?? null,
  cut: (state) => state.cut?.summary.tensors ?? null,
  pastCuts: (state) => state.pastCuts,
  preprocessing: (state) => state.preprocessing,
  preprocessingKnown: (state) => state.preprocessingKnown,
  headId: (state) => state.headId,
  stale: (state) => state.stale,
}

/** Writes what has changed since it was last written, before it can be seen. */
export class Writer {
  readonly #records: Records
  readonly #onFailed: (error: unknown) => void
  readonly #pages = new PhotoPages()
  readonly #values = new Map<string, unknown>()
  /** Ids of heads on disk that the state has, or had. */
  #heads = new Set<string>()
  #entries: readonly HeadEntry[] | null = null
  #paused = false

  constructor(records: Records, onFailed: (error: unknown) => void) {
    this.#records = records
    this.#onFailed = onFailed
  }

  /** Takes what was read as what is on disk; gives its photos. */
  adopt({ pages, heads }: KeptVisit): readonly Photo[] {
    this.#values.clear()
    this.#entries = null
    this.#heads = new Set(heads.map(({ entry }) => entry.id))
    return this.#pages.adopt(pages)
  }

  /** Writes nothing until it goes on: what is on its way back must not be kept half. */
  pause(): void {
    this.#paused = true
  }

  resume(state: State): void {
    this.#paused = false
    this.write(state)
  }

  /** Issues all writes in the task in which it is called. */
  write(state: State): void {
    if (this.#paused) return
    const changes = [
      ...this.#valueChanges(state, always),
      ...this.#photoChanges(state),
      ...(state.model ? [...this.#valueChanges(state, ofModel), ...this.#headChanges(state)] : []),
    ]
    if (changes.length === 0) return
    this.#send([...changes, { store: 'values', key: 'at', value: Date.now() }]).catch(() => undefined)
  }

  /** Keeps a head with its weights, which may be too large to be on their way at once; to be awaited before it is shown. */
  async keepHead(head: KeptHead): Promise<void> {
    if (this.#paused) return
    await this.#send([{ store: 'heads', key: head.entry.id, value: head }])
  }

  /** Deletes heads that were kept before they came, and did not come. */
  async unkeepHeads(ids: readonly string[]): Promise<void> {
    await this.#send(ids.map((key) => ({ store: 'heads', key })))
  }

  async #send(changes: readonly Change[]): Promise<void> {
    try {
      await this.#records.write(changes)
    } catch (error) {
      this.#onFailed(error)
      throw error
    }
  }

  #valueChanges(state: State, parts: Parts): Change[] {
    return Object.entries(parts).flatMap(([key, part]) => {
      const value = part(state)
      if (this.#values.has(key) && this.#values.get(key) === value) return []
      this.#values.set(key, value)
      return [{ store: 'values', key, value }]
    })
  }

  #photoChanges({ photos }: State): Change[] {
    return [...this.#pages.changes(photos)].map(([key, page]) => ({
      store: 'photos',
      key,
      value: page.length > 0 ? page : undefined,
    }))
  }

  /** Heads that are gone; those that are new were kept before they came. */
  #headChanges({ heads }: State): Change[] {
    if (heads === this.#entries) return []
    this.#entries = heads
    const before = this.#heads
    const order = heads.map(({ id }) => id)
    this.#heads = new Set(order)
    const gone = [...before].filter((id) => !this.#heads.has(id))
    return [
      ...gone.map((key): Change => ({ store: 'heads', key })),
      { store: 'values', key: 'headOrder', value: order },
    ]
  }
}
