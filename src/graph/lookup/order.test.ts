import { describe, expect, it } from 'vitest'
import { CutpointError } from '../../errors'
import { splitTensor } from './names'
import { topologicalOrder } from './order'
import { growth, linear } from '../testing/counted'
import { GraphBuilder } from '../testing/build'
import { randomGraph } from '../testing/random-graph'
import { pick, seeded } from '../testing/random'
import type { Graph } from '../types'

const names = (graph: Graph): string[] => topologicalOrder(graph).map((node) => node.name)

describe('topologicalOrder', () => {
  it('puts nodes after what they take, by data and by control', () => {
    const build = new GraphBuilder()
    build.node('Relu', 'last', ['middle', '^side'])
    build.node('Relu', 'middle', ['first'])
    build.node('NoOp', 'side', ['^middle'])
    build.node('Placeholder', 'first', [])
    expect(names(build.graph('last'))).toEqual(['first', 'middle', 'side', 'last'])
  })

  it('orders shuffled random graphs', () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = seeded(seed)
      const { graph } = randomGraph(seed)
      const shuffled: Graph = { ...graph, nodes: graph.nodes.toSorted(() => random() - 0.5) }
      const order = names(shuffled)
      const places = new Map(order.map((name, place) => [name, place]))
      expect(order.length).toBe(graph.nodes.length)
      for (const node of graph.nodes) {
        for (const tensor of node.inputs) {
          expect(places.get(splitTensor(tensor).node)).toBeLessThan(places.get(node.name) ?? -1)
        }
      }
    }
  })

  it('takes a loop that NextIteration closes', () => {
    const build = new GraphBuilder()
    build.input('x', [])
    build.node('Enter', 'enter', ['x'])
    build.node('Merge', 'merge', ['enter', 'next'])
    build.node('Relu', 'body', ['merge'])
    build.node('NextIteration', 'next', ['body'])
    expect(names(build.graph('body'))).toEqual(['x', 'enter', 'merge', 'body', 'next'])
  })

  it('names the nodes of a cycle in the order of the data', () => {
    const build = new GraphBuilder()
    build.input('x', [])
    build.node('Add', 'a', ['x', 'c'])
    build.node('Relu', 'b', ['a'])
    build.node('Relu', 'c', ['b'])
    build.node('Relu', 'after', ['c'])
    let error: unknown
    try {
      topologicalOrder(build.graph('after'))
    } catch (thrown) {
      error = thrown
    }
    if (!(error instanceof CutpointError)) throw new Error('expected a CutpointError')
    expect(error.code).toBe('cyclic-graph')
    const { cycle } = error.details
    expect(cycle).toHaveLength(3)
    expect(new Set(cycle as string[])).toEqual(new Set(['a', 'b', 'c']))
    expect('a → b → c → a → b → c').toContain((cycle as string[]).join(' → '))
    expect(error.message).toContain('b → c')
  })

  it('names a node that takes itself', () => {
    const build = new GraphBuilder()
    build.node('Relu', 'self', ['self'])
    expect(() => topologicalOrder(build.graph('self'))).toThrow('self → self')
  })

  it('orders 100,000 nodes in a row without deep recursion, and finds a long cycle', () => {
    const row = (length: number): Graph => {
      const build = new GraphBuilder()
      build.input('n0', [])
      for (let i = 1; i < length; i++) build.node('Relu', `n${i}`, [`n${i - 1}`])
      return build.graph(`n${length - 1}`)
    }
    const graph = row(100_000)
    expect(names(graph).at(-1)).toBe('n99999')
    expect(growth(row, names, 10_000)).toBeLessThan(linear)
    const random = seeded(1)
    const from = pick(random, [10, 20])
    const broken: Graph = {
      ...graph,
      nodes: graph.nodes.map((node) => (node.name === `n${from}` ? { ...node, inputs: ['n99999:0'] } : node)),
    }
    expect(() => topologicalOrder(broken)).toThrow('goes round in a circle')
  })
})
