import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openModel } from '..'
import { diskFile, quiet } from '../testing/files'
import { openDamaged } from '../testing/mutate'
import { withWorker } from '../testing/threads'

const folder = new URL('../fixtures/keras/', import.meta.url)
const models = readdirSync(folder)
  .filter((name) => /^(?!.*weights).*\.h5$/.test(name))
  .map((name) => [diskFile(new URL(name, folder), name)])

// HDF5 is read in threads, as in browsers, which are ended when they loop.
let takeAway: () => Promise<void>
beforeAll(async () => {
  takeAway = await withWorker(new URL('../hdf5/hdf5.worker.ts', import.meta.url))
}, 60_000)
afterAll(() => takeAway())

it('damaged .h5 files either open whole or are refused with a reason, in time', { timeout: 300_000 }, async () => {
  const counts = await openDamaged({ models, rounds: 2000, seed: 31 })
  expect(Object.keys(counts)).toEqual(expect.arrayContaining(['opened', 'bad-hdf5']))
  await (await openModel(models[0], quiet)).close?.()
})
