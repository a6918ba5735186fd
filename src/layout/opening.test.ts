import { describe, expect, test } from 'vitest'
import { indexGraph } from '../graph/lookup'
import { scopeTree } from '../graph/scopes'
import { GraphBuilder } from '../graph/testing/build'
import { seeded } from '../graph/testing/random'
import type { Graph } from '../graph/types'
import { boxesFor } from './boxes'
import { crossings } from './crossings'
import { groupGraph } from './group'
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
    expect(boxes.map(({ item }) => item.label)).toEqual(['image', 'only/scope'])
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
