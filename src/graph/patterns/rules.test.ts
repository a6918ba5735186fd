import { describe, expect, it } from 'vitest'
import { indexGraph } from '../lookup/graph-index'
import { GraphBuilder } from '../testing/build'
import { pick, randomInt, seeded } from '../testing/random'
import type { Graph } from '../types'
import { findPatterns, patternName, patternSentence, type PatternKind } from './index'
import { brokenRules } from './testing/find'
import { bias, conv, dense, depthwise, fusedNorm, globalPool, mix, spelledNorm } from './testing/parts'

type BuildPart = (build: GraphBuilder, name: string, x: string, other: string) => string

/** What real networks are made of, on 8 channels; `other` is some earlier tensor. */
const parts: readonly BuildPart[] = [
  (b, name, x) => conv(b, name, x, [3, 3, 8, 8]),
  (b, name, x) => conv(b, name, x, [1, 1, 8, 8]),
  (b, name, x) => conv(b, name, x, [1, 1, 8, 48], { fused: ['BiasAdd', 'Relu6'] }),
  (b, name, x) => conv(b, name, x, [1, 1, 48, 8]),
  (b, name, x) => depthwise(b, name, x, [3, 3, 8, 1]),
  (b, name, x) => dense(b, name, x, 8, 8),
  (b, name, x) => bias(b, name, x, 8),
  (b, name, x) => fusedNorm(b, name, x, 8),
  (b, name, x) => spelledNorm(b, name, x, 8),
  (b, name, x) => b.node('Relu6', name, [x]),
  (b, name, x) => b.node('Mul', name, [x, b.node('Sigmoid', `${name}/gate`, [x])]),
  (b, name, x) => b.node('Mul', name, [x, b.constant(`${name}/c`, [8])]),
  (b, name, x) => b.node('AddV2', name, [x, b.constant(`${name}/c`, [])]),
  (b, name, x, other) => b.node('AddV2', name, [x, other]),
  (b, name, x, other) => b.node('Mul', name, [x, other]),
  (b, name, x) => b.node('Split', name, [x]),
  (b, name, x) => b.node('MaxPool', name, [x]),
  (b, name, x) => b.node('Pad', name, [x, b.constant(`${name}/p`, [4, 2])]),
  (b, name, x) => b.node('Identity', name, [x]),
  (b, name, x) => b.node('Reshape', name, [x, b.node('Shape', `${name}/shape`, [x])]),
  (b, name, x) => {
    const squeezed = b.node('Relu', `${name}/relu`, [mix(b, `${name}/a`, globalPool(b, `${name}/pool`, x), 8, 2)])
    return b.node('Mul', name, [x, b.node('Sigmoid', `${name}/gate`, [mix(b, `${name}/b`, squeezed, 2, 8)])])
  },
]

/** Mostly a chain, with skips, dead ends, several outputs, and nodes in any order. */
function randomNetwork(seed: number): Graph {
  const random = seeded(seed)
  const build = new GraphBuilder()
  const tensors = [build.input('image', [null, 8, 8, 8])]
  const length = 5 + randomInt(random, 40)
  for (let i = 0; i < length; i++) {
    const x = random() < 0.8 ? tensors[tensors.length - 1] : pick(random, tensors)
    tensors.push(pick(random, parts)(build, `n${i}`, x, pick(random, tensors.slice(-6))))
    if (random() < 0.05) tensors.push(`n${i}:1`)
  }
  const outputs = [tensors[tensors.length - 1], ...tensors.filter(() => random() < 0.05)]
  const graph = build.graph(...outputs)
  if (random() < 0.5) return graph
  const order = new Map(graph.nodes.map((node) => [node, random()]))
  return { ...graph, nodes: [...graph.nodes].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0)) }
}

describe('in random networks', () => {
  it('patterns are disjoint, have one exit, and are closed, at every depth', () => {
    const kinds = new Set<PatternKind>()
    for (let seed = 0; seed < 1500; seed++) {
      const graph = randomNetwork(seed)
      const patterns = findPatterns(indexGraph(graph))
      expect(brokenRules(graph, patterns), `seed ${seed}`).toEqual([])
      for (const { kind } of patterns) kinds.add(kind)
    }
    // Or the test would say little.
    expect(kinds.size).toBeGreaterThanOrEqual(7)
  }, 60_000)
})

describe('odd graphs', () => {
  it('may have no nodes', () => {
    expect(findPatterns(indexGraph(new GraphBuilder().graph()))).toEqual([])
  })

  it('may have nodes with any number of inputs', () => {
    const ops = (
      'Conv2D MatMul Conv2DBackpropInput Relu Prelu Mul Sub Add AddV2 BiasAdd FusedBatchNormV3 Rsqrt Reshape Pad Mean ' +
      'SquaredDifference Square Identity IdentityN Shape Pack SpaceToBatchND BatchToSpaceND Minimum Tanh Sigmoid Softmax'
    ).split(' ')
    const random = seeded(1)
    for (let round = 0; round < 500; round++) {
      const build = new GraphBuilder()
      const tensors = ['gone', build.constant('c', [8]), build.constant('n', [])]
      for (let i = 0; i < 20; i++) {
        const inputs = Array.from({ length: randomInt(random, 4) }, () => pick(random, tensors.slice(-6)))
        tensors.push(build.node(pick(random, ops), `n${i}`, inputs))
      }
      const graph = build.graph(tensors[tensors.length - 1])
      expect(brokenRules(graph, findPatterns(indexGraph(graph))), `round ${round}`).toEqual([])
    }
  })

  it('may have loops', () => {
    const build = new GraphBuilder()
    const merge = build.node('Merge', 'merge', ['image', 'next'])
    const sum = build.node('AddV2', 'add', [conv(build, 'conv', merge, [3, 3, 8, 8]), merge])
    build.node('NextIteration', 'next', [build.node('Mul', 'mul', [sum, build.node('Sigmoid', 'gate', [sum])])])
    build.node('Relu', 'a', [build.node('Relu', 'b', ['a'])])
    const graph = build.graph('mul')
    expect(brokenRules(graph, findPatterns(indexGraph(graph)))).toEqual([])
  })
})

it('every kind has a name and a sentence', () => {
  expect(patternName('inverted-residual')).toBe('Inverted residual block')
  expect(patternSentence('squeeze-excite')).toMatch(/^Weights each channel .*\.$/)
})
