import { expect, it } from 'vitest'
import { describe as describeWeight } from '../weights/store'
import { createBuilder } from './builder'
import { createDraft } from './draft'
import type { Symbolic } from './types'

function weightAs(stored: readonly number[], shape: readonly number[]): Symbolic {
  const bytes = new Uint8Array(4 * stored.reduce((product, size) => product * size, 1))
  const weights = [
    { name: 'kernel', stored: describeWeight({ name: 'kernel', dtype: 'float32', shape: stored }, bytes) },
  ]
  const layer = { name: 'layer', className: 'Dense', config: {}, module: '', kerasVersion: 2, weights }
  return createBuilder(createDraft(), 'layer', new Map()).weight(layer, 'kernel', 0, shape)
}

it.each([
  [
    [4, 6],
    [6, 4],
  ],
  [
    [2, 6],
    [3, 4],
  ],
  [
    [3, 3, 8, 5],
    [3, 3, 5, 8],
  ],
  [
    [4, 6],
    [4, 7],
  ],
  [[4, 0], [4]],
  [
    [4, 0],
    [4, 6],
  ],
])('refuses a weight stored as %j where %j is needed: its values lie in another order', (stored, shape) => {
  expect(() => weightAs(stored, shape)).toThrow(expect.objectContaining({ code: 'bad-weight' }))
})

it.each([
  [[8], [1, 8, 1, 1]],
  [[1, 1, 1, 3], [3]],
  [
    [8, 2, 4],
    [8, 8],
  ],
  [
    [2, 4, 8],
    [8, 8],
  ],
  [
    [3, 3, 1, 8],
    [3, 3, 4, 2],
  ],
  [[1], []],
])('reads a weight stored as %j as %j', (stored, shape) => {
  expect(weightAs(stored, shape).shape).toEqual(shape)
})
