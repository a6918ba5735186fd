import { describe, expect, it } from 'vitest'
import { crc32c, masked } from './crc32c'
import { copyRegion } from './region'

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('CRC-32C', () => {
  it('is that of RFC 3720 and the usual check', () => {
    expect(crc32c(ascii('123456789'))).toBe(0xe3069283)
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa)
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43)
    expect(crc32c(ascii('6789'), crc32c(ascii('12345')))).toBe(0xe3069283)
  })

  it('is masked as LevelDB does', () => {
    const crc = crc32c(ascii('foo'))
    expect(masked(crc)).not.toBe(crc)
    const turned = (masked(crc) - 0xa282ead8) >>> 0
    expect(((turned >>> 17) | (turned << 15)) >>> 0).toBe(crc)
  })
})

describe('parts of a tensor', () => {
  /** Rows 0 to 3 of four, of three values each, from two parts. */
  const whole = Uint8Array.from({ length: 12 }, (_, i) => i)

  it('are joined by rows and by columns', () => {
    const target = new Uint8Array(12)
    const to = { start: [0, 0], shape: [4, 3] }
    copyRegion(whole.slice(0, 3), { start: [0, 0], shape: [1, 3] }, target, to, 1)
    copyRegion(whole.slice(3), { start: [1, 0], shape: [3, 3] }, target, to, 1)
    expect(target).toEqual(whole)
    const columns = new Uint8Array(12)
    copyRegion(Uint8Array.of(0, 3, 6, 9), { start: [0, 0], shape: [4, 1] }, columns, to, 1)
    expect(copyRegion(Uint8Array.of(1, 2, 4, 5, 7, 8, 10, 11), { start: [0, 1], shape: [4, 2] }, columns, to, 1)).toBe(
      8,
    )
    expect(columns).toEqual(whole)
  })

  it('are cut out of the whole, in values of several bytes', () => {
    const target = new Uint8Array(4)
    const copied = copyRegion(whole, { start: [0, 0], shape: [2, 3] }, target, { start: [1, 1], shape: [1, 2] }, 2)
    expect(copied).toBe(4)
    expect([...target]).toEqual([8, 9, 10, 11])
    expect(copyRegion(whole, { start: [0, 0], shape: [2, 3] }, target, { start: [5, 1], shape: [1, 2] }, 2)).toBe(0)
  })

  it('may be a single value', () => {
    const target = new Uint8Array(4)
    const box = { start: [], shape: [] }
    expect(copyRegion(Uint8Array.of(1, 2, 3, 4), box, target, box, 4)).toBe(4)
    expect([...target]).toEqual([1, 2, 3, 4])
  })
})
