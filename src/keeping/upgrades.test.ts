import { expect, it } from 'vitest'
import { networkIn } from './upgrades'

it('makes the one network of version 1 a record of its own', () => {
  const model = { key: 'abc', name: 'small', from: { files: [] }, choices: {} }
  const values = new Map<string, unknown>([
    ['labels', ['cat']],
    ['model', model],
    ['inputs', null],
    ['cut', ['pool:0']],
    ['headOrder', ['head-1']],
    ['headId', 'head-1'],
    ['at', 1234],
  ])
  expect(networkIn(values)).toEqual({
    key: 'abc',
    record: {
      model,
      output: null,
      inputs: [],
      cut: ['pool:0'],
      pastCuts: [],
      preprocessing: null,
      preprocessingKnown: true,
      headOrder: ['head-1'],
      headId: 'head-1',
      stale: false,
      at: 1234,
    },
  })
  expect(networkIn(new Map([['model', null]]))).toBeNull()
})
