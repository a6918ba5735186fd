import type { Change, Records } from '../../keeping/records'
import type { KeptNetwork, Photo, State } from '../state'
import { KeptNetworks } from './kept-networks'
import { PhotoPages } from './photo-pages'
import type { KeptHead, KeptValues, KeptVisit } from './visit'

type Value = Exclude<keyof KeptValues, 'at'>

/** What is kept of the state whatever network is open, each a record; it is written when it is another object than before. */
const valueParts: Readonly<Record<Value, (state: State) => unknown>> = {
  labels: (state) => state.labels,
  options: (state) => state.options,
  autoTrain: (state) => state.autoTrain,
  files: (state) => state.keeping.kind,
}

/** Hears what comes of writing. */
export interface WriterListener {
  failed(error: unknown): void
  /** Networks made room for another one and are no longer on disk. */
  dropped(networks: readonly KeptNetwork[]): void
}

/** Writes what has changed since it was last written, before it can be seen. */
export class Writer {
  readonly #records: Pick<Records, 'write'>
  readonly #listener: WriterListener
  readonly #pages = new PhotoPages()
  readonly #values = new Map<string, unknown>()
  readonly networks = new KeptNetworks()

  constructor(records: Pick<Records, 'write'>, listener: WriterListener) {
    this.#records = records
    this.#listener = listener
  }

  /** Takes what was read as what is on disk; gives its photos. */
  adopt({ pages, networks }: Pick<KeptVisit, 'pages' | 'networks'>): readonly Photo[] {
    this.#values.clear()
    this.networks.adopt(networks)
    return this.#pages.adopt(pages)
  }

  /** Issues all writes in the task in which it is called. */
  write(state: State): void {
    const { changes: ofNetworks, dropped } = this.networks.changes(state)
    const changes = [...this.#valueChanges(state), ...this.#photoChanges(state), ...ofNetworks]
    if (changes.length === 0) return
    this.#send([...changes, { store: 'values', key: 'at', value: Date.now() }]).then(
      () => {
        if (dropped.length > 0) this.#listener.dropped(dropped)
      },
      () => undefined,
    )
  }

  /** Keeps a head with its weights, which may be too large to be on their way at once; to be awaited before it is shown. */
  async keepHead(head: KeptHead): Promise<void> {
    await this.#send([{ store: 'heads', key: head.entry.id, value: head }])
  }

  /** Deletes heads that were kept before they came, and did not come. */
  async deleteHeads(ids: readonly string[]): Promise<void> {
    await this.#send(ids.map((key) => ({ store: 'heads', key })))
  }

  /** Deletes the records of a network that is not open. */
  async deleteNetwork(key: string): Promise<void> {
    await this.#send(this.networks.remove(key))
  }

  async #send(changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return
    try {
      await this.#records.write(changes)
    } catch (error) {
      this.#listener.failed(error)
      throw error
    }
  }

  #valueChanges(state: State): Change[] {
    return Object.entries(valueParts).flatMap(([key, part]) => {
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
}
