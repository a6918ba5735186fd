import { Worker as NodeThread } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CutpointError } from '../../errors'
import { quiet } from '../testing/files'
import { withWorker } from '../testing/threads'
import { openInThread } from './thread'
import type { Hdf5Source } from './types'

/** What keeps every processor busy until it is ended. */
const spinning = "import('node:worker_threads').then(() => { for (;;); })"

let takeAway: () => Promise<void>
let others: NodeThread[]
beforeAll(async () => {
  takeAway = await withWorker(new URL('./testing/slow.worker.ts', import.meta.url))
  others = Array.from({ length: 2 }, () => new NodeThread(spinning, { eval: true }))
}, 60_000)
afterAll(async () => {
  await Promise.all(others.map((thread) => thread.terminate()))
  await takeAway()
})

const source = (path: string): Hdf5Source => ({ path, size: 8, data: new Uint8Array(8), attributes: [] })

describe('a thread that says nothing for seconds on a busy machine', () => {
  it('is waited for while it may still do what a step takes', async () => {
    const open = await openInThread(source('slow.h5'), quiet)
    expect(open.index.size).toBe(0)
    await open.close()
  }, 120_000)

  it('goes on where the user waits, until he cancels', async () => {
    let looks = 0
    const checkCancelled = (): void => {
      // Long after it would have been ended without.
      if (++looks > 30) throw new CutpointError('cancelled', 'The work was cancelled.', '')
    }
    const waited = openInThread(source('endless.h5'), { ...quiet, checkCancelled, patient: true })
    await expect(waited).rejects.toMatchObject({ code: 'cancelled' })
  }, 120_000)
})
