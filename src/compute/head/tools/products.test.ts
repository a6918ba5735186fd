import { describe, expect, it } from 'vitest'
import { createPace } from '../pace'
import { normal } from '../testing/synthetic'
import { innerProducts, products } from './products'

const pace = createPace()

function made(rows: number, length: number): Float32Array {
  return Float32Array.from({ length: rows * length }, normal(rows))
}

describe('inner products', () => {
  it.each([
    [5, 3, 7],
    [131, 260, 33],
    [1, 129, 4],
  ])('of %s rows with %s are each what it should be', async (left, right, length) => {
    const [one, other] = [made(left, length), made(right, length)]
    const found = await products(one, other, length, pace)
    expect(found).toHaveLength(left * right)
    for (let row = 0; row < left; row++) {
      for (let column = 0; column < right; column++) {
        let sum = 0
        for (let index = 0; index < length; index++) sum += one[row * length + index] * other[column * length + index]
        expect(Math.abs(found[row * right + column] - sum)).toBeLessThan(1e-4)
      }
    }
  })

  it('of rows with themselves are the same, and symmetric', async () => {
    const rows = made(271, 20)
    const found = await innerProducts(rows, 20, pace)
    const all = await products(rows, rows, 20, pace)
    found.forEach((value, at) => expect(Math.abs(value - all[at])).toBeLessThan(1e-4))
    for (let row = 0; row < 271; row++) {
      for (let column = 0; column < 271; column++) expect(found[row * 271 + column]).toBe(found[column * 271 + row])
    }
  })
})
