import { expect, it } from 'vitest'
import { openModel } from '..'
import { openDamaged } from '../testing/mutate'
import { quiet } from '../testing/files'
import { metaGraphFiles } from './testing/fixtures'

it('two hundred damaged checkpoints open whole or are refused with a reason', async () => {
  const counts = await openDamaged({
    models: [metaGraphFiles('training')],
    rounds: 200,
    seed: 17,
    open: async (files) => {
      const { graph, weights } = await openModel(files, quiet)
      for (const [id, info] of graph.weights) {
        expect((await weights.values(id)).length, id).toBe(info.shape.reduce((product, size) => product * size, 1))
      }
    },
    target: (files, random) => {
      const name = ['.meta', '.meta', '.index', '.data-'][Math.floor(random() * 4)]
      return files.findIndex(({ path }) => path.includes(name))
    },
  })
  expect(Object.keys(counts)).toEqual(expect.arrayContaining(['opened', 'bad-checksum', 'truncated', 'bad-graph']))
})
