import { expect, test } from 'vitest'
import { normaliseTensor, scopeOf, splitTensor } from './names'

test.each([
  ['a/b:0', 'a/b', 0],
  ['a/b:12', 'a/b', 12],
  ['a/b', 'a/b', 0],
  ['a:b', 'a:b', 0],
  ['a:b:3', 'a:b', 3],
  ['a:', 'a:', 0],
  ['a:1b', 'a:1b', 0],
  [':4', '', 4],
  ['', '', 0],
])('%s is output %s of a node', (tensor, node, output) => {
  expect(splitTensor(tensor)).toEqual({ node, output })
})

test('a tensor is spelled in one way, and a name knows its scope', () => {
  expect(normaliseTensor('a/b')).toBe('a/b:0')
  expect(normaliseTensor('a/b:1')).toBe('a/b:1')
  expect([scopeOf('a/b/c'), scopeOf('a')]).toEqual(['a/b', ''])
})
