import { describe, expect, it } from 'vitest'
import { timeLeftText, watchPace } from './time-left'

describe('the time that is left', () => {
  it('is the rest at the pace so far, once a second has gone by', () => {
    const left = watchPace()
    expect(left('photos', 0, 100, 0)).toBeNull()
    expect(left('photos', 5, 100, 500)).toBeNull()
    expect(left('photos', 20, 100, 2_000)).toBe(8_000)
    expect(left('photos', 100, 100, 10_000)).toBe(0)
  })

  it('follows a change of pace', () => {
    const left = watchPace()
    for (let second = 0; second <= 20; second++) left('photos', second, 1_000, second * 1_000)
    for (let second = 21; second <= 32; second++) left('photos', 20 + (second - 20) * 10, 1_000, second * 1_000)
    // 860 to go at 10 a second, where the pace since the start would say some 196 s.
    expect(left('photos', 140, 1_000, 32_000)).toBeCloseTo(86_000, -3)
  })

  it('starts over with other work, and is not known where the total is not', () => {
    const left = watchPace()
    left('reading', 0, 10, 0)
    expect(left('reading', 5, 10, 5_000)).toBe(5_000)
    expect(left('training', 0, 10, 6_000)).toBeNull()
    expect(left('training', 1, 10, 8_000)).toBe(18_000)
    expect(left('waiting', 0, 0, 20_000)).toBeNull()
    expect(left('waiting', 4, 0, 30_000)).toBeNull()
  })

  it.each([
    [900, 'a few seconds left'],
    [6_200, 'about 10 s left'],
    [21_000, 'about 25 s left'],
    [70_000, 'about a minute left'],
    [170_000, 'about 3 minutes left'],
  ])('%d ms is said as %s', (ms, text) => {
    expect(timeLeftText(ms)).toBe(text)
  })
})
