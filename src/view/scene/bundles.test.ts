import { expect, test } from 'vitest'
import type { Edge } from '../../layout/types'
import { bundled } from './bundles'

const edge = (from: string, to: string, number: number): Edge => ({
  id: `${from}>${to} ${number}`,
  tensor: `${from}:${number}`,
  from,
  to,
  points: [],
  spans: 1,
})
const edges = (from: string, to: string, count: number): Edge[] =>
  Array.from({ length: count }, (_, number) => edge(from, to, number))

test('many lines between two boxes become the one in the middle; those asked for stay', () => {
  const all = [...edges('a', 'b', 100), ...edges('a', 'c', 6), ...edges('b', 'a', 7)]
  const { lines, bundles } = bundled(all, (tensor) => tensor === 'a:3')
  expect(bundles.map(({ id }) => id)).toEqual(['a>b 50', 'b>a 3'])
  expect(lines.map(({ id }) => id)).toEqual(['a>b 3', ...edges('a', 'c', 6).map(({ id }) => id)])
})
