import { describe, expect, it } from 'vitest'
import { place } from './fit'
import { fixture } from '../fixtures'
import { halve, halvingsFor } from './halve'
import { mirrored, resampleColumns, resampleRows, triangleFilter } from './resample'

/** RGB bytes to one number a pixel, red lowest. */
function packed(rgb: Uint8Array): Uint32Array {
  return Uint32Array.from({ length: rgb.length / 3 }, (_, at) => {
    return rgb[3 * at] | (rgb[3 * at + 1] << 8) | (rgb[3 * at + 2] << 16)
  })
}

function resize(rgb: Uint8Array, width: number, height: number, toWidth: number, toHeight: number): Uint8Array {
  const narrowed = new Float32Array(height * toWidth * 3)
  resampleRows(packed(rgb), width, triangleFilter(width, 0, width, toWidth), narrowed, 0)
  const out = new Uint8Array(toWidth * toHeight * 3)
  const down = triangleFilter(height, 0, height, toHeight)
  resampleColumns(narrowed, toWidth, down, (row, y) => out.set(row, y * toWidth * 3))
  return out
}

describe('resizing', () => {
  it.each([
    [20, 24],
    [110, 70],
  ])('to %i × %i is what Pillow makes of it, but for rounding', (width, height) => {
    const wanted = fixture(`resizing/stretch-${width}x${height}.rgb`)
    const got = resize(fixture('resizing/pattern.rgb'), 97, 61, width, height)
    const differences = got.map((byte, at) => Math.abs(byte - wanted[at]))
    // Pillow rounds to bytes between its two passes.
    expect(Math.max(...differences)).toBeLessThanOrEqual(1)
    expect(differences.reduce((sum, difference) => sum + difference, 0) / got.length).toBeLessThan(0.2)
  })

  it('to the same size changes nothing', () => {
    expect(resize(fixture('resizing/pattern.rgb'), 97, 61, 97, 61)).toEqual(fixture('resizing/pattern.rgb'))
  })

  it('keeps a plain colour at every size', () => {
    const plain = Uint8Array.from({ length: 13 * 7 * 3 }, (_, at) => [255, 128, 3][at % 3])
    for (const [width, height] of [
      [1, 1],
      [2, 9],
      [13, 1],
      [40, 40],
    ]) {
      const out = resize(plain, 13, 7, width, height)
      expect([...out]).toEqual(Array.from({ length: out.length }, (_, at) => [255, 128, 3][at % 3]))
    }
  })

  it('mirrors to the bit what it makes straight', () => {
    const straight = triangleFilter(97, 3.4, 80.2, 23)
    const rows = (filter: typeof straight): number[][] => {
      const out = new Float32Array(61 * 23 * 3)
      resampleRows(packed(fixture('resizing/pattern.rgb')), 97, filter, out, 0)
      return Array.from({ length: 61 * 23 }, (_, pixel) => [...out.subarray(pixel * 3, pixel * 3 + 3)])
    }
    const [plain, turned] = [rows(straight), rows(mirrored(straight))]
    for (let y = 0; y < 61; y++) {
      expect(turned.slice(y * 23, (y + 1) * 23)).toEqual(plain.slice(y * 23, (y + 1) * 23).reverse())
    }
  })

  it('takes a picture of one pixel', () => {
    expect([...resize(Uint8Array.of(9, 8, 7), 1, 1, 2, 2)]).toEqual([9, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 7])
  })
})

describe('halving', () => {
  it('averages four pixels, each channel on its own, rounding to nearest', () => {
    const rgb = Uint8Array.of(255, 0, 1, 255, 0, 2, 255, 1, 2, 255, 1, 2)
    expect([...halve(packed(rgb), 2)]).toEqual([...packed(Uint8Array.of(255, 1, 2))])
  })

  it('averages an odd last row and column with themselves', () => {
    const grey = [10, 20, 30, 40, 50, 60, 70, 80, 90].flatMap((value) => [value, value, value])
    const half = halve(packed(Uint8Array.from(grey)), 3)
    expect([...half].map((pixel) => pixel & 0xff)).toEqual([30, 45, 75, 90])
  })

  it('keeps at least three times the final size', () => {
    expect([0.5, 1, 5.9, 6, 11.9, 12, 24].map(halvingsFor)).toEqual([0, 0, 0, 1, 1, 2, 3])
  })
})

describe('place', () => {
  it.each([
    ['crop', 97, 61, 32, 24, { x: 7.833, y: 0, width: 81.333, height: 61 }, { x: 0, y: 0, width: 32, height: 24 }],
    ['crop', 10, 40, 20, 20, { x: 0, y: 15, width: 10, height: 10 }, { x: 0, y: 0, width: 20, height: 20 }],
    ['contain', 97, 61, 32, 32, { x: 0, y: 0, width: 97, height: 61 }, { x: 0, y: 6, width: 32, height: 20 }],
    ['contain', 1, 5000, 32, 32, { x: 0, y: 0, width: 1, height: 5000 }, { x: 15, y: 0, width: 1, height: 32 }],
    ['stretch', 97, 61, 10, 10, { x: 0, y: 0, width: 97, height: 61 }, { x: 0, y: 0, width: 10, height: 10 }],
  ] as const)('%s %i × %i into %i × %i', (fit, width, height, toWidth, toHeight, from, to) => {
    const placement = place(width, height, { width: toWidth, height: toHeight, fit })
    expect(placement.to).toEqual(to)
    expect(placement.from.x).toBeCloseTo(from.x, 3)
    expect(placement.from.y).toBeCloseTo(from.y, 3)
    expect(placement.from.width).toBeCloseTo(from.width, 3)
    expect(placement.from.height).toBeCloseTo(from.height, 3)
  })
})
