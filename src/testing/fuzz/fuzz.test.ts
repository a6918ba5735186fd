import { expect, test } from 'vitest'
import { kindNames } from '.'
import { counts, ofItsOwn } from './counts'
import { expectNoFaults } from './tried'

test('every kind of hostile model is tried', () => {
  expect(Object.keys(counts)).toEqual([...kindNames])
  expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(20_000)
})

test.each(kindNames.filter((kind) => kind !== ofItsOwn))(
  'hostile models go well or are refused in words: %s',
  { timeout: 600_000 },
  (kind) => expectNoFaults(kind, counts[kind]),
)
