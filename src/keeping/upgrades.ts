import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb'
import { headWithTrainedOn, networkWithoutStale } from './older-heads'
import { headWithoutMatrices, headWithPredicted, pageWithPerceptualHashes } from './older-reports'
import type { KeptSchema } from './types'

type Upgrade = (
  database: IDBPDatabase<KeptSchema>,
  transaction: IDBPTransaction<KeptSchema, StoreNames<KeptSchema>[], 'versionchange'>,
) => void | Promise<void>

/** Brings the database from each version to the next, the first one from none; there are as many versions as steps. */
export const upgrades: readonly Upgrade[] = [
  (database) => {
    for (const store of ['values', 'photos', 'heads', 'features', 'files'] as const) database.createObjectStore(store)
  },
  // Several networks are kept, each as a record of its own; before, the one there was lay among the values.
  async (database, transaction) => {
    database.createObjectStore('networks')
    const values = transaction.objectStore('values')
    const [keys, all] = await Promise.all([values.getAllKeys(), values.getAll()])
    const network = networkIn(new Map(keys.map((key, index) => [key, all[index]])))
    for (const key of valuesOfNetwork) await values.delete(key)
    if (network) await transaction.objectStore('networks').put(network.record, network.key)
  },
  // Reports hold no matrices any more.
  async (_database, transaction) => {
    for (let head = await transaction.objectStore('heads').openCursor(); head; head = await head.continue()) {
      await head.update(headWithoutMatrices(head.value))
    }
  },
  // Layers can be told what they do, and that can be undone.
  async (_, transaction) => {
    const networks = transaction.objectStore('networks')
    const [keys, all] = await Promise.all([networks.getAllKeys(), networks.getAll()])
    for (const [index, key] of keys.entries()) await networks.put(withPastTold(all[index]), key)
  },
  // Each head says what it was trained on; before, only a network said whether its current one was out of date.
  async (_, transaction) => {
    const networks = transaction.objectStore('networks')
    const [keys, all] = await Promise.all([networks.getAllKeys(), networks.getAll()])
    for (const [index, key] of keys.entries()) await networks.put(networkWithoutStale(all[index]), key)
    for (let head = await transaction.objectStore('heads').openCursor(); head; head = await head.continue()) {
      await head.update(headWithTrainedOn(head.value, all))
    }
  },
  // Reports and photos name what they hold by the usual terms.
  async (_, transaction) => {
    for (let head = await transaction.objectStore('heads').openCursor(); head; head = await head.continue()) {
      await head.update(headWithPredicted(head.value))
    }
    for (let page = await transaction.objectStore('photos').openCursor(); page; page = await page.continue()) {
      await page.update(pageWithPerceptualHashes(page.value))
    }
  },
  // Trainings on their way are kept.
  (database) => {
    for (const store of ['trainings', 'trainingStates'] as const) database.createObjectStore(store)
  },
]

/** A network's record of version 3 as one of version 4; what is none stays as it is. */
export const withPastTold = (record: unknown): unknown =>
  typeof record === 'object' && record !== null ? { pastTold: [], ...record } : record

/** What belonged to the network of version 1. */
const valuesOfNetwork = [
  'model',
  'output',
  'inputs',
  'cut',
  'pastCuts',
  'preprocessing',
  'preprocessingKnown',
  'headOrder',
  'headId',
  'stale',
] as const

/** The network among the values of version 1, as a record of version 2; null where there was none. */
export function networkIn(
  values: ReadonlyMap<string, unknown>,
): { readonly key: string; readonly record: object } | null {
  const model = values.get('model')
  if (typeof model !== 'object' || model === null || !('key' in model) || typeof model.key !== 'string') return null
  const record = {
    output: null,
    inputs: [],
    cut: null,
    pastCuts: [],
    preprocessing: null,
    preprocessingKnown: true,
    headOrder: [],
    headId: null,
    stale: false,
    at: values.get('at') ?? 0,
    ...Object.fromEntries(valuesOfNetwork.flatMap((key) => (values.get(key) == null ? [] : [[key, values.get(key)]]))),
  }
  return { key: model.key, record }
}
