import { openDB } from 'idb'
import { upgrades } from './upgrades'
import type { WhyNotKept } from './why'
import type { KeptSchema, Database } from './types'

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
