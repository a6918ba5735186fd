import { describe, expect, test } from 'vitest'
import { indexGraph } from '../graph/lookup'
import { scopeTree } from '../graph/scopes'
import { GraphBuilder } from '../graph/testing/build'
import { seeded } from '../graph/testing/random'
import type { Graph } from '../graph/types'
import { boxesFor } from './boxes'
import { crossings } from './crossings'
import { groupGraph } from './group'
import { nodesIn } from './grouping'
import { openingView } from './opening'
import { flatGraph, hasSharedModels, scopedGraph, sharedModel, sharedModels } from './testing/graphs'

const groupingOf = (graph: Graph) => groupGraph(indexGraph(graph), scopeTree(graph))

const opened = (graph: Graph) => {
  const grouping = groupingOf(graph)
  const unfolded = openingView(grouping, crossings(graph, grouping))
  return boxesFor(graph, grouping, unfolded).boxes.filter((box) => !box.unfolded)
}

describe('openingView', () => {
  test('shows all of a small graph', () => {
    const build = new GraphBuilder()
    const conv = build.node('Conv2D', 'only/scope/conv', [
      build.input('image', [1]),
      build.constant('only/scope/w', [1]),
    ])
    const boxes = opened(build.graph(build.node('Relu', 'only/scope/relu', [conv])))
    expect(boxes.map(({ item }) => item.label)).toEqual(['image', 'conv', 'relu'])
  })

  test.each([200, 1000, 3000])('shows 30 to 120 boxes of %i operations in scopes', (size) => {
    const count = opened(scopedGraph(seeded(size), size)).length
    expect(count).toBeGreaterThanOrEqual(30)
    expect(count).toBeLessThanOrEqual(120)
  })

  test.each([40, 250, 2000])('shows 30 to 120 boxes of %i blocks without scopes', (blocks) => {
    const count = opened(flatGraph(blocks)).length
    expect(count).toBeGreaterThanOrEqual(30)
    expect(count).toBeLessThanOrEqual(140)
  })

  test.skipIf(!hasSharedModels).each(sharedModels)('shows 30 to 120 boxes of %s', (name) => {
    const count = opened(sharedModel(name)).length
    expect(count).toBeGreaterThanOrEqual(30)
    expect(count).toBeLessThanOrEqual(120)
  })
})

describe('groupGraph', () => {
  test('joins a scope that holds one thing with that thing, and leaves constants out', () => {
    const build = new GraphBuilder()
    const image = build.input('image', [1])
    const kernel = build.constant('outer/conv/kernel', [3, 3, 1, 1])
    const read = build.node('Identity', 'outer/conv/kernel/read', [kernel])
    const conv = build.node('Conv2D', 'outer/conv/Conv2D', [image, read])
    const relu = build.node('Relu', 'outer/inner/deep/relu', [conv])
    const graph = build.graph(build.node('Neg', 'outer/inner/deep/neg', [relu]))
    const grouping = groupingOf(graph)

    expect(grouping.root.items.map((item) => item.label)).toEqual(['image', 'outer'])
    expect(grouping.groups.get('outer')?.items.map((item) => item.label)).toEqual(['conv/Conv2D', 'inner/deep'])
    expect(grouping.scopes.get('outer/conv')).toBe(grouping.nodes.get('outer/conv/Conv2D'))
    expect(grouping.scopes.get('outer/inner')).toBe(grouping.groups.get('outer/inner/deep'))
    expect(grouping.nodes.has('outer/conv/kernel/read')).toBe(false)
  })

  test('keeps the box of a constant that nobody uses or that is an output', () => {
    const build = new GraphBuilder()
    build.constant('lonely', [1])
    const answer = build.constant('answer', [1])
    build.node('Relu', 'relu', [answer])
    const graph = build.graph(answer)
    expect([...groupingOf(graph).nodes.keys()].sort()).toEqual(['answer', 'lonely', 'relu'])
  })

  test('splits a long chain into runs that end where blocks end', () => {
    const graph = flatGraph(100)
    const { root } = groupingOf(graph)
    expect(root.items.length).toBeGreaterThanOrEqual(30)
    expect(root.items.length).toBeLessThanOrEqual(60)
    expect(root.size).toBe(401)
    const lastOps = root.items.map((item) => nodesIn(item).at(-1))
    for (const item of lastOps) expect(item).toMatchObject({ op: 'Relu' })
  })

  test('splits runs again until each can be laid out', () => {
    const graph = flatGraph(2000)
    const { root, groups } = groupingOf(graph)
    for (const group of [root, ...groups.values()]) expect(group.items.length).toBeLessThanOrEqual(140)
  })
})
