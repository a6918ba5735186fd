import { describe, expect, test } from 'vitest'
import { indexGraph } from '../../graph/lookup/graph-index'
import { GraphBuilder } from '../../graph/testing/build'
import { pick, randomInt, seeded } from '../../graph/testing/random'
import type { Graph } from '../../graph/types'
import { fill, newGroup, newNode, type Grouping } from '../group/grouping'
import { createLayouter } from '../layouter'
import { frameHeader } from '../sizes'
import { expectConnected, expectTidy } from '../testing/check'
import { linesOnLines, linesThroughBoxes } from '../testing/lines'
import type { Box, Direction, LaidOut } from '../types'

/** All operations on one level, or those whose names begin with `inner/` in a group. */
function groupingOf(graph: Graph): Grouping {
  const index = indexGraph(graph)
  const [root, inner] = [newGroup('', ''), newGroup('inner', 'inner')]
  const nodes = graph.nodes.map((_, position) => newNode(index, position, root))
  const isInner = ({ name }: { name: string }) => name.startsWith('inner/')
  fill(inner, nodes.filter(isInner))
  fill(root, [...nodes.filter((node) => !isInner(node)), ...(inner.size > 0 ? [inner] : [])])
  return {
    root,
    groups: new Map([['inner', inner]]),
    nodes: new Map(nodes.map((node) => [node.name, node])),
    scopes: new Map(),
  }
}

async function place(graph: Graph, direction: Direction): Promise<LaidOut> {
  const laid = await createLayouter(graph, groupingOf(graph)).layout(new Set(['inner']), direction)
  expectTidy(laid)
  expectConnected(laid, direction)
  expect(linesThroughBoxes(laid, direction)).toEqual([])
  expect(linesOnLines(laid, direction)).toEqual([])
  return laid
}

function boxesOf(laid: LaidOut): (name: string) => Box {
  const byName = new Map(laid.boxes.map((box) => [box.name, box]))
  return (name) => {
    const box = byName.get(name)
    if (!box) throw new Error(`no box ${name}`)
    return box
  }
}

describe.each(['down', 'right'] as const)('placing with the data going %s', (direction) => {
  const [along, across] = direction === 'down' ? (['y', 'x'] as const) : (['x', 'y'] as const)
  const [length, width] = direction === 'down' ? (['height', 'width'] as const) : (['width', 'height'] as const)

  test('draws the main path as a straight line, through frames too, and skips at one side of it', async () => {
    const build = new GraphBuilder()
    let last = build.input('image', [1])
    const main: string[] = [last]
    for (const scope of ['', 'inner/', 'end_']) {
      for (let i = 0; i < 4; i++) {
        const before = last
        for (const step of ['a', 'b', 'c']) main.push((last = build.node('Relu', `${scope}${step}${i}`, [last])))
        main.push((last = build.node('AddV2', `${scope}add${i}`, [last, before])))
      }
    }
    const laid = await place(build.graph(last), direction)
    const box = boxesOf(laid)
    const middle = (name: string) => box(name)[across] + box(name)[width] / 2
    for (const tensor of main) expect(middle(tensor.slice(0, -2))).toBeCloseTo(middle('image'))

    const skips = laid.edges.filter(({ to, tensor }) => to.includes('add') && !tensor.includes('c'))
    expect(skips).toHaveLength(12)
    for (const { points, spans } of skips) {
      expect(spans).toBeGreaterThan(1)
      const sides = new Set(points.slice(1, -1).map((point) => Math.sign(Math.round(point[across] - middle('image')))))
      sides.delete(0)
      expect(sides.size).toBe(1)
    }
    const steps = laid.edges.filter((edge) => !skips.includes(edge))
    expect(new Set(steps.map(({ spans }) => spans))).toEqual(new Set([1]))
    for (const { points } of steps) for (const point of points) expect(point[across]).toBeCloseTo(middle('image'))
  })

  test('lets data flow one way, and keeps what is in a frame off its header', async () => {
    const random = seeded(3)
    const build = new GraphBuilder()
    const tensors = [build.input('image', [1])]
    for (let i = 0; i < 40; i++) {
      const name = `${i > 12 && i < 30 ? 'inner/' : ''}op_${i}`
      tensors.push(build.node('AddV2', name, [pick(random, tensors.slice(-4)), pick(random, tensors.slice(-8))]))
    }
    const laid = await place(build.graph(...tensors.slice(-3)), direction)
    const box = boxesOf(laid)
    for (const { from, to } of laid.edges) {
      const [source, target] = [box(from.slice(2)), box(to.slice(2))]
      expect(source[along] + source[length]).toBeLessThan(target[along])
    }
    for (const { name, offset } of laid.boxes) {
      if (name.startsWith('inner/')) expect(offset.y).toBeGreaterThan(frameHeader)
    }
    for (const { outputs, unfolded, ...own } of laid.boxes) {
      if (unfolded) continue
      for (const output of outputs) expect(output[along]).toBeCloseTo(own[along] + own[length])
    }
  })

  test('sets a hundred lanes between two hubs in several waves', async () => {
    const build = new GraphBuilder()
    const image = build.input('image', [1])
    const ends = Array.from({ length: 100 }, (_, i) => {
      const start = build.node('Relu', `inner/start_${i}`, [image])
      return build.node('Relu', `inner/end_${i}`, [start])
    })
    const laid = await place(build.graph(build.node('ConcatV2', 'inner/all', ends)), direction)
    // Side by side they would take more than 22,000 pixels down, 6,000 to the right.
    expect(laid[width]).toBeLessThan(direction === 'down' ? 6000 : 5000)
    expect(laid[length]).toBeLessThan(6000)
  })

  test('keeps things that nothing connects together', async () => {
    const build = new GraphBuilder()
    for (let i = 0; i < 150; i++) build.input(`image_${i}`, [1])
    let last = build.input('begin', [1])
    for (let i = 0; i < 5; i++) last = build.node('Relu', `relu_${i}`, [last])
    const laid = await place(build.graph(last), direction)
    expect(laid.width).toBeLessThan(6000)
    expect(laid.height).toBeLessThan(6000)
  })

  test('leads lines round everything where there are too many long ones', async () => {
    const random = seeded(1)
    const build = new GraphBuilder()
    const tensors = [build.input('image', [1])]
    for (let i = 0; i < 300; i++) {
      const far = tensors[randomInt(random, tensors.length)]
      tensors.push(build.node('AddV2', `op_${i}`, [tensors[tensors.length - 1], far]))
    }
    const laid = await place(build.graph(tensors[tensors.length - 1]), direction)
    expect(laid.edges.some(({ spans }) => spans > 200)).toBe(true)
  })
})
