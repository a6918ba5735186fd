import { describe, expect, it } from 'vitest'
import { unpackSnappy } from './snappy'

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const letters = (word: string): number[] => [...new TextEncoder().encode(word)]

describe('snappy', () => {
  it('unpacks literals, near and far copies, and copies that reach into themselves', () => {
    expect(text(unpackSnappy(Uint8Array.of(5, 4 << 2, ...letters('hello'))))).toBe('hello')
    // “ab”, then ten bytes from two before.
    expect(text(unpackSnappy(Uint8Array.of(12, 1 << 2, ...letters('ab'), ((10 - 1) << 2) | 2, 2, 0)))).toBe(
      'abababababab',
    )
    // “wiki”, then four bytes from four before, with an offset of 11 bits and one of 32.
    const wiki = letters('wiki')
    expect(text(unpackSnappy(Uint8Array.of(8, 3 << 2, ...wiki, 1, 4)))).toBe('wikiwiki')
    expect(text(unpackSnappy(Uint8Array.of(8, 3 << 2, ...wiki, (3 << 2) | 3, 4, 0, 0, 0)))).toBe('wikiwiki')
    // A literal of 61 bytes has its length in a byte of its own.
    const long = 'x'.repeat(61)
    expect(text(unpackSnappy(Uint8Array.of(61, 60 << 2, 60, ...letters(long))))).toBe(long)
  })

  it.each([
    [[5, 4 << 2, 104, 101]],
    [[8, 3 << 2, 1, 2, 3, 4, 1, 5]],
    [[8, 3 << 2, 1, 2, 3, 4, 1, 0]],
    [[9, 3 << 2, 1, 2, 3, 4, 1, 4]],
    [[255, 255, 255, 255, 15, 0, 1]],
    [[5]],
  ])('refuses what is damaged: %j', (bytes) => {
    expect(() => unpackSnappy(Uint8Array.from(bytes))).toThrow(RangeError)
  })
})
