import { describe, expect, test } from 'vitest'
import { indexGraph } from '../../graph/lookup/graph-index'
import { withBodies } from '../../graph/calls/bodies'
import { scopeTree } from '../../graph/lookup/scopes'
import { GraphBuilder } from '../../graph/testing/build'
import { seeded } from '../../graph/testing/random'
import type { Attribute, FunctionGraph, Graph } from '../../graph/types'
import { groupGraph } from './group'
import type { Group, Grouping } from './grouping'
import { expectWholeTree } from '../testing/check-tree'
import { flatGraph, scopedGraph } from '../testing/graphs'
import { formlessGraph, loopGraph, madeNetwork } from '../testing/networks'

function groupingOf(graph: Graph, options: { constants?: boolean } = {}): Grouping {
  const grouping = groupGraph(indexGraph(graph), scopeTree(graph), options)
  expectWholeTree(graph, grouping, options)
  return grouping
}
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

describe('groupGraph of functions', () => {
  const functionOf = (name: string): Attribute => ({ kind: 'function', name, attributes: {} })
  const body = (name: string, ...ops: string[]): FunctionGraph => ({
    name,
    inputs: [{ name: 'x', dtype: 'float32' }],
    outputs: [{ name: 'y', dtype: 'float32' }],
    nodes: ops.map((op, i) => ({
      name: op.toLowerCase(),
      op,
      inputs: [i === 0 ? 'x' : `${ops[i - 1].toLowerCase()}:y:0`],
      controlInputs: [],
      attributes: {},
    })),
    returns: { y: `${ops[ops.length - 1].toLowerCase()}:y:0` },
  })
  const graphWith = (call: (build: GraphBuilder, input: string) => string, ...functions: FunctionGraph[]): Graph => {
    const build = new GraphBuilder()
    const graph = build.graph(build.node('Neg', 'after', [call(build, build.input('image', [1]))]))
    return withBodies({ ...graph, functions }).graph
  }

  test('puts a call and its branches into one group', () => {
    const graph = graphWith(
      (build, input) =>
        build.node('If', 'choice', [build.input('which', [], 'bool'), input], {
          then_branch: functionOf('yes'),
          else_branch: functionOf('no'),
        }),
      body('yes', 'Cos', 'Exp'),
      body('no', 'Sin', 'Tan', 'Abs'),
    )
    const { groups, nodes } = groupingOf(graph)
    const call = groups.get('choice')
    expect(call).toMatchObject({ look: 'function', title: 'If', label: 'choice' })
    expect(call?.items.map((item) => [item.label, item.title])).toEqual([
      ['then_branch', 'Then'],
      ['else_branch', 'Else'],
      ['choice', null],
    ])
    expect(groups.get('choice/then_branch')).toMatchObject({ look: 'function', size: 2 })
    expect(nodes.get('choice')?.parent).toBe(call)
  })

  test('lets the body of a plain call be the inside of its group', () => {
    const graph = graphWith(
      (build, input) => build.node('PartitionedCall', 'net/call', [input], { f: functionOf('inner') }),
      body('inner', 'Cos', 'Exp'),
    )
    const call = groupingOf(graph).scopes.get('net/call')
    expect(call).toMatchObject({ look: 'function', title: 'Function inner' })
    expect(call?.kind === 'group' && labels(call)).toEqual(['cos', 'exp', 'call'])
  })
})

describe('groupGraph of loops', () => {
  test('marks the scope of a loop', () => {
    const { groups, root } = groupingOf(loopGraph(false))
    expect(groups.get('while')).toMatchObject({ look: 'loop', title: 'While loop' })
    expect(labels(root)).toEqual(['image', 'before', 'while', 'after'])
  })

  test('gathers a loop where names are flat', () => {
    const { root } = groupingOf(loopGraph(true))
    expect(root.items.map(({ title, label }) => title ?? label)).toEqual(['image', 'before', 'While loop', 'after'])
    expect(root.items[2]).toMatchObject({ look: 'loop', size: 10 })
  })
})

describe('groupGraph of whole networks', () => {
  test('names the layers of a network', () => {
    const { groups } = groupingOf(madeNetwork({ blocks: 3, flat: false }))
    expect(groups.get('stem')).toMatchObject({ look: 'pattern', title: 'Conv 3×3, 16, stride 2 · BN · ReLU6' })
    expect(groups.get('stage_0/block_1/depthwise')?.title).toBe('Depthwise 3×3 · BN · ReLU6')
  })

  test('finds the same blocks in a flat network', () => {
    const { root } = groupingOf(madeNetwork({ blocks: 200, flat: true, perStage: 1000 }))
    const rows = root.items.filter((item) => item.title?.endsWith('×199'))
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ look: 'blocks', size: 199 * 9 })
  })

  const graphs: [string, () => Graph][] = [
    ['a network with scopes', () => madeNetwork({ blocks: 30, flat: false })],
    ['a network with flat names', () => madeNetwork({ blocks: 130, flat: true })],
    ['random scopes', () => scopedGraph(seeded(5), 900)],
    ['a flat chain of blocks', () => flatGraph(300)],
    ['no form at all', () => formlessGraph(seeded(9), 1500)],
    ['a loop', () => loopGraph(true)],
  ]
  test.each(graphs)('gives constants boxes and moves nothing else in %s', (_, make) => {
    const graph = make()
    const without = groupingOf(graph)
    const all = groupingOf(graph, { constants: true })
    expect([...all.groups.keys()]).toEqual([...without.groups.keys()])
    for (const [name, item] of without.nodes) expect(all.nodes.get(name)?.parent.path).toBe(item.parent.path)
  })

  test.each([true, false])('puts a kernel beside the convolution that takes it (flat: %s)', (flat) => {
    const graph = madeNetwork({ blocks: 60, flat })
    const { nodes } = groupingOf(graph, { constants: true })
    const convolutions = graph.nodes.filter(({ op }) => op === 'Conv2D')
    expect(convolutions.length).toBe(121)
    for (const { name, inputs } of convolutions) {
      expect(nodes.get(inputs[1].slice(0, -2))?.parent.path).toBe(nodes.get(name)?.parent.path)
    }
  })
})
