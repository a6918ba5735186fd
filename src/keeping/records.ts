import { openDatabase, type Database } from './database'
import { asDiskFull } from './disk-full'

/** A record that changes; without a value it goes. */
export interface Change {
  readonly store: 'values' | 'photos' | 'heads'
  readonly key: string | number
  readonly value?: unknown
}

/** All records. */
export interface KeptRecords {
  readonly values: ReadonlyMap<string, unknown>
  /** The photos' pages in their order. */
  readonly photos: readonly unknown[]
  readonly heads: readonly unknown[]
}

const stores = ['values', 'photos', 'heads'] as const

/** The small things that are kept: everything but files and features. */
export class Records {
  readonly #database: Database

  private constructor(database: Database) {
    this.#database = database
  }

  static async open(): Promise<Records> {
    return new Records(await openDatabase())
  }

  async read(): Promise<KeptRecords> {
    const tx = this.#database.transaction(stores)
    const values = tx.objectStore('values')
    const [keys, all, photos, heads] = await Promise.all([
      values.getAllKeys(),
      values.getAll(),
      tx.objectStore('photos').getAll(),
      tx.objectStore('heads').getAll(),
    ])
    return { values: new Map(keys.map((key, index) => [key, all[index]])), photos, heads }
  }

  /**
   * Writes all changes or none. They and the commit are on their way when this returns, so that a tab that is killed
   * right after keeps them; it resolves when they are kept. Throws CutpointError `disk-full`.
   */
  async write(changes: readonly Change[]): Promise<void> {
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
