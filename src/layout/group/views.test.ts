import { describe, expect, test } from 'vitest'
import { withBodies } from '../../graph/calls/bodies'
import { indexGraph } from '../../graph/lookup/graph-index'
import { scopeTree } from '../../graph/lookup/scopes'
import { GraphBuilder } from '../../graph/testing/build'
import { pick, randomInt, seeded } from '../../graph/testing/random'
import type { Attribute, FunctionGraph, Graph } from '../../graph/types'
import { crossings } from './border-crossings'
import { groupGraph } from './group'
import { createLayouter } from '../layouter'
import { openingView } from '../opening'
import { expectConnected, expectEveryEdge, expectTidy } from '../testing/check'
import { expectWholeTree } from '../testing/check-tree'
import { efficientNet, flatGraph, scopedGraph } from '../testing/graphs'
import { formlessGraph, loopGraph, madeNetwork } from '../testing/networks'

/** Folds and unfolds groups at random, in both directions, and checks each picture. */
async function checkViews(graph: Graph, seed: number, constants: boolean): Promise<void> {
  const random = seeded(seed)
  const grouping = groupGraph(indexGraph(graph), scopeTree(graph), { constants })
  expectWholeTree(graph, grouping, { constants })
  const ways = crossings(graph, grouping)
  const layouter = createLayouter(graph, grouping, ways)
  const unfolded = openingView(grouping, ways)
  for (let step = 0; step < 8; step++) {
    const direction = random() < 0.5 ? 'down' : 'right'
    const laid = await layouter.layout(unfolded, direction)
    expectTidy(laid)
    expectEveryEdge(laid, graph, grouping)
    expectConnected(laid, direction)
    const groups = laid.boxes.filter((box) => box.kind === 'group')
    for (let change = 0; change < 3 && groups.length > 0; change++) {
      const path = pick(random, groups).name
      if (!unfolded.delete(path)) unfolded.add(path)
    }
  }
}

const functionOf = (name: string): Attribute => ({ kind: 'function', name, attributes: {} })

/** Functions of a few operations that call one another, and a chain of operations that calls them. */
function callingGraph(random: () => number): Graph {
  const names = ['first', 'second', 'third', 'fourth']
  const functions = names.map((name, i): FunctionGraph => {
    const nodes = Array.from({ length: 2 + randomInt(random, 4) }, (_, k) => ({
      name: `op_${k}`,
      op: i > 0 && k === 1 ? 'PartitionedCall' : 'Cos',
      inputs: [k === 0 ? 'x' : `op_${k - 1}:${i > 0 && k === 2 ? 'output' : 'y'}:0`],
      controlInputs: [],
      attributes: i > 0 && k === 1 ? { f: functionOf(names[i - 1]) } : {},
    }))
    const last = nodes.length - 1
    return {
      name,
      inputs: [{ name: 'x', dtype: 'float32' }],
      outputs: [{ name: 'y', dtype: 'float32' }],
      nodes,
      returns: { y: `op_${last}:${i > 0 && last === 1 ? 'output' : 'y'}:0` },
    }
  })
  const build = new GraphBuilder()
  let last = build.input('image', [1])
  const which = build.input('which', [], 'bool')
  for (let i = 0; i < 8; i++) {
    const [one, other] = [pick(random, names), pick(random, names)]
    last =
      random() < 0.4
        ? build.node('If', `net/if_${i}`, [which, last], {
            then_branch: functionOf(one),
            else_branch: functionOf(other),
          })
        : build.node('Sin', `net/sin_${i}`, [last])
  }
  const body = build.node('While', 'net/loop', [last], { cond: functionOf('first'), body: functionOf('fourth') })
  return withBodies({ ...build.graph(body), functions }).graph
}

describe('unfolding at random', () => {
  const graphs: [string, (seed: number) => Graph][] = [
    ['random scopes', (seed) => scopedGraph(seeded(seed), 150)],
    ['a network with scopes', (seed) => madeNetwork({ blocks: 12 + seed, flat: false, perStage: 4 })],
    ['a network with flat names', (seed) => madeNetwork({ blocks: 70 + seed, flat: true, perStage: 5 })],
    ['a flat chain of blocks', (seed) => flatGraph(40 + 30 * seed)],
    ['no form at all', (seed) => formlessGraph(seeded(seed), 150 * seed)],
    ['functions', (seed) => callingGraph(seeded(seed))],
    ['a loop', (seed) => loopGraph(seed % 2 === 0)],
    ['EfficientNet-Lite0', efficientNet],
  ]
  const cases = graphs.flatMap(([name, make]) => [1, 2, 3].map((seed) => ({ name, seed, make })))
  test.each(cases)('keeps boxes apart and edges whole in $name (seed $seed)', async ({ seed, make }) => {
    await checkViews(make(seed), seed, seed === 3)
  })

  test('finds the bodies of functions among the groups', () => {
    const graph = callingGraph(seeded(1))
    const { groups } = groupGraph(indexGraph(graph), scopeTree(graph))
    const looks = [...groups.values()].filter(({ look }) => look === 'function')
    expect(looks.length).toBeGreaterThan(4)
  })
})
