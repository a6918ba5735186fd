import { expect, it } from 'vitest'
import { foldsOfRows, scoresOf, usedLabels } from './held-out'

it('holds each photo out once, with what belongs to it, and no label’s only one', () => {
  const classes = Int32Array.of(0, 0, 0, 1, 1, 1, 1, 2)
  const units = Int32Array.of(0, 1, 2, 3, 3, 5, 6, 7)
  const folds = foldsOfRows({ classes, units })
  const held = folds.flatMap((fold) => [...fold.held]).toSorted((one, other) => one - other)
  expect(held).toEqual([0, 1, 2, 3, 4, 5, 6])
  for (const fold of folds) {
    expect(fold.held.includes(3)).toBe(fold.held.includes(4))
    expect([...fold.rest, ...fold.held].toSorted((one, other) => one - other)).toEqual([...classes.keys()])
  }
})

it('has no folds where each label has one photo, and so no scores', async () => {
  const classes = Int32Array.of(0, 2)
  const folds = foldsOfRows({ classes, units: Int32Array.of(0, 1) })
  expect(folds).toEqual([])
  const scored = await scoresOf(folds, usedLabels(classes), 'none', () => Promise.reject(new Error('Never asked.')))
  expect(scored).toBeNull()
})

it('numbers labels that have photos anew', () => {
  expect(usedLabels(Int32Array.of(4, 1, 4))).toEqual({ used: Int32Array.of(1, 4), classes: Int32Array.of(1, 0, 1) })
})

it('weighs held-out rows as their labels are weighed', async () => {
  const classes = Int32Array.of(0, 0, 0, 1)
  const folds = [
    { rest: Int32Array.of(0), held: Int32Array.of(1, 2) },
    { rest: Int32Array.of(1), held: Int32Array.of(0, 3) },
  ]
  const scored = await scoresOf(folds, usedLabels(classes), 'balanced', ({ held }) =>
    Promise.resolve(Float64Array.from({ length: 2 * held.length }, (_, at) => held[at >> 1])),
  )
  expect(scored?.scores).toEqual(Float64Array.of(1, 1, 2, 2, 0, 0, 3, 3))
  const [first, , , last] = scored?.weights ?? []
  expect(last / first).toBeCloseTo(3)
})
