import { describe, expect, it } from 'vitest'
import type { Fit } from '../../types'
import { noChange } from '../augment'
import { place, type Placement } from './fit'

const same = noChange

/** Where a point of the source comes to lie in the target. */
function lands({ from, to }: Placement, x: number, y: number): [number, number] {
  return [to.x + ((x - from.x) / from.width) * to.width, to.y + ((y - from.y) / from.height) * to.height]
}

describe('a changed copy', () => {
  it('that is not changed is the picture', () => {
    for (const fit of ['crop', 'contain', 'stretch'] as const) {
      const target = { width: 32, height: 24, fit }
      expect(place(97, 61, target, same)).toEqual(place(97, 61, target))
    }
  })

  it('is cut off at the sides that are said', () => {
    const target = { width: 20, height: 20, fit: 'stretch' as const }
    const { from, to } = place(100, 50, target, { ...same, crop: 0.2, cropX: 1, cropY: 0.5 })
    expect(from).toEqual({ x: 20, y: 5, width: 80, height: 40 })
    expect(to).toEqual({ x: 0, y: 0, width: 20, height: 20 })
  })

  it('that is larger shows the middle', () => {
    const { from, to } = place(100, 50, { width: 20, height: 20, fit: 'crop' }, { ...same, scale: 1.25 })
    expect(to).toEqual({ x: 0, y: 0, width: 20, height: 20 })
    expect(from).toEqual({ x: 30, y: 5, width: 40, height: 40 })
  })

  it('that is smaller shows more of the picture where there is more, and bars where not', () => {
    const { from, to } = place(100, 50, { width: 20, height: 20, fit: 'crop' }, { ...same, scale: 0.8 })
    // 20 pixels are 50 / 0.8 = 62.5 of the source: across there are so many, down there are not.
    expect(to).toEqual({ x: 0, y: 2, width: 20, height: 16 })
    expect(from).toEqual({ x: 18.75, y: 0, width: 62.5, height: 50 })
  })

  it('keeps its scale and its middle, whatever its shape, and lies within picture and target', () => {
    const sizes = [
      [97, 61],
      [61, 97],
      [4000, 30],
      [1, 300],
      [16, 16],
    ]
    const fits: Fit[] = ['crop', 'contain', 'stretch']
    for (const [width, height] of sizes) {
      for (const fit of fits) {
        for (const scale of [0.5, 0.77, 1.31, 1.5]) {
          for (const crop of [0, 0.37, 0.5]) {
            const target = { width: 64, height: 48, fit }
            const cut = { ...same, crop, cropX: 0.2, cropY: 0.9 }
            const plain = place(width, height, target, cut)
            const { from, to } = place(width, height, target, { ...cut, scale })
            expect(from.x).toBeGreaterThanOrEqual(0)
            expect(from.y).toBeGreaterThanOrEqual(0)
            expect(from.x + from.width).toBeLessThanOrEqual(width + 1e-9)
            expect(from.y + from.height).toBeLessThanOrEqual(height + 1e-9)
            expect(Math.min(from.width, from.height)).toBeGreaterThan(0)
            expect([to.x, to.y, to.width, to.height].every((value) => Number.isInteger(value) && value >= 0)).toBe(true)
            expect(to.x + to.width).toBeLessThanOrEqual(64)
            expect(to.y + to.height).toBeLessThanOrEqual(48)
            expect(Math.min(to.width, to.height)).toBeGreaterThan(0)
            // What is in the middle of both stays there, but for the rounding to whole pixels.
            const x = from.x + from.width / 2
            const y = from.y + from.height / 2
            const [before, after] = [lands(plain, x, y), lands({ from, to }, x, y)]
            expect(Math.abs(32 + (before[0] - 32) * scale - after[0])).toBeLessThanOrEqual(1)
            expect(Math.abs(24 + (before[1] - 24) * scale - after[1])).toBeLessThanOrEqual(1)
          }
        }
      }
    }
  })
})
