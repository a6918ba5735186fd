import { describe, expect, it } from 'vitest'
import {
  clampPlace,
  indexOf,
  lineOf,
  linesOf,
  placeAt,
  positionOf,
  scrolledHeight,
  scrollFor,
  seenAt,
  type ScrolledTable,
} from './value-lines'

const product = (shape: readonly number[]): number => shape.reduce((all, size) => all * size, 1)

describe('lines of a weight’s values', () => {
  it.each([[[]], [[1]], [[7]], [[3, 3, 3, 32]], [[3, 3, 5, 1]], [[2, 5]], [[2, 3]], [[4, 1, 1, 3, 2]]])(
    'shows every value of %j once, in order',
    (shape) => {
      const lines = linesOf(shape)
      const positions = Array.from({ length: lines.count }, (_, i) => lines.at(i)).flatMap(({ from, count }) =>
        Array.from({ length: count }, (_, i) => from + i),
      )
      expect(positions).toEqual(Array.from({ length: product(shape) }, (_, i) => i))
      for (let i = 0; i < lines.count; i++) {
        expect(lineOf(lines.at(i).from, shape)).toBe(i)
        expect(lineOf(lines.at(i).from + lines.at(i).count - 1, shape)).toBe(i)
      }
    },
  )

  it('runs no line over the end of a row', () => {
    const lines = linesOf([3, 6])
    expect([0, 1, 2].map((i) => lines.at(i))).toEqual([
      { from: 0, count: 4, index: [0, 0] },
      { from: 4, count: 2, index: [0, 4] },
      { from: 6, count: 4, index: [1, 0] },
    ])
    expect(linesOf([5, 0, 2]).count).toBe(0)
  })

  it('finds a value by its index and back', () => {
    const shape = [3, 3, 16, 24]
    expect(positionOf('[2, 0, 14, 3]', shape)).toBe(((2 * 3 + 0) * 16 + 14) * 24 + 3)
    expect(positionOf('1 2', shape)).toBe((1 * 3 + 2) * 16 * 24)
    for (const position of [0, 1, 500, product(shape) - 1]) {
      expect(positionOf(indexOf(position, shape).join(','), shape)).toBe(position)
    }
    for (const wrong of ['', 'x', '3', '0,0,16', '0,0,0,0,0']) expect(positionOf(wrong, shape)).toBeNull()
  })
})

describe('a table longer than any element', () => {
  const long: ScrolledTable = { lines: 2_500_000, lineHeight: 22, seen: 220 }
  const short: ScrolledTable = { lines: 30, lineHeight: 22, seen: 220 }
  const tiny: ScrolledTable = { lines: 3, lineHeight: 22, seen: 220 }

  it('reaches its first and last line', () => {
    for (const table of [long, short, tiny]) {
      expect(seenAt(placeAt(0, table), table)).toMatchObject({ first: 0, above: 0 })
      const { first, count, above } = seenAt(placeAt(scrolledHeight(table) - table.seen, table), table)
      expect(first + count).toBe(table.lines)
      expect(count * table.lineHeight - above).toBeCloseTo(Math.min(table.seen, table.lines * table.lineHeight), 3)
    }
    expect(scrolledHeight(long)).toBeLessThan(10_000_000)
    expect(scrolledHeight(short)).toBe(660)
  })

  it('moves pixel for pixel where there is room', () => {
    expect(placeAt(123, short)).toBe(123)
    expect(scrollFor(123, short)).toBe(123)
  })

  it('can be set to every line, and draws no more than is seen', () => {
    for (const line of [0, 1, 1_234_567, 2_499_990]) {
      const place = line * long.lineHeight
      expect(placeAt(scrollFor(place, long), long)).toBeCloseTo(place, 3)
      expect(seenAt(place, long)).toEqual({ first: line, count: 10, above: 0 })
      expect(seenAt(place + 5, long).count).toBeLessThanOrEqual(11)
    }
    expect(clampPlace(1e12, long)).toBe(2_500_000 * 22 - 220)
    expect(clampPlace(-5, long)).toBe(0)
  })
})
