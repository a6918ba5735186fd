import { expect, it } from 'vitest'
import type { Told } from '../../types'
import { entriesOf, kinds, toldOf } from './entries'

const examples: readonly Told[] = [
  { does: 'formula', formula: 'max(x, 0) / 6' },
  { does: 'scale', by: 255 },
  { does: 'shift', mean: [1, 2.5, -3], deviation: [58] },
  { does: 'resize', height: 96, width: 128 },
  { does: 'identity' },
]

it.each(examples)('shows what was told as it can be typed: %j', (told) => {
  expect(toldOf(told.does, entriesOf(told))).toEqual(told)
})

it('has something sound in every field at first', () => {
  for (const kind of kinds) expect(toldOf(kind, entriesOf(null)).does).toBe(kind)
})

it('takes lists as Python writes them', () => {
  const entries = { ...entriesOf(null), mean: '[123.68, 116.779, 103.939]' }
  expect(toldOf('shift', entries)).toMatchObject({ mean: [123.68, 116.779, 103.939] })
})

it.each(['', 'a', '1, b', 'Infinity', '1e999'])('“%s” is no list of numbers', (mean) => {
  expect(() => toldOf('shift', { ...entriesOf(null), mean })).toThrow('These are not all numbers.')
})

it('says what is wrong with a formula', () => {
  expect(() => toldOf('formula', { ...entriesOf(null), formula: 'x / (2' })).toThrow(/It ends where \) is expected/)
  expect(() => toldOf('scale', { ...entriesOf(null), by: '1, 2' })).toThrow('One number is enough here.')
})
