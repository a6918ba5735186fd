import { describe, expect, it } from 'vitest'
import { findAlike } from './find-alike'
import { groupBy } from '../group-by'
import { perceptualHash } from './perceptual-hash'

const hex = (bits: bigint): string => bits.toString(16).padStart(16, '0')

/** A seeded generator of 64 bits (SplitMix64, https://prng.di.unimi.it/splitmix64.c). */
function generator(seed: bigint): () => bigint {
  let state = seed
  const mask = (1n << 64n) - 1n
  return () => {
    state = (state + 0x9e3779b97f4a7c15n) & mask
    let z = state
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & mask
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & mask
    return z ^ (z >> 31n)
  }
}

const ones = (bits: bigint): number => bits.toString(2).replaceAll('0', '').length

describe('findAlike', () => {
  it('joins hashes that differ in up to five bits, wherever these are, and equal ones', () => {
    const base = 0x0123456789abcdefn
    // Bits at the edges of bands and of the two words.
    const five = base ^ ((1n << 0n) | (1n << 10n) | (1n << 21n) | (1n << 32n) | (1n << 63n))
    const six = base ^ ((1n << 1n) | (1n << 12n) | (1n << 23n) | (1n << 34n) | (1n << 45n) | (1n << 56n))
    expect(findAlike([hex(base), hex(five)])).toEqual([[0, 1]])
    expect(findAlike([hex(base), hex(six)])).toEqual([])
    expect(findAlike([hex(base), null, hex(~base & 0xffffffffffffffffn), hex(base), null])).toEqual([[0, 3]])
  })

  it('keeps apart what differs in colour alone', () => {
    const plain = '0'.repeat(16)
    const [red, nearly, green] = ['c02010', 'b02a20', '20c010'].map((colour) => plain + colour.repeat(4))
    expect(findAlike([red, green, nearly])).toEqual([[0, 2]])
  })

  it('joins through others, as comparing all with all does', () => {
    const random = generator(7n)
    const hashes: bigint[] = []
    for (let index = 0; index < 400; index++) {
      const of = hashes.at(Number(random() % 400n))
      let hash = index % 3 === 0 || of === undefined ? random() : of
      if (index % 3 !== 0) for (let flips = random() % 7n; flips > 0n; flips--) hash ^= 1n << (random() % 64n)
      hashes.push(hash)
    }
    const group = hashes.map((_, index) => index)
    for (let changed = true; changed;) {
      changed = false
      hashes.forEach((a, i) =>
        hashes.forEach((b, j) => {
          if (group[i] >= group[j] || ones(a ^ b) > 5) return
          group[j] = group[i]
          changed = true
        }),
      )
    }
    const wanted = [...groupBy(hashes.keys(), (index) => group[index]).values()].filter(({ length }) => length > 1)
    const byFirst = (a: number[], b: number[]): number => a[0] - b[0]
    expect(wanted.length).toBeGreaterThan(50)
    expect(findAlike(hashes.map(hex)).sort(byFirst)).toEqual(wanted.sort(byFirst))
  })
})

describe('perceptualHash', () => {
  /** A picture of waves, drawn at any size and brightness. */
  function waves(width: number, height: number, brightness: number, phase = 0): string {
    const pixels = new Uint8Array(width * height * 3)
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const value = 90 * Math.sin((x / width) * 9 + phase) * Math.cos((y / height) * 7 + (x / width) * 3)
        pixels.fill(Math.round(120 + value + brightness), (y * width + x) * 3, (y * width + x) * 3 + 3)
      }
    }
    return perceptualHash(pixels, width, height)
  }

  it('is the same for another size and brightness, and another for another picture', () => {
    const large = waves(160, 120, 0)
    expect(findAlike([large, waves(48, 36, 20)])).toEqual([[0, 1]])
    expect(findAlike([large, waves(160, 120, 0, 2)])).toEqual([])
  })

  it('sets a bit where it gets brighter to the right', () => {
    const ramp = new Uint8Array(9 * 8 * 3).map((_, at) => (Math.floor(at / 3) % 9) * 20)
    expect(perceptualHash(ramp, 9, 8)).toMatch(/^f{16}/)
    expect(perceptualHash(ramp.toReversed(), 9, 8)).toMatch(/^0{16}/)
    expect(perceptualHash(new Uint8Array([9, 8, 255]), 1, 1)).toBe(`${'0'.repeat(16)}${'0908ff'.repeat(4)}`)
  })
})
