import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openModel } from '..'
import { expandZips } from '../zip'
import { diskFile, quiet } from '../testing/files'
import { jsonDamages, openDamaged } from '../testing/mutate'
import { withWorker } from '../testing/threads'
import type { SourceFile } from '../types'

const folder = new URL('../fixtures/keras/', import.meta.url)
const names = readdirSync(folder)

function files(wanted: RegExp): SourceFile[] {
  return names.filter((name) => wanted.test(name)).map((name) => diskFile(new URL(name, folder), name))
}

// HDF5 is read in threads, as in browsers, which are ended when they loop.
let takeAway: () => Promise<void>
beforeAll(async () => {
  takeAway = await withWorker(new URL('../hdf5/hdf5.worker.ts', import.meta.url))
}, 60_000)
afterAll(() => takeAway())

describe('damaged models', () => {
  it('either open whole or are refused with a reason: .keras', { timeout: 300_000 }, async () => {
    const archives = files(/\.keras$/)
    const counts = await openDamaged({ models: archives.map((file) => [file]), rounds: 1000, seed: 31 })
    expect(Object.keys(counts)).toContain('opened')
    const parts = await Promise.all(archives.map((file) => expandZips([file], quiet)))
    const more = await openDamaged({ models: parts, rounds: 1000, seed: 32, damages: jsonDamages })
    expect(Object.keys(more)).toEqual(expect.arrayContaining(['opened', 'bad-hdf5']))
  })

  it('either open whole or are refused with a reason: tfjs layers', { timeout: 300_000 }, async () => {
    const models = [2, 3].map((version) =>
      ['model.json', 'group1-shard1of1.bin'].map((name) => diskFile(new URL(`tfjs${version}/${name}`, folder), name)),
    )
    await openModel(models[0], quiet)
    const counts = await openDamaged({ models, rounds: 2000, seed: 33, damages: jsonDamages })
    expect(Object.keys(counts)).toEqual(expect.arrayContaining(['opened', 'bad-json', 'bad-graph', 'shard-size']))
  })
})
