import { describe, expect, it } from 'vitest'
import { sheetsFor } from './sheets'

/** Every 100 pixels. */
const hundreds = (height: number) => Array.from({ length: Math.floor(height / 100) }, (_, i) => i * 100)

describe('a picture on paper', () => {
  it('is one strip, not enlarged, where that fits', () => {
    const { scale, sheets } = sheetsFor({ width: 400, height: 600 }, hundreds(600))
    expect(scale).toBe(1)
    expect(sheets).toEqual([[{ from: 0, to: 600 }]])
  })

  it('lies on its side where it is wider than high', () => {
    const { landscape, scale, sheets } = sheetsFor({ width: 1900, height: 900 }, [])
    expect(landscape).toBe(true)
    expect(scale).toBeCloseTo(963 / 1900)
    expect(sheets).toHaveLength(1)
  })

  it('stands in strips side by side where it is long, cut between boxes', () => {
    const { scale, sheets } = sheetsFor({ width: 300, height: 4000 }, hundreds(4000))
    expect(sheets).toHaveLength(1)
    expect(scale).toBeGreaterThan(0.5)
    const [strips] = sheets
    expect(strips.length).toBeGreaterThan(2)
    expect(strips.at(0)?.from).toBe(0)
    expect(strips.at(-1)?.to).toBe(4000)
    for (const [index, { from, to }] of strips.entries()) {
      if (index > 0) expect(from).toBe(strips[index - 1].to)
      if (index > 0) expect(from % 100).toBe(0)
      expect((to - from) * scale).toBeLessThanOrEqual(963.001)
    }
  })

  it('takes several sheets before it gets too small to be read', () => {
    const { scale, sheets } = sheetsFor({ width: 600, height: 40_000 }, hundreds(40_000))
    expect(scale).toBe(0.5)
    expect(sheets.every((strips) => strips.length <= 2)).toBe(true)
    const strips = sheets.flat()
    expect(strips.at(-1)?.to).toBe(40_000)
    expect(strips.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(40_000)
    expect(sheets.length).toBe(11)
  })

  it('is on one sheet where nothing would make it legible', () => {
    const { scale, sheets } = sheetsFor({ width: 30_000, height: 40_000 }, [])
    expect(sheets).toEqual([[{ from: 0, to: 40_000 }]])
    expect(40_000 * scale).toBeLessThanOrEqual(963.001)
  })
})
