import { describe, expect, it } from 'vitest'
import { fits, sizeOfSvg } from './size'

describe('size of an exported picture', () => {
  it('is twice the graph’s where browsers can make that', () => {
    expect(fits({ width: 1000, height: 2500.5 })).toEqual({ width: 2000, height: 5001, scale: 2 })
  })

  it.each([
    { width: 600, height: 40_000 },
    { width: 200_000, height: 300 },
    { width: 20_000, height: 20_000 },
    { width: 1, height: 900_000 },
  ])('keeps its proportions within the limits: $width × $height', (graph) => {
    const { width, height, scale } = fits(graph)
    expect(Math.max(width, height)).toBeLessThanOrEqual(16_384)
    expect(width * height).toBeLessThanOrEqual(67_108_864)
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(1)
    expect(scale).toBeLessThan(2)
    expect(Math.abs(width - Math.max(1, graph.width * scale))).toBeLessThanOrEqual(1)
    expect(Math.abs(height - Math.max(1, graph.height * scale))).toBeLessThanOrEqual(1)
    // As large as one of the limits allows.
    expect(Math.max(width / 16_384, height / 16_384, (width * height) / 67_108_864)).toBeGreaterThan(0.99)
  })

  it('is read from the document, and only from its root', () => {
    expect(sizeOfSvg('<?xml version="1.0"?>\n<svg xmlns="x" height="20.5" width="10"><rect width="3"/></svg>')).toEqual(
      {
        width: 10,
        height: 20.5,
      },
    )
    expect(sizeOfSvg('<svg stroke-width="2" viewBox="0 0 1 1"><rect width="3" height="4"/></svg>')).toBeNull()
    expect(sizeOfSvg('nothing')).toBeNull()
  })
})
