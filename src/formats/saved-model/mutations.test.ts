import { expect, it } from 'vitest'
import { openModel } from '..'
import { openDamaged } from '../testing/mutate'
import { quiet } from '../testing/files'
import { savedModelChoice, savedModelFiles, savedModelNames } from './testing/fixtures'
import type { SourceFile } from '../types'

/** Opens what its fixture says, and reads every weight. */
async function openWhole(files: readonly SourceFile[]): Promise<void> {
  const folder = files[0].path.split('/')[0]
  const { graph, weights } = await openModel(files, quiet, savedModelChoice(folder))
  for (const [id, info] of graph.weights) {
    const values = await weights.values(id)
    expect(values.length, id).toBe(info.shape.reduce((product, size) => product * size, 1))
  }
}

it('two thousand damaged SavedModels open whole or are refused with a reason', { timeout: 240_000 }, async () => {
  const counts = await openDamaged({
    models: savedModelNames.map(savedModelFiles),
    rounds: 2000,
    seed: 31,
    open: openWhole,
    target: (files, random) => {
      const name = ['saved_model.pb', 'saved_model.pb', 'variables.index', 'variables.data'][Math.floor(random() * 4)]
      return files.findIndex(({ path }) => path.includes(name))
    },
  })
  expect(Object.keys(counts)).toEqual(expect.arrayContaining(['opened', 'bad-checksum', 'truncated', 'bad-graph']))
  // Every byte of the weights is under a checksum: what is damaged there is never taken for whole.
  expect(counts['bad-checksum']).toBeGreaterThan(300)
})
