import { describe, expect, it } from 'vitest'
import { indexGraph } from './graph-index'
import { splitTensor } from './names'
import { GraphBuilder, shapeOf } from '../testing/build'
import { randomGraph } from '../testing/random-graph'
import { ancestors, trunk } from './trunk'
import type { FunctionGraph, Graph } from '../types'

function twoTowers(): Graph {
  const build = new GraphBuilder()
  build.input('image', [null, 8, 8, 3])
  build.input('flag', [], 'bool')
  build.constant('left/kernel', [1, 1, 3, 4])
  build.node('Conv2D', 'left/conv', ['image', 'left/kernel'])
  build.constant('right/kernel', [1, 1, 3, 4])
  build.node('Conv2D', 'right/conv', ['image', 'right/kernel'])
  build.node('NoOp', 'check', [])
  build.node('Identity', 'right/out', ['right/conv', '^check'])
  build.node('Add', 'sum', ['left/conv', 'right/out'])
  return build.graph('sum', 'left/conv')
}

describe('trunk', () => {
  it('keeps what the fetch needs, in order, and reduces weights and inputs', () => {
    const kept = trunk(twoTowers(), ['right/out:0'])
    expect(kept.nodes.map((node) => node.name)).toEqual(['image', 'right/kernel', 'right/conv', 'check', 'right/out'])
    expect([...kept.weights.keys()]).toEqual(['right/kernel'])
    expect(kept.inputs.map((input) => input.key)).toEqual(['image'])
  })

  it('makes the fetches the outputs: as the signature has them, else by what is known', () => {
    const infos = new Map([['right/conv:0', { shape: [null, 8, 8, 4], dtype: 'float32' as const }]])
    const kept = trunk(twoTowers(), ['right/conv:0', 'left/conv:0'], infos)
    expect(kept.outputs).toEqual([
      { key: 'right/conv:0', tensor: 'right/conv:0', dtype: 'float32', shape: [null, 8, 8, 4] },
      { key: 'left/conv', tensor: 'left/conv:0', dtype: 'float32', shape: null },
    ])
  })

  it('keeps functions and scopes only where they are used, also through other functions', () => {
    const body = (name: string, calls?: string): FunctionGraph => ({
      name,
      inputs: [],
      outputs: [],
      nodes: calls
        ? [
            {
              name: 'inner',
              op: 'PartitionedCall',
              inputs: [],
              controlInputs: [],
              attributes: {
                branches: { kind: 'list', items: [{ kind: 'function', name: calls, attributes: {} }] },
              },
            },
          ]
        : [],
      returns: {},
    })
    const build = new GraphBuilder()
    build.input('image', [null, 4])
    build.node('StatefulPartitionedCall', 'net/call', ['image'], {
      f: { kind: 'function', name: 'outer', attributes: {} },
      shape: shapeOf(null),
    })
    build.node('legacy', 'other/call', ['image'])
    const graph: Graph = {
      ...build.graph('net/call'),
      functions: [body('nested'), body('outer', 'nested'), body('legacy'), body('unused')],
      scopes: new Map(['net', 'other'].map((path) => [path, { layerClass: 'Dense', config: null }])),
    }
    expect(trunk(graph, ['net/call:0']).functions.map((each) => each.name)).toEqual(['nested', 'outer'])
    expect([...trunk(graph, ['net/call:0']).scopes.keys()]).toEqual(['net'])
    expect(trunk(graph, ['other/call:0']).functions.map((each) => each.name)).toEqual(['legacy'])
  })

  it('refuses a tensor that is not there, with the nearest names', () => {
    expect(() => trunk(twoTowers(), ['rihgt/conv:0'])).toThrow(
      expect.objectContaining({ code: 'no-such-tensor', next: expect.stringContaining('right/conv') as string }),
    )
  })

  it('keeps exactly what can reach the fetch in random graphs', () => {
    for (let seed = 0; seed < 300; seed++) {
      const { graph, tensors } = randomGraph(seed)
      const fetch = tensors[seed % tensors.length]
      const kept = new Set(trunk(graph, [fetch]).nodes.map((node) => node.name))
      expect(kept).toEqual(slowAncestors(graph, fetch))
      expect(ancestors(indexGraph(graph), [fetch])).toEqual(kept)
    }
  })
})

/** Adds inputs of what is in until nothing changes. */
function slowAncestors(graph: Graph, fetch: string): Set<string> {
  const found = new Set([splitTensor(fetch).node])
  for (let size = 0; size < found.size;) {
    size = found.size
    for (const node of graph.nodes) {
      if (found.has(node.name)) node.inputs.forEach((tensor) => found.add(splitTensor(tensor).node))
    }
  }
  return found
}
