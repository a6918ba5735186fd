import { expect, it } from 'vitest'
import { tuningOf } from '../../heads/fits'
import { headKinds, specOf } from '../../heads/specs'

it.each(headKinds)('a head of the kind %s learns on with the last layers if it is said to', (kind) => {
  const training = {
    data: Float32Array.of(1, 2, 3, 4),
    classes: Int32Array.of(0, 1),
    photos: Int32Array.of(0, 1),
    units: Int32Array.of(0, 1),
  }
  const given = {
    training,
    validation: null,
    length: 2,
    lengths: [2],
    classes: 2,
    classWeights: 'none',
    seed: 1,
  } as const
  const { defaults, tunes } = specOf(kind)
  expect(tuningOf(kind, defaults, given) !== null).toBe(tunes)
})
