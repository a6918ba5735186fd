import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openModel } from '..'
import { expandZips } from '../zip'
import { diskFile, quiet } from '../testing/files'
import { jsonDamages, openDamaged } from '../testing/mutate'
import type { SourceFile } from '../types'

const folder = new URL('../fixtures/keras/', import.meta.url)
const names = readdirSync(folder)

function files(wanted: RegExp): SourceFile[] {
  return names.filter((name) => wanted.test(name)).map((name) => diskFile(new URL(name, folder), name))
}

describe('two thousand damaged models of each kind', () => {
  it.each([
    ['.h5', /^(?!.*weights).*\.h5$/],
    ['.keras', /\.keras$/],
  ])('either open whole or are refused with a reason: %s', { timeout: 300_000 }, async (_, wanted) => {
    const counts = await openDamaged({ models: files(wanted).map((file) => [file]), rounds: 1000, seed: 31 })
    expect(Object.keys(counts)).toContain('opened')
    // The parts of an archive, and the text in an HDF5 file, which checks nothing of it.
    const parts = await Promise.all(files(wanted).map((file) => expandZips([file], quiet)))
    const more = await openDamaged({ models: parts, rounds: 1000, seed: 32, damages: jsonDamages })
    expect(Object.keys(more)).toEqual(expect.arrayContaining(['opened', 'bad-hdf5']))
  })

  it('either open whole or are refused with a reason: tfjs layers', { timeout: 300_000 }, async () => {
    const models = [2, 3].map((version) =>
      files(new RegExp(`^tfjs${version}\\.`)).map((file) => ({ ...file, path: file.path.replace(/^tfjs\d\./, '') })),
    )
    await openModel(models[0], quiet)
    const counts = await openDamaged({ models, rounds: 2000, seed: 33, damages: jsonDamages })
    expect(Object.keys(counts)).toEqual(expect.arrayContaining(['opened', 'bad-json', 'bad-graph', 'shard-size']))
  })
})
