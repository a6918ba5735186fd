import { describe, expect, it } from 'vitest'
import { add, countElements, divideExactly, isSame, multiply, subtract, unknownSize } from './size'

const batch = unknownSize('batch')
const width = unknownSize('width')

describe('sizes', () => {
  it('multiplies and divides unknown sizes without losing them', () => {
    const elements = countElements([batch, 7, width, 4])
    expect(divideExactly(elements, multiply(width, 28))).toEqual(batch)
    expect(divideExactly(elements, multiply(batch, width))).toBe(28)
    expect(isSame(multiply(batch, width), multiply(width, batch))).toBe(true)
  })

  it('does not divide where that need not come out even', () => {
    expect(divideExactly(batch, 2)).toBeNull()
    expect(divideExactly(28, batch)).toBeNull()
    expect(divideExactly(multiply(batch, 6), 4)).toBeNull()
    expect(divideExactly(6, 0)).toBeNull()
    expect(divideExactly(batch, multiply(batch, batch))).toBeNull()
  })

  it('takes nothing times anything as nothing', () => {
    expect(multiply(null, 0)).toBe(0)
    expect(multiply(null, 2)).toBeNull()
    expect(countElements([])).toBe(1)
    expect(countElements(null)).toBeNull()
  })

  it('adds and subtracts what it can', () => {
    expect(add(batch, 0)).toEqual(batch)
    expect(add(batch, batch)).toEqual(multiply(batch, 2))
    expect(add(batch, 1)).toBeNull()
    expect(add(batch, width)).toBeNull()
    expect(subtract(batch, batch)).toBe(0)
    expect(subtract(5, 7)).toBe(-2)
    expect(subtract(batch, width)).toBeNull()
  })
})
