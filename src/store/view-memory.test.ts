import { describe, expect, it } from 'vitest'
import { fingerprint, keepSettings, keepUnfolded, recallSettings, recallUnfolded, type Shelf } from './view-memory'

function shelf(): Shelf & { readonly size: number } {
  const items = new Map<string, string>()
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    get size() {
      return items.size
    },
  }
}

describe('what the view keeps between visits', () => {
  it('gives each model back what was unfolded in it', () => {
    const store = shelf()
    keepUnfolded(fingerprint('net', 10), new Set(['a', 'a/b']), store)
    keepUnfolded(fingerprint('net', 11), new Set(), store)
    expect(recallUnfolded(fingerprint('net', 10), store)).toEqual(new Set(['a', 'a/b']))
    expect(recallUnfolded(fingerprint('net', 11), store)).toEqual(new Set())
    expect(recallUnfolded(fingerprint('net', 12), store)).toBeNull()
    keepUnfolded(fingerprint('net', 10), null, store)
    expect(recallUnfolded(fingerprint('net', 10), store)).toBeNull()
  })

  it('forgets the models not looked at for longest', () => {
    const store = shelf()
    for (let i = 0; i < 20; i++) keepUnfolded(`model ${i}`, new Set([`path ${i}`]), store)
    keepUnfolded('model 0', new Set(['again']), store)
    keepUnfolded('one more', new Set(['x']), store)
    expect(recallUnfolded('model 0', store)).toEqual(new Set(['again']))
    expect(recallUnfolded('model 1', store)).toBeNull()
    expect(recallUnfolded('model 2', store)).toEqual(new Set(['path 2']))
    for (let i = 0; i < 200; i++) keepUnfolded(`other ${i}`, new Set([`path ${i}`]), store)
    expect(store.size).toBeLessThanOrEqual(21)
  })

  it('keeps nothing of a view larger than it has room for', () => {
    const store = shelf()
    keepUnfolded('large', new Set(['small']), store)
    keepUnfolded('large', new Set(Array.from({ length: 20_000 }, (_, i) => `scope/number/${i}`)), store)
    expect(recallUnfolded('large', store)).toBeNull()
  })

  it('lives with storage that holds anything, refuses or is not there', () => {
    const full: Shelf = {
      getItem: () => '{"not": ["a list"',
      setItem: () => {
        throw new Error('QuotaExceededError')
      },
      removeItem: () => {
        throw new Error('SecurityError')
      },
    }
    expect(recallUnfolded('m', full)).toBeNull()
    expect(recallSettings(full)).toEqual({})
    expect(() => keepUnfolded('m', new Set(['a']), full)).not.toThrow()
    expect(() => keepUnfolded('m', null, full)).not.toThrow()
    expect(() => keepSettings({ direction: 'right' }, null)).not.toThrow()
    const odd: Shelf = { ...full, getItem: () => '[1, "a", null]' }
    expect(recallUnfolded('m', odd)).toEqual(new Set(['a']))
    expect(recallSettings(odd)).toEqual({})
  })
})
