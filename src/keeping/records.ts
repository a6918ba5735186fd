import { openDatabase, type OnClosed } from './database'
import type { Database } from './types'
import { asDiskFull } from './disk-full'

const stores = ['values', 'networks', 'photos', 'heads', 'trainings', 'trainingStates'] as const

/** A record that changes; without a value it goes. */
export interface RecordChange {
  readonly store: (typeof stores)[number]
  readonly key: string | number
  readonly value?: unknown
}

/** All records but heads and trainings, which may be large. */
export interface KeptRecords {
  readonly values: ReadonlyMap<string, unknown>
  readonly networks: readonly unknown[]
  /** The photos' pages in their order. */
  readonly photos: readonly unknown[]
  /** Ids of all heads. */
  readonly headIds: readonly string[]
}

/** The small things that are kept: everything but files and features. */
export class Records {
  readonly #database: Database

  private constructor(database: Database) {
    this.#database = database
  }

  /** `onClosed` hears if the database is closed under this page. */
  static async open(onClosed?: OnClosed): Promise<Records> {
    return new Records(await openDatabase(onClosed))
  }

  async read(): Promise<KeptRecords> {
    const tx = this.#database.transaction(['values', 'networks', 'photos', 'heads'])
    const values = tx.objectStore('values')
    const [keys, all, networks, photos, headIds] = await Promise.all([
      values.getAllKeys(),
      values.getAll(),
      tx.objectStore('networks').getAll(),
      tx.objectStore('photos').getAll(),
      tx.objectStore('heads').getAllKeys(),
    ])
    return { values: new Map(keys.map((key, index) => [key, all[index]])), networks, photos, headIds }
  }

  /** The heads of these ids, in their order; those that are not there are left out. */
  async heads(ids: readonly string[]): Promise<unknown[]> {
    const { store } = this.#database.transaction('heads')
    const found = await Promise.all(ids.map((id) => store.get(id)))
    return found.filter((head) => head !== undefined)
  }

  /**
   * Writes all changes or none. They and the commit are on their way when this returns, so that a tab that is killed
   * right after keeps them; it resolves when they are kept. Throws CutpointError `disk-full`.
   */
  async write(changes: readonly RecordChange[]): Promise<void> {
    try {
      const touched = stores.filter((store) => changes.some((change) => change.store === store))
      const tx = this.#database.transaction(touched, 'readwrite', { durability: 'relaxed' })
      const requests = changes.map(({ store, key, value }) => {
        const target = tx.objectStore(store)
        return value === undefined ? target.delete(key) : target.put(value, key)
      })
      tx.commit()
      await Promise.all([...requests, tx.done])
    } catch (error) {
      throw asDiskFull(error)
    }
  }

  /** Forgets everything, the features too. */
  async clear(): Promise<void> {
    const all = [...stores, 'features'] as const
    const tx = this.#database.transaction(all, 'readwrite')
    await Promise.all([...all.map((store) => tx.objectStore(store).clear()), tx.done])
  }
}
