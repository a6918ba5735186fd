import { describe, expect, it } from 'vitest'
import { randomInt } from '../../graph/testing/random'
import { fixtureFiles } from '../testing/files'
import { jsonDamages, openDamaged } from '../testing/mutate'

const names = ['cnn-float16', 'cnn-float32', 'cnn-groups', 'cnn-uint16', 'cnn-uint8', 'constants', 'control-flow']

describe('two thousand damaged models', () => {
  it('either open whole or are refused with a reason', async () => {
    const counts = await openDamaged({
      models: names.map((name) => fixtureFiles(name)),
      rounds: 2000,
      seed: 20,
      damages: jsonDamages,
      // Most of the structure is in the JSON, so most of the damage goes there.
      target: (files, random) =>
        random() < 0.75 ? files.findIndex(({ path }) => path.endsWith('.json')) : randomInt(random, files.length),
    })
    expect(Object.keys(counts)).toEqual(
      expect.arrayContaining(['opened', 'bad-json', 'bad-graph', 'shard-size', 'bad-weight', 'missing-shards']),
    )
  })
})
