import { describe, expect, it } from 'vitest'
import { formatValue } from './format'

describe('a number of a weight', () => {
  it.each([
    [0, '0'],
    [-3, '-3'],
    [12.34567, '12.35'],
    [-0.098631, '-0.0986'],
    [0.25, '0.25'],
    [-0.00041234, '-4.12e-4'],
    [1.5e-7, '1.50e-7'],
    [2_500_000, '2.50e6'],
    [NaN, 'NaN'],
    [-Infinity, '-Infinity'],
  ])('%d is written %s', (value, text) => {
    expect(formatValue(value)).toBe(text)
  })

  it('is short, whatever it is, and right to a thousandth', () => {
    for (let exponent = -30; exponent < 30; exponent++) {
      for (const sign of [1, -1]) {
        const value = sign * 7.123456 * 10 ** exponent
        expect(formatValue(value).length).toBeLessThanOrEqual(9)
        expect(Math.abs(Number(formatValue(value)) / value - 1)).toBeLessThan(0.001)
      }
    }
  })
})
