import type { RecordChange, Records } from '../../keeping/records'
import type { State } from '../state/state'
import type { KeptNetwork, Photo } from '../state/types'
import { KeptNetworks } from './kept-networks'
import { PhotoPages } from './photo-pages'
import type { StoredHead, KeptValues, KeptVisit } from './visit'

type Value = Exclude<keyof KeptValues, 'at'>

/** Parts of the state that belong to no network, each a record; it is written when it is no longer the same object. */
const valueParts: Readonly<Record<Value, (state: State) => unknown>> = {
  labels: (state) => state.labels,
  options: (state) => state.options,
  ownNetwork: (state) => state.ownNetwork,
  autoTrain: (state) => state.autoTrain,
  files: (state) => state.keeping.kind,
}

/** Is called with the outcome of writes. */
export interface WriterListener {
  failed(error: unknown): void
  /** Networks were deleted from disk to make room for another. */
  dropped(networks: readonly KeptNetwork[]): void
}

/** Changes that may not be on disk yet, by record, with the number of the last write they are part of. */
type Pending = Map<string, { readonly change: RecordChange; readonly by: number }>

/**
 * Writes what has changed since the last write, before the change is shown. Each write holds all changes that are not
 * known to be on disk, so that one that succeeds never builds on one that failed. After a failure nothing is written,
 * and no change is forgotten, until `retry`.
 */
export class Writer {
  #records: Pick<Records, 'write'>
  readonly #listener: WriterListener
  readonly #pages = new PhotoPages()
  readonly #values = new Map<string, unknown>()
  readonly #pending: Pending = new Map()
  #sent = 0
  #stopped = false
  readonly networks = new KeptNetworks()

  constructor(records: Pick<Records, 'write'>, listener: WriterListener) {
    this.#records = records
    this.#listener = listener
  }

  /** Whether writing has stopped, after a failure or by `stop`. */
  get stopped(): boolean {
    return this.#stopped
  }

  /** Writes nothing more until a retry, as after a failure. */
  stop(): void {
    this.#stopped = true
  }

  /** Starts from what was read from disk; gives its photos. */
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
    const sent = this.#send([...changes, { store: 'values', key: 'at', value: Date.now() }])
    sent.then(
      (written) => {
        if (written && dropped.length > 0) this.#listener.dropped(dropped)
      },
      () => undefined,
    )
  }

  /**
   * Writes a head with its weights, which may be large and take a while: await it before the head is shown. If it fails
   * the head is written with the next retry.
   */
  async keepHead(head: StoredHead): Promise<void> {
    await this.#send([{ store: 'heads', key: head.entry.id, value: head }])
  }

  /** Deletes heads that are not, or will not be, listed by any network. */
  async deleteHeads(ids: readonly string[]): Promise<void> {
    await this.#send(ids.map((key) => ({ store: 'heads', key })))
  }

  /** Deletes the records of a network that is not open. */
  async deleteNetwork(key: string): Promise<void> {
    await this.#send(this.networks.remove(key))
  }

  /** Writes what could not be written, and goes on writing; gives whether all is on disk now. */
  async retry(): Promise<boolean> {
    try {
      // What changes meanwhile is added to `#pending`, not written at once.
      while (this.#pending.size > 0) await this.#flush()
    } catch {
      return false
    }
    this.#stopped = false
    return true
  }

  /** Changes over to an empty database: `retry` then writes all of `state`, and these heads. */
  startAnew(records: Pick<Records, 'write'>, state: State, heads: readonly StoredHead[]): void {
    this.#records = records
    this.#pending.clear()
    this.adopt({ pages: [], networks: [] })
    this.#stopped = true
    for (const head of heads) this.#note([{ store: 'heads', key: head.entry.id, value: head }])
    this.write(state)
  }

  /** Changes over to another connection to the same database. */
  reconnect(records: Pick<Records, 'write'>): void {
    this.#records = records
  }

  /** Gives whether they were written, not only noted for a retry. */
  async #send(changes: readonly RecordChange[]): Promise<boolean> {
    if (changes.length === 0) return true
    this.#note(changes)
    if (this.#stopped) return false
    await this.#flush()
    return true
  }

  #note(changes: readonly RecordChange[]): void {
    for (const change of changes) {
      this.#pending.set(`${change.store} ${typeof change.key} ${change.key}`, { change, by: this.#sent + 1 })
    }
  }

  /** Writes all that is not known to be on disk. */
  async #flush(): Promise<void> {
    this.#sent += 1
    const number = this.#sent
    try {
      await this.#records.write([...this.#pending.values()].map(({ change }) => change))
    } catch (error) {
      // A later write holds all of these changes, and its outcome counts.
      if (number === this.#sent && !this.#stopped) {
        this.#stopped = true
        this.#listener.failed(error)
      }
      throw error
    }
    for (const [key, { by }] of this.#pending) if (by <= number) this.#pending.delete(key)
  }

  #valueChanges(state: State): RecordChange[] {
    return Object.entries(valueParts).flatMap(([key, part]) => {
      const value = part(state)
      if (this.#values.has(key) && this.#values.get(key) === value) return []
      this.#values.set(key, value)
      return [{ store: 'values', key, value }]
    })
  }

  #photoChanges({ photos }: State): RecordChange[] {
    return [...this.#pages.changes(photos)].map(([key, page]) => ({
      store: 'photos',
      key,
      value: page.length > 0 ? page : undefined,
    }))
  }
}
