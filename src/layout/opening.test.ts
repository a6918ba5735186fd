import { describe, expect, test } from 'vitest'
import { indexGraph } from '../graph/lookup/graph-index'
import { scopeTree } from '../graph/lookup/scopes'
import { GraphBuilder } from '../graph/testing/build'
import { seeded } from '../graph/testing/random'
import type { Graph } from '../graph/types'
import { prepare, see } from './boxes'
import { crossings } from './group/border-crossings'
import { groupGraph } from './group/group'
import { openingView } from './opening'
import { efficientNet, flatGraph, hasSharedModels, scopedGraph, sharedModel, sharedModels } from './testing/graphs'
import { formlessGraph, madeNetwork } from './testing/networks'

function opened(graph: Graph) {
  const grouping = groupGraph(indexGraph(graph), scopeTree(graph))
  const unfolded = openingView(grouping, crossings(graph, grouping))
  const all = see(prepare(graph, grouping), unfolded).boxes
  return { grouping, unfolded, boxes: all.filter((box) => !box.unfolded) }
}

function expectGlance(graph: Graph): void {
  const { boxes } = opened(graph)
  expect(boxes.length).toBeGreaterThanOrEqual(30)
  expect(boxes.length).toBeLessThanOrEqual(120)
}

/** A hundred lanes side by side, then stages of units of ten operations that are no patterns. */
function stagesAfterLanes(stages: number, units: number): Graph {
  const build = new GraphBuilder()
  const image = build.input('image', [null, 8])
  const lanes = Array.from({ length: 100 }, (_, i) => {
    const one = build.node('Cos', `wide/cos_${i}`, [image])
    return build.node('Mul', `wide/mul_${i}`, [build.node('Exp', `wide/exp_${i}`, [one]), one])
  })
  let last = build.node('AddN', 'sum', lanes)
  const ops = ['Abs', 'Cos', 'Exp', 'Neg', 'Sin', 'Tan', 'Square', 'Sign', 'Floor', 'Round']
  for (let stage = 0; stage < stages; stage++) {
    for (let unit = 0; unit < units; unit++) {
      for (const op of ops) last = build.node(op, `stage_${stage}/unit_${unit}/${op}`, [last])
    }
  }
  return build.graph(last)
}

describe('openingView', () => {
  test('shows all of a small graph, with patterns as one box', () => {
    const build = new GraphBuilder()
    const kernel = build.constant('net/conv/kernel', [3, 3, 3, 8])
    const conv = build.node('Conv2D', 'net/conv/Conv2D', [build.input('image', [1, 8, 8, 3]), kernel])
    const relu = build.node('Relu', 'net/conv/Relu', [conv])
    const one = build.node('Cos', 'net/inner/cos', [relu])
    const { boxes } = opened(build.graph(build.node('Sin', 'net/inner/sin', [one])))
    expect(boxes.map(({ item }) => item.label)).toEqual(['image', 'conv', 'cos', 'sin'])
  })

  test.each([200, 1000, 3000])('shows 30 to 120 boxes of %i operations in random scopes', (size) => {
    expectGlance(scopedGraph(seeded(size), size))
  })

  test.each([40, 250, 2000])('shows 30 to 120 boxes of %i small blocks without scopes', (blocks) => {
    expectGlance(flatGraph(blocks))
  })

  test.each([
    [12, false],
    [60, false],
    [500, false],
    [40, true],
    [500, true],
  ])('shows 30 to 120 boxes of a network of %i blocks (flat: %s)', (blocks, flat) => {
    expectGlance(madeNetwork({ blocks, flat }))
  })

  test.each([200, 4000])('shows 30 to 120 boxes of %i operations without structure', (size) => {
    expectGlance(formlessGraph(seeded(size), size))
  })

  test('shows 30 to 120 boxes of EfficientNet-Lite0, all its blocks alike', () => {
    const graph = efficientNet()
    expectGlance(graph)
    const { unfolded } = opened(graph)
    const blocks = [...unfolded].filter((path) => /blocks_\d+$/.test(path))
    expect([0, 16]).toContain(blocks.length)
    expect(unfolded).toContain('efficientnet-lite0/head')
    expect(unfolded).not.toContain('efficientnet-lite0/stem')
  })

  test.skipIf(!hasSharedModels).each(sharedModels.slice(1))('shows 30 to 120 boxes of %s', (name) => {
    expectGlance(sharedModel(name))
  })

  test.skipIf(!hasSharedModels)('shows all of posenet, separable convolutions as one box each', () => {
    const { boxes, grouping } = opened(sharedModel('posenet'))
    expect(boxes).toHaveLength(19)
    const folded = boxes.filter(({ item }) => item.kind === 'group')
    expect(folded).toHaveLength(13)
    for (const { item } of folded) expect(item.title).toMatch(/^Separable conv 3×3/)
    expect(grouping.root.size).toBe(31)
  })

  test.skipIf(!hasSharedModels)('leads through the backbone of movenet', () => {
    const { boxes } = opened(sharedModel('movenet-lightning'))
    const shown = boxes.flatMap(({ item }) => item.title ?? [])
    expect(shown.filter((title) => title.startsWith('Inverted residual'))).toHaveLength(17)
  })

  test('shows one of many stages as an example, and no wide row of little ahead of it', () => {
    const { unfolded, boxes } = opened(stagesAfterLanes(20, 20))
    expect([...unfolded]).toEqual(['stage_0'])
    expect(boxes.map(({ item }) => item.label).slice(0, 4)).toEqual(['image', 'wide', 'sum', 'unit_0'])
    expect(boxes).toHaveLength(20 - 1 + 20 + 3)
  })

  test('unfolds rows of blocks down to the first block', () => {
    const { unfolded, boxes, grouping } = opened(flatGraph(500))
    const row = grouping.root.items.find(({ size }) => size > 1000)
    const first = row?.kind === 'group' ? row.items[0] : null
    expect(first?.kind === 'group' && unfolded.has(first.path)).toBe(true)
    expect(boxes.length).toBeLessThan(60)
  })

  test('unfolds blocks that are alike together', () => {
    const { unfolded } = opened(madeNetwork({ blocks: 48, flat: false, perStage: 8 }))
    const stages = [...unfolded].filter((path) => /^stage_\d+$/.test(path))
    expect(stages).toHaveLength(6)
    expect([...unfolded].filter((path) => /block_\d+$/.test(path))).toEqual([])
  })
})
