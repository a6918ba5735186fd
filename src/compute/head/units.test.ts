import { expect, it } from 'vitest'
import { unitsOf } from './units'

it('puts duplicates and photos of one recording together, also by way of others', () => {
  const images = [
    { hash: 'a', group: null },
    { hash: 'b', group: 'one' },
    { hash: 'c', group: 'one' },
    { hash: 'a', group: 'two' },
    { hash: 'd', group: 'two' },
    { hash: 'c', group: 'two' },
    { hash: 'e', group: null },
    { hash: 'one', group: null },
  ]
  expect([...unitsOf(images)]).toEqual([0, 0, 0, 0, 0, 0, 6, 7])
})
