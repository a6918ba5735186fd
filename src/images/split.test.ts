import { describe, expect, it } from 'vitest'
import { CutpointError } from '../errors'
import type { Part } from '../types'
import { assignParts, parts, type ArrivingImage, type PlacedImage } from './split'

const shares = { train: 70, validation: 15, test: 15 }

/** A seeded generator of numbers in [0, 1): the linear congruence of Numerical Recipes. */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function image(id: string, change: Partial<ArrivingImage> = {}): ArrivingImage {
  return { id, label: 'cat', hash: `hash of ${id}`, group: null, pin: null, ...change }
}

function images(count: number, change: Partial<ArrivingImage> = {}): ArrivingImage[] {
  return Array.from({ length: count }, (_, index) => image(`${change.label ?? 'cat'} ${index}`, change))
}

function partOf(assigned: ReadonlyMap<string, Part>, id: string): Part {
  const part = assigned.get(id)
  if (part === undefined) throw new Error(`${id} got no part`)
  return part
}

function placed(arrivals: readonly ArrivingImage[], assigned: ReadonlyMap<string, Part>): PlacedImage[] {
  return arrivals.map(({ id, label, hash, group }) => ({ id, label, hash, group, part: partOf(assigned, id) }))
}

function count(placedImages: readonly { part: Part }[]): Record<Part, number> {
  const counts = { train: 0, validation: 0, test: 0 }
  for (const { part } of placedImages) counts[part]++
  return counts
}

function split(arrivals: readonly ArrivingImage[], seed = 1, of: Record<Part, number> = shares): Record<Part, number> {
  return count(placed(arrivals, assignParts([], arrivals, of, seed)))
}

describe('one arrival', () => {
  it('meets the shares to the image', () => {
    expect(split(images(20))).toEqual({ train: 14, validation: 3, test: 3 })
    expect(split(images(100))).toEqual({ train: 70, validation: 15, test: 15 })
  })

  it('meets them for every label, however unequal', () => {
    const arrivals = [...images(20, { label: 'cat' }), ...images(200, { label: 'dog' })]
    const all = placed(arrivals, assignParts([], arrivals, shares, 1))
    expect(count(all.filter(({ label }) => label === 'cat'))).toEqual({ train: 14, validation: 3, test: 3 })
    expect(count(all.filter(({ label }) => label === 'dog'))).toEqual({ train: 140, validation: 30, test: 30 })
  })

  it('takes everything for training with shares 100/0/0', () => {
    expect(split(images(37), 1, { train: 100, validation: 0, test: 0 })).toEqual({ train: 37, validation: 0, test: 0 })
  })

  it('reads shares as proportions', () => {
    expect(split(images(10), 1, { train: 0.5, validation: 0.5, test: 0 })).toEqual({ train: 5, validation: 5, test: 0 })
  })

  it('keeps a label of four whole, and splits one of five', () => {
    expect(split(images(4))).toEqual({ train: 4, validation: 0, test: 0 })
    expect(split(images(5))).toEqual({ train: 3, validation: 1, test: 1 })
  })

  it('depends on the pictures and the seed, not on ids or order', () => {
    const arrivals = images(40)
    const first = assignParts([], arrivals, shares, 5)
    const renamed = arrivals.map((arrival) => ({ ...arrival, id: `other ${arrival.id}` })).reverse()
    const second = assignParts([], renamed, shares, 5)
    for (const { id } of arrivals) expect(second.get(`other ${id}`)).toBe(first.get(id))
    expect(assignParts([], arrivals, shares, 6)).not.toEqual(first)
  })

  it('does not hold out simply the last or the first', () => {
    const arrivals = images(100)
    const assigned = assignParts([], arrivals, shares, 1)
    const heldOut = arrivals.flatMap(({ id }, index) => (assigned.get(id) === 'train' ? [] : [index]))
    expect(heldOut.filter((index) => index < 50).length).toBeGreaterThan(7)
    expect(heldOut.filter((index) => index >= 50).length).toBeGreaterThan(7)
  })

  it.each([
    { train: 0, validation: 0, test: 0 },
    { train: 70, validation: -15, test: 15 },
    { train: Number.NaN, validation: 1, test: 1 },
    { train: Infinity, validation: 1, test: 1 },
  ])('refuses the shares %o', (bad) => {
    expect(() => assignParts([], images(5), bad, 1)).toThrow(expect.objectContaining({ code: 'bad-option' }))
    expect(() => assignParts([], images(5), bad, 1)).toThrow(CutpointError)
  })
})

describe('families', () => {
  it('follows placed images of the same recording, then exact duplicates', () => {
    const existing: PlacedImage[] = [
      { id: 'a', label: 'cat', hash: 'ha', group: 'g', part: 'test' },
      { id: 'b', label: 'cat', hash: 'hb', group: null, part: 'validation' },
    ]
    const arrivals = [image('c', { group: 'g' }), image('d', { hash: 'hb' }), image('e', { group: 'g', hash: 'hb' })]
    const assigned = assignParts(existing, arrivals, shares, 1)
    // `e` ties the three together, and the recording counts first.
    expect([...assigned.values()]).toEqual(['test', 'test', 'test'])
    expect(assignParts(existing, [arrivals[1]], shares, 1).get('d')).toBe('validation')
  })

  it('follows duplicates under another label', () => {
    const existing: PlacedImage[] = [{ id: 'a', label: 'dog', hash: 'same', group: null, part: 'test' }]
    expect(assignParts(existing, [image('b', { hash: 'same' })], shares, 1).get('b')).toBe('test')
  })

  it('respects pins, also against the family, and lets the rest of a family follow', () => {
    const arrivals = [
      image('a', { pin: 'test', group: 'g' }),
      image('b', { group: 'g' }),
      image('c', { pin: 'train', group: 'g' }),
    ]
    const assigned = assignParts([], arrivals, shares, 1)
    expect(Object.fromEntries(assigned)).toEqual({ a: 'test', b: 'test', c: 'train' })
    const existing = placed(arrivals, assigned)
    const later = assignParts(existing, [image('d', { group: 'g', pin: 'validation' })], shares, 1)
    expect(later.get('d')).toBe('validation')
  })

  it('counts pinned images into the quotas', () => {
    const pinned = images(15, { pin: 'test' })
    const free = Array.from({ length: 85 }, (_, index) => image(`free ${index}`))
    expect(split([...pinned, ...free])).toEqual({ train: 70, validation: 15, test: 15 })
  })
})

describe('a label that grows from one image at a time', () => {
  it('holds nothing out up to four, then fills the held-out parts, and ends at the shares', () => {
    let existing: PlacedImage[] = []
    const history: Part[] = []
    for (const arrival of images(40)) {
      const assigned = assignParts(existing, [arrival], shares, 3)
      history.push(partOf(assigned, arrival.id))
      existing = [...existing, ...placed([arrival], assigned)]
    }
    expect(history.slice(0, 4)).toEqual(['train', 'train', 'train', 'train'])
    expect(history.slice(4, 6).sort()).toEqual(['test', 'validation'])
    expect(count(existing)).toEqual({ train: 28, validation: 6, test: 6 })
  })
})

describe('an arrival in pieces', () => {
  /** Images come 16 at a time, and how many are to come is known. */
  function inPieces(arrivals: readonly ArrivingImage[]): PlacedImage[] {
    let existing: PlacedImage[] = []
    for (let start = 0; start < arrivals.length; start += 16) {
      const coming = new Map<string, number>()
      for (const { label } of arrivals.slice(start + 16)) coming.set(label, (coming.get(label) ?? 0) + 1)
      const piece = arrivals.slice(start, start + 16)
      existing = [...existing, ...placed(piece, assignParts(existing, piece, shares, 4, coming))]
    }
    return existing
  }

  it('meets the shares as one that comes at once, and is split the same way again', () => {
    const arrivals = [...images(20, { label: 'cat' }), ...images(200, { label: 'dog' })]
    const all = inPieces(arrivals)
    expect(count(all.filter(({ label }) => label === 'cat'))).toEqual({ train: 14, validation: 3, test: 3 })
    expect(count(all.filter(({ label }) => label === 'dog'))).toEqual({ train: 140, validation: 30, test: 30 })
    expect(inPieces(arrivals)).toEqual(all)
  })

  it('does not take a label for small because its first images come at the end of a piece', () => {
    const all = inPieces([...images(14, { label: 'cat' }), ...images(6, { label: 'dog' })])
    expect(count(all.filter(({ label }) => label === 'dog'))).toEqual({ train: 4, validation: 1, test: 1 })
    const few = inPieces([...images(14, { label: 'cat' }), ...images(4, { label: 'dog' })])
    expect(count(few.filter(({ label }) => label === 'dog'))).toEqual({ train: 4, validation: 0, test: 0 })
  })
})

describe('random arrivals', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('keep families whole and shares within one family (seed %i)', (seed) => {
    const random = generator(seed)
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]
    const labels = ['cat', 'dog', 'owl'].slice(0, 1 + Math.floor(random() * 3))
    const recorded = pick([1, 3, 6])
    let existing: PlacedImage[] = []
    for (let batch = 0; batch < 12; batch++) {
      const arrivals: ArrivingImage[] = []
      const families = 5 + Math.floor(random() * 8)
      for (let family = 0; family < families; family++) {
        const label = pick(labels)
        const size = 1 + Math.floor(random() * recorded)
        const group = size > 1 ? `group ${batch} ${family}` : null
        for (let member = 0; member < size; member++) {
          arrivals.push(image(`${batch} ${family} ${member}`, { label, group }))
        }
      }
      const assigned = assignParts(existing, arrivals, shares, seed)
      expect([...assigned.keys()].sort()).toEqual(arrivals.map(({ id }) => id).sort())
      existing = [...existing, ...placed(arrivals, assigned)]
    }

    const partsOfGroup = new Map<string, Set<Part>>()
    for (const { group, part } of existing) {
      if (group !== null) partsOfGroup.set(group, (partsOfGroup.get(group) ?? new Set()).add(part))
    }
    for (const found of partsOfGroup.values()) expect(found.size).toBe(1)

    for (const label of labels) {
      const counts = count(existing.filter((placedImage) => placedImage.label === label))
      const total = counts.train + counts.validation + counts.test
      for (const part of parts) expect(Math.abs(counts[part] - (total * shares[part]) / 100)).toBeLessThan(recorded)
    }
  })

  it('follow their duplicates whenever these come', () => {
    const random = generator(11)
    let existing: PlacedImage[] = []
    for (let batch = 0; batch < 20; batch++) {
      const arrivals = Array.from({ length: 10 }, (_, index) =>
        image(`${batch} ${index}`, { hash: `h${Math.floor(random() * 60)}`, label: random() < 0.5 ? 'cat' : 'dog' }),
      )
      existing = [...existing, ...placed(arrivals, assignParts(existing, arrivals, shares, 2))]
    }
    const partOfHash = new Map<string, Part>()
    for (const { hash, part } of existing) {
      expect(partOfHash.get(hash) ?? part).toBe(part)
      partOfHash.set(hash, part)
    }
  })
})
