import { describe, expect, it } from 'vitest'
import { nodeCosts } from '../cost'
import { analyseCuts } from '../cuts/analyse'
import type { ModelFacts } from '../facts'
import { findInputs } from '../image/input'
import { inferShapes } from '../shapes'
import { GraphBuilder, intOf } from '../testing/build'
import { classifier } from '../testing/networks'
import { randomGraph } from '../testing/random-graph'
import { sharedModel } from '../testing/tfjs-models'
import type { Graph } from '../types'
import { packFacts, unpackFacts } from './facts'
import { packGraph, unpackGraph } from './graph'

/** What arrives in another thread. */
const sentGraph = (graph: Graph): Graph => unpackGraph(structuredClone(packGraph(graph)))
const sentFacts = (facts: ModelFacts): ModelFacts => unpackFacts(structuredClone(packFacts(facts)))

function factsOf(graph: Graph): ModelFacts {
  const infos = inferShapes(graph)
  const question = { image: findInputs(graph, infos).image, output: graph.outputs[0].tensor, supported: () => null }
  return { infos, costs: nodeCosts(graph, infos), ...analyseCuts(graph, infos, question) }
}

function expectSame(graph: Graph): void {
  const arrived = sentGraph(graph)
  expect(arrived).toStrictEqual(graph)
  expect([...arrived.weights.keys()]).toEqual([...graph.weights.keys()])
  const facts = factsOf(graph)
  const known = sentFacts(facts)
  expect(known).toStrictEqual(facts)
  for (const map of ['infos', 'costs', 'verdicts'] as const) {
    expect([...known[map].keys()]).toEqual([...facts[map].keys()])
  }
}

describe('a graph and its facts', () => {
  it('arrive as they were sent', () => {
    expectSame(classifier())
    for (let seed = 1; seed <= 30; seed++) expectSame(randomGraph(seed).graph)
  })

  it.each(['posenet', 'movenet-lightning', 'facemesh-attention'])('arrive whole: %s', (name) => {
    const graph = sharedModel(name)
    if (graph) expectSame(graph)
  })

  it('arrive with all that is unusual in them', () => {
    const build = new GraphBuilder()
    const image = build.input('image', [null, 4, 4, 3])
    build.node('NoOp', 'Größe/π', ['^image'])
    build.node('Split', 'parts', ['axis', image], { num_split: intOf(12) })
    build.constant('axis', [], [3])
    build.node('Identity', 'last', ['parts:11', '^Größe/π', '^gone'])
    const { nodes, ...rest } = build.graph('last')
    const last = nodes[nodes.length - 1]
    expectSame({
      ...rest,
      weights: new Map([
        ...rest.weights,
        [
          'small',
          { id: 'small', dtype: 'float32', shape: [2], bytes: 2, stored: { dtype: 'uint8', scale: 0.5, min: -1 } },
        ],
      ]),
      nodes: [
        ...nodes.slice(0, -1),
        { ...last, inputs: ['parts:11', 'not-there:0', 'axis', 'parts:03'] },
        { name: 'lost', op: 'Const', inputs: [], controlInputs: [], attributes: {}, weight: 'in another file' },
      ],
      functions: [{ name: 'f', inputs: [], outputs: [], nodes: [], returns: {} }],
      scopes: new Map([['parts', { layerClass: 'Dense', config: { units: 3 } }]]),
    })
  })

  it('keep attributes that nodes share shared', () => {
    const graph = classifier()
    const shared = { T: intOf(1) }
    const nodes = graph.nodes.map((node) => ({ ...node, attributes: shared }))
    const arrived = sentGraph({ ...graph, nodes })
    expect(new Set(arrived.nodes.map((node) => node.attributes)).size).toBe(1)
  })
})
