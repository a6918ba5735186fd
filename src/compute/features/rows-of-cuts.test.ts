import { expect, it } from 'vitest'
import { FeatureCache } from './feature-cache'
import { RowsOfCuts } from './rows-of-cuts'

const cuts = [
  { keyPrefix: 'early', length: 1 },
  { keyPrefix: 'late', length: 2 },
]

it('rows of several cuts are kept as each cut alone asks for them, once they are flushed', async () => {
  const cache = new FeatureCache()
  const rows = new RowsOfCuts(cache, cuts)
  rows.add('', new Map([['photo', Float32Array.of(1, 2, 3)]]))
  expect((await cache.recall('early', ['photo'])).size).toBe(0)
  rows.flush()
  expect(await cache.recall('early', ['photo'])).toEqual(new Map([['photo', Float32Array.of(1)]]))
  expect(await cache.recall('late', ['photo'])).toEqual(new Map([['photo', Float32Array.of(2, 3)]]))
  expect(await new RowsOfCuts(cache, cuts).recall('', ['photo', 'other'])).toEqual(
    new Map([['photo', Float32Array.of(1, 2, 3)]]),
  )
})

it('a row counts as known only where every cut has its part', async () => {
  const cache = new FeatureCache()
  cache.add('late', new Map([['photo', Float32Array.of(2, 3)]]))
  expect((await new RowsOfCuts(cache, cuts).recall('', ['photo'])).size).toBe(0)
})

it('nothing is written for a cut where nothing was added', () => {
  const cache = new FeatureCache()
  let written = 0
  cache.use({
    load: () => Promise.resolve(new Map()),
    store: () => {
      written++
      return Promise.resolve()
    },
  })
  new RowsOfCuts(cache, cuts).flush()
  expect(written).toBe(0)
})
