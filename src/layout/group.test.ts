import { describe, expect, test } from 'vitest'
import { indexGraph } from '../graph/lookup'
import { scopeTree } from '../graph/scopes'
import { GraphBuilder } from '../graph/testing/build'
import type { Graph } from '../graph/types'
import { groupGraph } from './group'
import type { Group, Grouping } from './grouping'

const groupingOf = (graph: Graph, options = {}): Grouping => groupGraph(indexGraph(graph), scopeTree(graph), options)
const labels = (group: Group | undefined) => group?.items.map((item) => item.label)

describe('groupGraph', () => {
  test('joins a scope that holds one thing with that thing, and leaves constants out', () => {
    const build = new GraphBuilder()
    const image = build.input('image', [1])
    const kernel = build.constant('outer/conv/kernel', [3, 3, 1, 1])
    const read = build.node('Identity', 'outer/conv/kernel/read', [kernel])
    const conv = build.node('Conv2D', 'outer/conv/Conv2D', [image, read])
    const twice = build.node('Cos', 'outer/inner/deep/cos', [conv])
    const graph = build.graph(build.node('Neg', 'outer/inner/deep/neg', [twice]))
    const grouping = groupingOf(graph)

    expect(labels(grouping.root)).toEqual(['image', 'outer'])
    expect(labels(grouping.groups.get('outer'))).toEqual(['conv/Conv2D', 'inner/deep'])
    expect(grouping.scopes.get('outer/conv')).toBe(grouping.nodes.get('outer/conv/Conv2D'))
    expect(grouping.scopes.get('outer/inner')).toBe(grouping.groups.get('outer/inner/deep'))
    expect(grouping.nodes.has('outer/conv/kernel/read')).toBe(false)
  })

  test('keeps the box of a constant that nobody uses or that is an output', () => {
    const build = new GraphBuilder()
    build.constant('lonely', [1])
    const answer = build.constant('answer', [1])
    build.node('Cos', 'cos', [answer])
    expect([...groupingOf(build.graph(answer)).nodes.keys()].sort()).toEqual(['answer', 'cos', 'lonely'])
  })
})
