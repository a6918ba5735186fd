import { describe, expect, test } from 'vitest'
import { cutLines } from './cutLine'
import { frameNames } from './frameNames'
import { lookupsOf } from './lookups'
import { nearestWire } from './nearWire'
import { edgesOf, frameBox, opBox, sceneOf } from './testing'
import { unfoldingVerdict, withInside } from './unfolding'

describe('the line of a cut', () => {
  test('runs across the whole picture where nothing stands beside', () => {
    const boxes = [opBox('a', 300, 0), opBox('b', 300, 100), opBox('wide', 0, 300, { width: 900 })]
    const scene = sceneOf(boxes, [])
    const [{ from, to }] = cutLines(['a:0'], lookupsOf(scene), scene, 'down')
    expect(from.y).toBe(to.y)
    expect(from.y).toBeGreaterThan(40)
    expect(from.x).toBeLessThan(0)
    expect(to.x).toBeGreaterThan(scene.width)
  })

  test('ends before what stands beside, and at the frame around', () => {
    const inside = { parent: 'g:f', depth: 1 }
    const boxes = [
      frameBox('f', 0, 0, 600, 400),
      opBox('a', 50, 100, inside),
      opBox('beside', 300, 130, inside),
      opBox('outside', 700, 130),
    ]
    const scene = sceneOf(boxes, [])
    const [{ from, to }] = cutLines(['a:0'], lookupsOf(scene), scene, 'down')
    expect(from.x).toBe(0)
    expect(to.x).toBeLessThan(300)
    expect(to.x).toBeGreaterThan(150)
    expect(cutLines(['hidden:0'], lookupsOf(scene), scene, 'down')).toEqual([])
  })

  test('stands upright where the data flows to the right', () => {
    const boxes = [opBox('a', 0, 100), opBox('b', 300, 100)]
    const scene = sceneOf(boxes, [], { direction: 'right' })
    const [{ from, to }] = cutLines(['a:0'], lookupsOf(scene), scene, 'right')
    expect(from.x).toBe(to.x)
    expect(to.y - from.y).toBeGreaterThan(scene.height)
  })
})

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
