import { describe, expect, test } from 'vitest'
import { scopeTree } from '../../graph/scopes'
import { GraphBuilder } from '../../graph/testing/build'
import type { Graph } from '../../graph/types'
import { createLayouter } from '../../layout/layouter'
import type { Box, LaidOut } from '../../layout/types'
import { boxesWithHiddenCut } from './boxNodes'
import { factsOf, itemOf, litBoxes, pathsAround } from './facts'
import { edgePath } from './path'
import { unfoldingAll } from './unfoldAll'
import { areaOnScreen, fitting, keepingPlace, openingViewport } from './viewport'
import { neighbour } from './walk'

/** image → block/{conv → relu} → twins left and right → sum */
function network(): Graph {
  const build = new GraphBuilder()
  const conv = build.node('Conv2D', 'block/conv', [build.input('image', [1]), build.constant('block/kernel', [1])])
  const relu = build.node('Relu', 'block/relu', [conv])
  const left = build.node('Neg', 'left', [relu])
  const right = build.node('Abs', 'right', [relu])
  return build.graph(build.node('AddV2', 'sum', [left, right]))
}

async function laidOut(graph: Graph, ...unfolded: string[]): Promise<LaidOut> {
  return createLayouter(graph, scopeTree(graph)).layout(new Set(unfolded))
}

function boxOf(laid: LaidOut, id: string): Box {
  const box = laid.boxes.find((candidate) => candidate.id === id)
  if (!box) throw new Error(`no box ${id}`)
  return box
}

describe('walking with the arrow keys', () => {
  test('follows the data down and up, into a frame and out of it', async () => {
    const laid = await laidOut(network(), 'block')
    const step = (from: string, direction: Parameters<typeof neighbour>[2]) =>
      neighbour(laid, boxOf(laid, from), direction)?.id
    expect(step('n:image', 'down')).toBe('n:block/conv')
    expect(step('n:block/conv', 'down')).toBe('n:block/relu')
    expect(step('n:block/relu', 'up')).toBe('n:block/conv')
    expect(step('g:block', 'down')).toBe('n:block/conv')
    expect(['n:left', 'n:right']).toContain(step('n:block/relu', 'down'))
    expect(step('n:image', 'up')).toBeUndefined()
  })

  test('goes from one branch to the other', async () => {
    const laid = await laidOut(network())
    const [first, second] = ['n:left', 'n:right'].map((id) => boxOf(laid, id)).sort((a, b) => a.x - b.x)
    expect(neighbour(laid, first, 'right')).toBe(second)
    expect(neighbour(laid, second, 'left')).toBe(first)
    expect(neighbour(laid, second, 'right')).toBeUndefined()
  })
})

describe('the viewport', () => {
  const screen = { width: 1000, height: 800 }

  test('shows all of a small graph at once', async () => {
    const laid = await laidOut(network())
    const area = areaOnScreen(openingViewport(laid, screen), screen)
    expect(area.x).toBeLessThan(0)
    expect(area.y).toBeLessThan(0)
    expect(area.x + area.width).toBeGreaterThan(laid.width)
    expect(area.y + area.height).toBeGreaterThan(laid.height)
  })

  test('opens a long graph at its beginning, legibly, and fits it when asked', async () => {
    const small = await laidOut(network())
    const laid = { ...small, height: 20_000 }
    const opening = openingViewport(laid, screen)
    expect(opening.zoom).toBeGreaterThan(0.6)
    expect(areaOnScreen(opening, screen).y).toBeLessThan(0)
    expect(areaOnScreen(opening, screen).y).toBeGreaterThan(-200)
    const whole = areaOnScreen(fitting(laid, screen), screen)
    expect(whole.height).toBeGreaterThan(20_000)
  })

  test('keeps a box where it is on screen when it unfolds', async () => {
    const graph = network()
    const folded = boxOf(await laidOut(graph), 'g:block')
    const frame = boxOf(await laidOut(graph, 'block'), 'g:block')
    const before = { x: 40, y: -30, zoom: 0.5 }
    const after = keepingPlace(before, folded, frame)
    const onScreen = (box: Box, { x, y, zoom }: typeof before) => ({
      x: (box.x + box.width / 2) * zoom + x,
      y: box.y * zoom + y,
    })
    expect(Math.abs(onScreen(frame, after).x - onScreen(folded, before).x)).toBeLessThanOrEqual(1)
    expect(Math.abs(onScreen(frame, after).y - onScreen(folded, before).y)).toBeLessThanOrEqual(1)
  })
})

describe('what a selection and a cut stand for', () => {
  test('a constant is shown by the operation that uses it, and its scope must be unfolded', () => {
    const facts = factsOf(network())
    const item = itemOf(facts, { kind: 'tensor', name: 'block/kernel:0' })
    expect(item?.id).toBe('n:block/conv')
    expect(item && pathsAround(item)).toEqual(['block'])
    expect(itemOf(facts, { kind: 'node', name: 'nowhere' })).toBeUndefined()
  })

  test('boxes around the trunk are lit, and a folded scope tells of a cut inside it', async () => {
    const graph = network()
    const facts = factsOf(graph)
    expect(litBoxes(facts, null)).toBeNull()
    const lit = litBoxes(facts, new Set(['image', 'block/kernel', 'block/conv']))
    expect([...(lit ?? [])].sort()).toEqual(['g:', 'g:block', 'n:block/conv', 'n:image'])

    const boxes = new Map((await laidOut(graph)).boxes.map((box) => [box.id, box]))
    expect([...boxesWithHiddenCut(facts, boxes, ['block/conv:0'])]).toEqual(['g:block'])
    expect([...boxesWithHiddenCut(facts, boxes, ['block/relu:0'])]).toEqual([])
  })

  test('unfolding all takes the selected scope with everything inside it', async () => {
    const graph = network()
    const facts = factsOf(graph)
    const box = boxOf(await laidOut(graph), 'g:block')
    expect(unfoldingAll(facts, box)).toMatchObject({ label: 'Unfold all inside block', paths: ['block'] })
    expect(unfoldingAll(facts, undefined)).toMatchObject({ label: 'Unfold all', paths: ['block'], possible: true })
  })
})

test('a line runs straight where its points are above one another, and ends in an arrowhead', () => {
  const points = [
    { x: 10, y: 0 },
    { x: 10, y: 20 },
    { x: 50, y: 60 },
  ]
  expect(edgePath(points)).toBe('M10 0L10 20C10 40 50 40 50 60M46 54L50 60L54 54')
})
