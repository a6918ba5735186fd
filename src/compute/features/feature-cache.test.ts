import { describe, expect, it } from 'vitest'
import { FeatureCache, type FeatureShelf } from './feature-cache'

const row = (value: number): Float32Array => new Float32Array(4).fill(value)
const rows = (from: number, to: number): Map<string, Float32Array> =>
  new Map(Array.from({ length: to - from }, (_, index) => [`k${from + index}`, row(from + index)]))

/** A shelf in memory that notes what it was asked for. */
function shelf(): FeatureShelf & { asked: string[][]; kept: Map<string, Float32Array> } {
  const kept = new Map<string, Float32Array>()
  const asked: string[][] = []
  return {
    asked,
    kept,
    load: (prefix, keys) => {
      asked.push([...keys])
      return Promise.resolve(
        new Map(
          keys.flatMap((key) => {
            const found = kept.get(prefix + key)
            return found ? [[key, found] as const] : []
          }),
        ),
      )
    },
    store: (prefix, given) => {
      for (const [key, value] of given) kept.set(prefix + key, value)
      return Promise.resolve()
    },
  }
}

describe('features in memory', () => {
  it('are those used last, within the bytes allowed', async () => {
    const cache = new FeatureCache(10 * 16)
    cache.add('p', rows(0, 10))
    await cache.recall('p', ['k0', 'k1'])
    cache.add('p', rows(10, 15))
    expect(cache.bytes).toBe(160)
    const found = await cache.recall('p', [...rows(0, 15).keys()])
    expect([...found.keys()].sort()).toEqual(['k0', 'k1', ...rows(7, 15).keys()].sort())
    expect(found.get('k12')).toEqual(row(12))
  })

  it('are told apart by what they depend on', async () => {
    const cache = new FeatureCache()
    cache.add('one cut', rows(0, 2))
    expect((await cache.recall('another', ['k0'])).size).toBe(0)
    cache.add('one cut', rows(0, 2))
    expect(cache.bytes).toBe(32)
    cache.clear()
    expect(cache.bytes).toBe(0)
  })

  it('come back from the shelf, asked only for what is not in memory', async () => {
    const disk = shelf()
    const before = new FeatureCache()
    before.use(disk)
    before.add('p', rows(0, 3))
    const after = new FeatureCache()
    after.use(disk)
    after.add('p', rows(5, 6))
    const found = await after.recall('p', ['k0', 'k2', 'k5', 'k9'])
    expect([...found.keys()].sort()).toEqual(['k0', 'k2', 'k5'])
    expect(disk.asked).toEqual([['k0', 'k2', 'k9']])
    await after.recall('p', ['k0', 'k5'])
    expect(disk.asked).toHaveLength(1)
  })

  it('are computed where the shelf fails', async () => {
    const cache = new FeatureCache()
    cache.use({ load: () => Promise.reject(new Error('no')), store: () => Promise.reject(new Error('full')) })
    cache.add('p', rows(0, 1))
    expect((await cache.recall('p', ['k0', 'k1'])).size).toBe(1)
  })
})
