import { describe, expect, it } from 'vitest'
import { fingerprint, keepSettings, keepUnfolded, recallSettings, recallUnfolded, type Shelf } from './kept-view'

/** A shelf with room for so many characters. */
function shelf(room = Infinity): Shelf & { readonly size: number; readonly characters: number } {
  const items = new Map<string, string>()
  const characters = () => [...items].flat().join('').length
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => {
      const before = items.get(key)
      items.set(key, value)
      if (characters() <= room) return
      if (before === undefined) items.delete(key)
      else items.set(key, before)
      throw new Error('QuotaExceededError')
    },
    removeItem: (key) => void items.delete(key),
    get size() {
      return items.size
    },
    get characters() {
      return characters()
    },
  }
}

const opening = ['a', 'b']

describe('what the view keeps between visits', () => {
  it('gives each model back what was unfolded in it', () => {
    const store = shelf()
    keepUnfolded(fingerprint('net', 10), new Set(['a', 'a/b']), opening, store)
    keepUnfolded(fingerprint('net', 11), new Set(), opening, store)
    expect(recallUnfolded(fingerprint('net', 10), opening, store)).toEqual(new Set(['a', 'a/b']))
    expect(recallUnfolded(fingerprint('net', 11), opening, store)).toEqual(new Set())
    expect(recallUnfolded(fingerprint('net', 12), opening, store)).toBeNull()
    keepUnfolded(fingerprint('net', 10), null, opening, store)
    expect(recallUnfolded(fingerprint('net', 10), opening, store)).toBeNull()
  })

  it('keeps only how a view differs from the opening one', () => {
    const store = shelf()
    const large = Array.from({ length: 30_000 }, (_, i) => `scope/number/${i}`)
    keepUnfolded('large', new Set([...large.slice(1), 'more']), large, store)
    expect(store.characters).toBeLessThan(200)
    expect(recallUnfolded('large', large, store)).toEqual(new Set([...large.slice(1), 'more']))
  })

  it('forgets the models not looked at for longest', () => {
    const store = shelf()
    for (let i = 0; i < 20; i++) keepUnfolded(`model ${i}`, new Set([`path ${i}`]), [], store)
    keepUnfolded('model 0', new Set(['again']), [], store)
    keepUnfolded('one more', new Set(['x']), [], store)
    expect(recallUnfolded('model 0', [], store)).toEqual(new Set(['again']))
    expect(recallUnfolded('model 1', [], store)).toBeNull()
    expect(recallUnfolded('model 2', [], store)).toEqual(new Set(['path 2']))
    for (let i = 0; i < 200; i++) keepUnfolded(`other ${i}`, new Set([`path ${i}`]), [], store)
    expect(store.size).toBeLessThanOrEqual(21)
  })

  it('keeps the outer groups of a view larger than it has room for, and what was folded', () => {
    const store = shelf()
    const inner = Array.from({ length: 20_000 }, (_, i) => `outer/number/${i}`)
    keepUnfolded('large', new Set([...inner, 'outer', 'outer/number', 'a']), opening, store)
    const kept = recallUnfolded('large', opening, store) ?? new Set()
    expect(kept.size).toBeGreaterThan(5_000)
    expect([...kept].slice(0, 3)).toEqual(['a', 'outer', 'outer/number'])
    expect(store.characters).toBeLessThan(200_000)
  })

  it('makes room on a shelf that is full by forgetting the models looked at longest ago', () => {
    const store = shelf(1_000)
    const paths = (model: string) => new Set(Array.from({ length: 20 }, (_, i) => `${model}/path/${i}`))
    for (const model of ['one', 'two', 'three', 'four']) keepUnfolded(model, paths(model), [], store)
    expect(recallUnfolded('one', [], store)).toBeNull()
    expect(recallUnfolded('four', [], store)).toEqual(paths('four'))
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
    expect(recallUnfolded('m', opening, full)).toBeNull()
    expect(recallSettings(full)).toEqual({})
    expect(() => keepUnfolded('m', new Set(['a']), opening, full)).not.toThrow()
    expect(() => keepUnfolded('m', null, opening, full)).not.toThrow()
    expect(() => keepSettings({ direction: 'right' }, null)).not.toThrow()
    const list: Shelf = { ...full, getItem: () => '[1, "a", null]' }
    expect(recallUnfolded('m', opening, list)).toBeNull()
    expect(recallSettings(list)).toEqual({})
    const odd: Shelf = { ...full, getItem: () => '{"unfolded": [1, "c", null], "folded": ["a"]}' }
    expect(recallUnfolded('m', opening, odd)).toEqual(new Set(['b', 'c']))
  })
})
