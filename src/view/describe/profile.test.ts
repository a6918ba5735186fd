import { describe, expect, test } from 'vitest'
import { totalCost } from '../../graph/cost'
import { GraphBuilder } from '../../graph/testing/build'
import { classifier, conv } from '../../graph/testing/networks'
import { depthsOf, profile } from './profile'
import { depths } from './profile-depth'
import { factsOf, realModels } from '../testing/models'
import { viewed } from '../testing/viewed'
import type { Bar } from './types'

const sum = (bars: readonly Bar[], of: 'parameters' | 'multiplyAdds'): number =>
  bars.reduce((total, bar) => total + bar[of], 0)

describe('profile', () => {
  test.each(realModels())('of %s adds up to the whole, in any number of bars', (_, graph) => {
    const facts = factsOf(graph)
    const model = viewed(graph, facts)
    const whole = totalCost(graph, facts.costs, facts.costs.keys())
    for (const count of [1, 7, 60]) {
      const { bars } = profile(model, count)
      expect(sum(bars, 'parameters')).toBe(whole.parameters)
      expect(sum(bars, 'multiplyAdds')).toBeCloseTo(whole.multiplyAdds, 0)
      expect(bars.length).toBe(Math.min(count, depths(model.index).deepest + 1))
      expect(bars.every((bar, i) => i === 0 || bar.depth > bars[i - 1].depth)).toBe(true)
      expect(bars.every((bar) => model.index.nodes.has(bar.node))).toBe(true)
    }
  })

  test('has a bar for each depth, the weightiest operation of each, and empty ones between', () => {
    const graph = classifier()
    const { bars } = profile(viewed(graph, factsOf(graph)), 100)
    // image, conv, stem, branch, sum, pool, logits, biased, probabilities
    expect(bars.map(({ node }) => node)).toEqual([
      ...['image', 'conv', 'stem', 'branch', 'sum', 'pool', 'logits', 'biased', 'probabilities'],
    ])
    expect(bars.map(({ multiplyAdds }) => multiplyAdds)).toEqual([0, 6912, 0, 9216, 0, 0, 20, 0, 0])
    expect(bars.map(({ parameters }) => parameters)).toEqual([0, 108, 0, 144, 0, 0, 20, 5, 0])
    expect(bars[0].depth).toBeCloseTo(0.5 / 9)
    expect([bars[1].title, bars[3].title]).toEqual(['Conv2D', 'Conv 3×3, 4'])
  })

  test('places tensors along the same depth as its bars', () => {
    const graph = classifier()
    const model = viewed(graph, factsOf(graph))
    const { bars } = profile(model, 100)
    const depthOf = (node: string): number | undefined => bars.find((bar) => bar.node === node)?.depth
    expect(depthsOf(model, ['stem:0', 'sum:0', 'nowhere:0'])).toEqual([depthOf('stem'), depthOf('sum'), null])
  })

  test('counts a weight that two operations share once', () => {
    const build = new GraphBuilder()
    const kernel = build.constant('kernel', [4, 4])
    const first = build.node('MatMul', 'first', [build.input('image', [null, 4]), kernel])
    const graph = build.graph(build.node('MatMul', 'second', [first, kernel]))
    expect(profile(viewed(graph, factsOf(graph)), 9).bars.map(({ parameters }) => parameters)).toEqual([0, 16, 0])
  })

  test('has no bars before the facts are there', () => {
    expect(profile(viewed(classifier()), 10).bars).toEqual([])
  })
})

describe('depths', () => {
  test('are the longest ways, whatever order the nodes stand in', () => {
    const build = new GraphBuilder()
    const image = build.input('image', [null, 8, 8, 3])
    const far = conv(build, 'b', conv(build, 'a', image, [3, 3]), [3, 3])
    const graph = build.graph(build.node('AddV2', 'sum', [image, far]))
    const reversed = { ...graph, nodes: graph.nodes.toReversed() }
    for (const one of [graph, reversed]) {
      const { of, deepest } = depths(viewed(one).index)
      const found = one.nodes.flatMap((node, i) => (node.weight === undefined ? [[node.name, of[i]] as const] : []))
      expect(new Map(found)).toEqual(
        new Map([
          ['image', 0],
          ['a', 1],
          ['b', 2],
          ['sum', 3],
        ]),
      )
      expect(deepest).toBe(3)
    }
  })

  test('come to an end where data goes round', () => {
    const build = new GraphBuilder()
    const enter = build.node('Enter', 'enter', [build.input('image', [null, 4])])
    const merge = build.node('Merge', 'merge', [enter, 'next'])
    const body = build.node('Neg', 'body', [merge])
    build.node('NextIteration', 'next', [body])
    const { of } = depths(viewed(build.graph(build.node('Exit', 'exit', [body]))).index)
    expect([...of]).toEqual([0, 1, 2, 3, 4, 4])
  })
})
