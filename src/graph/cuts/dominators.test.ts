import { describe, expect, it } from 'vitest'
import { bottlenecks } from './dominators'
import { after, packEdges, reachedFrom } from '../lookup/adjacency'
import { dataFlow, type DataFlow } from '../lookup/flow'
import { indexGraph } from '../lookup/graph-index'
import { growth, linear } from '../testing/counted'
import { GraphBuilder } from '../testing/build'
import { randomGraph } from '../testing/random-graph'
import { randomInt, seeded } from '../testing/random'
import type { Graph } from '../types'

function vertex(flow: DataFlow, tensor: string): number {
  const id = flow.ids.get(tensor)
  if (id === undefined) throw new Error(`no tensor ${tensor}`)
  return id
}

function chainOf(graph: Graph, from: string, to: string): string[] {
  const flow = dataFlow(indexGraph(graph), new Map())
  return bottlenecks(flow, vertex(flow, from), vertex(flow, to)).chain.map((id) => flow.tensors[id])
}

type EdgePair = readonly [from: number, to: number]

function pairsOf({ edges }: DataFlow): EdgePair[] {
  const pairs: EdgePair[] = []
  for (let from = 0; from + 1 < edges.starts.length; from++) {
    for (const to of after(edges, from)) pairs.push([from, to])
  }
  return pairs
}

function pack({ edges }: DataFlow, pairs: readonly EdgePair[]) {
  return packEdges(
    edges.starts.length - 1,
    pairs.map(([from]) => from),
    pairs.map(([, to]) => to),
  )
}

/** Whether data from one tensor reaches another when a third is taken away. */
function reachesWithout(flow: DataFlow, from: number, to: number, removed: number): boolean {
  if (removed === from || removed === to) return false
  const pairs = pairsOf(flow).filter(([source]) => source !== removed)
  return reachedFrom(pack(flow, pairs), from)[to] === 1
}

describe('bottlenecks', () => {
  it('steps over a skip connection', () => {
    const build = new GraphBuilder()
    build.input('x', null)
    build.node('Relu', 'stem', ['x'])
    build.node('Relu', 'branch', ['stem'])
    build.node('Add', 'sum', ['branch', 'stem'])
    build.node('Relu', 'end', ['sum'])
    build.node('Relu', 'use', ['end'])
    expect(chainOf(build.graph(), 'x:0', 'end:0')).toEqual(['x:0', 'stem:0', 'sum:0', 'end:0'])
  })

  it('finds only the ends between two towers', () => {
    const build = new GraphBuilder()
    build.input('x', null)
    build.node('Relu', 'a', ['x'])
    build.node('Relu', 'b', ['x'])
    build.node('Add', 'end', ['a', 'b'])
    build.node('Relu', 'use', ['end'])
    expect(chainOf(build.graph(), 'x:0', 'end:0')).toEqual(['x:0', 'end:0'])
  })

  it('counts tensors, not nodes: neither output of a split is gone through by all', () => {
    const build = new GraphBuilder()
    build.input('x', null)
    build.node('Split', 'split', ['x'])
    build.node('Concat', 'end', ['split:0', 'split:1'])
    build.node('Relu', 'use', ['end'])
    expect(chainOf(build.graph(), 'x:0', 'end:0')).toEqual(['x:0', 'end:0'])
  })

  it('keeps the towers of an IdentityN apart', () => {
    const build = new GraphBuilder()
    build.input('x', null)
    build.node('Relu', 'a', ['x'])
    build.node('Relu', 'b', ['x'])
    build.node('IdentityN', 'both', ['a', 'b'])
    build.node('Relu', 'end', ['both:0'])
    build.node('Relu', 'other', ['both:1'])
    build.node('Relu', 'use', ['end'])
    expect(chainOf(build.graph(), 'x:0', 'end:0')).toEqual(['x:0', 'a:0', 'both:0', 'end:0'])
  })

  it('has nothing to say where only a shape leads across', () => {
    const build = new GraphBuilder()
    build.input('x', null)
    build.node('Shape', 'shape', ['x'])
    build.node('Fill', 'end', ['shape'])
    build.node('Relu', 'use', ['end'])
    expect(chainOf(build.graph(), 'x:0', 'end:0')).toEqual([])
  })

  it('agrees with taking tensors away one by one, on random graphs with and without loops', () => {
    for (let seed = 0; seed < 400; seed++) {
      const random = seeded(seed)
      const { graph, infos, output } = randomGraph(seed)
      const plain = dataFlow(indexGraph(graph), infos)
      const pairs = pairsOf(plain)
      for (let extra = seed % 3; extra > 0; extra--) {
        const node = plain.tensors.length + randomInt(random, graph.nodes.length)
        pairs.push([randomInt(random, plain.tensors.length), node])
      }
      const flow = { ...plain, edges: pack(plain, pairs) }
      const [from, to] = [vertex(flow, 'image:0'), vertex(flow, output)]
      const { chain, segment } = bottlenecks(flow, from, to)
      const reached = reachedFrom(flow.edges, from)
      const expected = reached[to]
        ? flow.tensors.flatMap((_, id) => (reached[id] && !reachesWithout(flow, from, to, id) ? [id] : []))
        : []
      expect(
        chain.toSorted((a, b) => a - b),
        `seed ${seed}`,
      ).toEqual(expected)
      if (!reached[to]) continue
      for (const [place, id] of chain.entries()) {
        expect(segment[id]).toBe(place)
        if (place > 0) expect(reachesWithout(flow, from, id, chain[place - 1])).toBe(false)
      }
    }
  })

  it('goes through 100,000 tensors, in steps that grow with their number only', () => {
    const blocks = (count: number): Graph => {
      const build = new GraphBuilder()
      build.input('n0', null)
      for (let i = 1; i < count; i++) {
        build.node('Relu', `b${i}`, [`n${i - 1}`])
        build.node('Add', `n${i}`, [`b${i}`, `n${i - 1}`])
      }
      build.node('Relu', 'use', [`n${count - 1}`])
      return build.graph()
    }
    expect(chainOf(blocks(50_000), 'n0:0', 'n49999:0')).toHaveLength(50_000)
    expect(
      growth(blocks, (graph) => chainOf(graph, 'n0:0', `${graph.nodes.at(-2)?.name ?? ''}:0`), 10_000),
    ).toBeLessThan(linear)
  })
})
