import { expect, test } from 'vitest'
import { frameNames } from './frame-names'
import { nearestWire } from './near-wire'
import { edgesOf, frameBox, opBox } from '../testing'
import { unfoldingVerdict, withInside } from '../unfolding/unfolding'

test('the wire under the pointer is the nearest, also on a curve, and none is found far from all', () => {
  const boxes = [opBox('a', 0, 0), opBox('b', 0, 200), opBox('c', 300, 200)]
  const edges = edgesOf(boxes, 'a>b', 'a>c')
  expect(nearestWire(edges, 'down', { x: 53, y: 150 }, 8)?.id).toBe('a>b')
  // Half way between (50, 40) and (350, 200), where the curve passes through the middle.
  expect(nearestWire(edges, 'down', { x: 202, y: 122 }, 8)?.id).toBe('a>c')
  expect(nearestWire(edges, 'down', { x: 300, y: 60 }, 8)).toBeUndefined()
})

test('names of frames at low zoom lie neither on boxes nor on each other', () => {
  const inside = { parent: 'g:outer', depth: 1 }
  const boxes = [
    frameBox('outer', 0, 0, 2000, 3000),
    { ...frameBox('inner', 10, 10, 900, 900), depth: 1 },
    frameBox('covered', 3000, 0, 2000, 3000),
    opBox('box', 3000, 20, { width: 1900, ...inside }),
    frameBox('slim', 6000, 0, 100, 3000),
  ]
  expect(frameNames(boxes, 0.1).map(({ text }) => text)).toEqual(['outer'])
})

test('all is unfolded up to a thousand boxes, asked about above, and refused where none could use it', () => {
  const inside = (boxes: number) => ({ operations: boxes, boxes, paths: ['', 'a', 'a/b'] })
  expect([1000, 1001, 20_000, 20_001].map((boxes) => unfoldingVerdict(inside(boxes)))).toEqual([
    'unfold',
    'ask',
    'ask',
    'refuse',
  ])
  expect([...withInside(new Set(['c']), inside(5))]).toEqual(['c', 'a', 'a/b'])
})
