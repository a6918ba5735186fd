import { openDatabase } from './database'
import type { Database } from './types'
import { startingWith } from './files/indexeddb'

/** Rows of features on disk, by a prefix (all they depend on but the picture) and a key (the picture). */
export interface FeatureRowsOnDisk {
  load(prefix: string, keys: readonly string[]): Promise<Map<string, Float32Array>>
  store(prefix: string, rows: ReadonlyMap<string, Float32Array>): Promise<void>
}

/** Rows read at once: a row may be a few kilobytes or a few hundred. */
const atOnce = 512

/** Up to this many are looked up one by one, rather than all that there are of the prefix read. */
const few = 64

/** Opens the database for rows of features. Throws where the browser has none, or keeps sites from it. */
export async function openFeatureRows(): Promise<FeatureRowsOnDisk> {
  const database = await openDatabase()
  return {
    async load(prefix, keys) {
      if (keys.length <= few) return lookUp(database, prefix, keys)
      const wanted = new Set(keys)
      const found = new Map<string, Float32Array>()
      const start = `${prefix}|`
      let range: IDBKeyRange | null = startingWith(start)
      while (range && wanted.size > found.size) {
        const tx = database.transaction('features')
        const [names, rows]: [string[], Float32Array[]] = await Promise.all([
          tx.store.getAllKeys(range, atOnce),
          tx.store.getAll(range, atOnce),
        ])
        names.forEach((name, index) => {
          const key = name.slice(start.length)
          if (wanted.has(key)) found.set(key, rows[index])
        })
        const last = names.at(-1)
        range = names.length < atOnce || last === undefined ? null : after(last, start)
      }
      return found
    },
    async store(prefix, rows) {
      const { store, done } = database.transaction('features', 'readwrite', { durability: 'relaxed' })
      await Promise.all([...[...rows].map(([key, row]) => store.put(row, `${prefix}|${key}`)), done])
    },
  }
}

async function lookUp(database: Database, prefix: string, keys: readonly string[]): Promise<Map<string, Float32Array>> {
  const { store } = database.transaction('features')
  const rows = await Promise.all(keys.map((key) => store.get(`${prefix}|${key}`)))
  return new Map(keys.flatMap((key, index) => (rows[index] ? [[key, rows[index]] as const] : [])))
}

/** The rest of the keys that begin with `start`, after `last`. */
const after = (last: string, start: string): IDBKeyRange => IDBKeyRange.bound(last, `${start}\uffff`, true)

/** Deletes the features of all models but one, whose keys begin with `model`. */
export async function tidyFeatures(model: string | null): Promise<void> {
  const database = await openDatabase()
  const everything = model === null ? [undefined] : othersThan(model)
  const { store, done } = database.transaction('features', 'readwrite')
  await Promise.all([...everything.map((range) => (range ? store.delete(range) : store.clear())), done])
  database.close()
}

const othersThan = (model: string): IDBKeyRange[] => [
  IDBKeyRange.upperBound(`${model}|`, true),
  IDBKeyRange.lowerBound(`${model}|\uffff`, true),
]
