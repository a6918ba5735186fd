import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { upgrades } from './upgrades'
import type { WhyNotKept } from './why'

/** What is kept in IndexedDB. All but the photos' pages are plain key and value. */
export interface KeptSchema extends DBSchema {
  /** Labels and settings: one record each. */
  values: { key: string; value: unknown }
  /** Networks that were opened, each with its cut and the order of its heads, by the model's key. */
  networks: { key: string; value: unknown }
  /** Photos, some of them a page, in their order. */
  photos: { key: number; value: unknown }
  /** Trained heads with their weights, by id. */
  heads: { key: string; value: unknown }
  /** Rows of features by what they were computed from. */
  features: { key: string; value: Float32Array }
  /** Files, where the browser has no file system of its own for them. */
  files: { key: string; value: Blob }
}

export type Database = IDBPDatabase<KeptSchema>

/** Hears that the database was closed under this page: a newer page changes it, or the browser has dropped it. */
export type OnClosed = (why: Extract<WhyNotKept, 'newer' | 'lost'>) => void

/** Opens the database, which page and workers share. Throws where the browser has none, or keeps sites from it. */
export async function openDatabase(onClosed: OnClosed = () => undefined): Promise<Database> {
  const database = await openDB<KeptSchema>('cutpoint', upgrades.length, {
    // One after another, all in the transaction that changes the version: all of it or nothing.
    upgrade(opened, from, _to, transaction) {
      const run = async (): Promise<void> => {
        for (const upgrade of upgrades.slice(from)) await upgrade(opened, transaction)
      }
      run().catch(() => transaction.abort())
    },
    // A page of a newer version wants to change it: that one goes on, this one no longer writes. Without a version to
    // come, it is to be deleted.
    blocking(_from, to) {
      database.close()
      onClosed(to === null ? 'lost' : 'newer')
    },
    terminated: () => onClosed('lost'),
  })
  return database
}
