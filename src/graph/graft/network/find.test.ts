import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { CutpointError } from '../../../errors'
import { boolOf, GraphBuilder } from '../../testing/build'
import { conv, dense, pool } from '../../testing/networks'
import type { Graph, WeightStore } from '../../types'
import { findNetwork, type FoundNetwork } from './find'
import { fittingPool, givenShapes } from './fitting'
import { lastDense, withLast } from './last-layer'
import { lengthOf } from './source'
import { storedStructure } from './stored'
import { requireWhole } from './whole'

async function errorOf(work: Promise<unknown>): Promise<CutpointError> {
  const error: unknown = await work.then(() => null).catch((thrown: unknown) => thrown)
  if (error instanceof CutpointError) return error
  throw new Error('no refusal')
}

/** Every number is 0.5, but those that are given; whole numbers are as the graph knows them. */
function storeOf(graph: Graph, given: Readonly<Record<string, number>> = {}): WeightStore {
  return {
    raw: () => Promise.reject(new Error('no bytes')),
    values: (id) => {
      const { shape = [], small, dtype } = graph.weights.get(id) ?? {}
      const count = shape.reduce((product, size) => product * size, 1)
      if (dtype === 'int32') return Promise.resolve(Int32Array.from(small ?? []))
      return Promise.resolve(new Float32Array(count).fill(given[id] ?? 0.5))
    },
  }
}

const found = (graph: Graph, given?: Readonly<Record<string, number>>): Promise<FoundNetwork> =>
  findNetwork(graph, storeOf(graph, given))

const refusal = async (graph: Graph, given?: Readonly<Record<string, number>>): Promise<string> => {
  const error = await errorOf(found(graph, given))
  expect(error.code).toBe('cannot-join')
  expect(error.next).not.toBe('')
  return error.message
}

function simple(): { build: GraphBuilder; input: string; logits: string } {
  const build = new GraphBuilder()
  const input = build.input('x', [null, 6])
  const logits = build.node('BiasAdd', 'logits', [dense(build, 'last', input, [6, 3]), build.constant('bias', [3])])
  return { build, input, logits }
}

describe('a network that is to be a head', () => {
  it('is read from its input to what goes into its softmax', async () => {
    const { build, logits } = simple()
    const { facts, structure, weights } = await found(build.graph(build.node('Softmax', 'p', [logits])))
    expect(facts).toEqual({ inputShape: [6], outputs: 3, parameters: 21, end: 'softmax', lastInputs: 6 })
    expect(structure.output).toBe('logits:0')
    expect(weights).toHaveLength(lengthOf(structure))
    expect(v.safeParse(storedStructure, JSON.parse(JSON.stringify(structure))).success).toBe(true)
  })

  it.each([
    ['Sigmoid', 'sigmoid'],
    ['LogSoftmax', 'softmax'],
    ['Relu', 'none'],
  ])('that ends in a %s', async (op, end) => {
    const { build, logits } = simple()
    const { facts, structure } = await found(build.graph(build.node(op, 'p', [logits])))
    expect(facts.end).toBe(end)
    expect(structure.output).toBe(end === 'none' ? 'p:0' : 'logits:0')
  })

  it('keeps its batch norms’ statistics and takes maps', async () => {
    const build = new GraphBuilder()
    const map = build.input('map', [null, 4, 4, 8])
    const output = dense(build, 'last', pool(build, 'pool', conv(build, 'conv', map, [8, 4])), [4, 3])
    const { facts } = await found(build.graph(output))
    expect(facts).toMatchObject({ inputShape: [4, 4, 8], parameters: 3 * 3 * 8 * 4 + 12 })
  })

  it('gets plain names, each once, whatever its file calls its nodes', async () => {
    const build = new GraphBuilder()
    const input = build.input('größe/:0 x', [null, 6])
    const first = dense(build, 'a b', input, [6, 6])
    const second = dense(build, 'a/b', first, [6, 6])
    const third = dense(build, 'a_b', second, [6, 6])
    const { structure } = await found(build.graph(dense(build, '/head//Softmax', third, [6, 2])))
    const names = structure.nodes.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9.][\w.\-/]*$/)
    expect(v.safeParse(storedStructure, structure).success).toBe(true)
  })

  it('holds numbers that two layers share once', async () => {
    const build = new GraphBuilder()
    const input = build.input('x', [null, 3])
    const kernel = build.constant('kernel', [3, 3])
    const first = build.node('MatMul', 'first', [input, kernel])
    const { facts, structure } = await found(build.graph(build.node('MatMul', 'second', [first, kernel])))
    expect(facts.parameters).toBe(9)
    // What would be put in the place of the last layer’s would change the first one, too.
    expect(lastDense(structure)).toBeNull()
  })
})

describe('what cannot be a head says why', () => {
  it('for two inputs, named', async () => {
    const { build, logits } = simple()
    const other = build.input('other', [null, 3])
    expect(await refusal(build.graph(build.node('AddV2', 'sum', [logits, other])))).toMatch(/2 inputs \(“x”, “other”\)/)
  })

  it('for two outputs, named', async () => {
    const { build, input, logits } = simple()
    const graph = build.graph(logits)
    const second = { key: 'second', tensor: input, dtype: 'float32', shape: null } as const
    expect(await refusal({ ...graph, outputs: [...graph.outputs, second] })).toMatch(/2 outputs \(“logits:0”, “x:0”\)/)
  })

  it('for whole numbers as input', async () => {
    const { build, logits } = simple()
    const graph = build.graph(logits)
    const nodes = graph.nodes.map((node) =>
      node.name === 'x'
        ? { ...node, attributes: { ...node.attributes, dtype: { kind: 'dtype', value: 'int32' } as const } }
        : node,
    )
    const inputs = graph.inputs.map((each) => ({ ...each, dtype: 'int32' as const }))
    expect(await refusal({ ...graph, nodes, inputs })).toContain('takes int32')
  })

  it('for what is random or not known to learn, by the name of the operation', async () => {
    const { build, logits } = simple()
    expect(await refusal(build.graph(build.node('Cumsum', 'odd', [logits, build.constant('axis', [], [1])])))).toMatch(
      /Cumsum \(“odd”\) cannot be learnt through/,
    )
  })

  it('for a softmax that is not the end', async () => {
    const { build, logits } = simple()
    const chances = build.node('Softmax', 'p', [logits])
    const shape = build.constant('shape', [2], [-1, 3])
    expect(await refusal(build.graph(build.node('Reshape', 'again', [chances, shape])))).toContain('is not its last')
  })

  it('for an output that is a map', async () => {
    const build = new GraphBuilder()
    const map = build.input('map', [null, 4, 4, 8])
    expect(await refusal(build.graph(conv(build, 'conv', map, [8, 3])))).toContain('[any, 4, 4, 3]')
  })

  it('for weights that are no numbers', async () => {
    const { build, logits } = simple()
    expect(await refusal(build.graph(logits), { bias: NaN })).toContain('not numbers')
  })

  it('for more numbers than a head may have, before they are read', async () => {
    const build = new GraphBuilder()
    const input = build.input('x', [null, 5000])
    const graph = build.graph(dense(build, 'last', input, [5000, 5000]))
    const store: WeightStore = { raw: () => Promise.reject(new Error()), values: () => Promise.reject(new Error()) }
    expect((await errorOf(findNetwork(graph, store))).message).toContain('25,000,000 numbers')
  })

  it('for an input of any size', async () => {
    const build = new GraphBuilder()
    const input = build.input('x', [null, null, null, 3])
    expect(await refusal(build.graph(dense(build, 'last', pool(build, 'pool', input), [3, 2])))).toContain(
      'any, any, 3',
    )
  })
})

describe('the last layer', () => {
  it('is exchanged for one of another width, and all else stays', async () => {
    const { build, logits } = simple()
    const own = await found(build.graph(build.node('Softmax', 'p', [logits])))
    const last = lastDense(own.structure)
    if (!last) throw new Error('no last layer')
    const fresh = { kernel: new Float32Array(12).fill(2), bias: new Float32Array(2).fill(1) }
    const made = withLast(own, last, fresh)
    expect(made.structure.outputs).toBe(2)
    expect(v.safeParse(storedStructure, made.structure).success).toBe(true)
    expect([...made.weights].toSorted()).toEqual([...fresh.kernel, ...fresh.bias].toSorted())
  })

  it('is not known where its kernel lies the other way', async () => {
    const build = new GraphBuilder()
    const input = build.input('x', [null, 3])
    const kernel = build.constant('kernel', [3, 3])
    const output = build.node('MatMul', 'last', [input, kernel], { transpose_b: boolOf(true) })
    expect((await found(build.graph(output))).facts.lastInputs).toBeNull()
  })
})

describe('a structure that was kept', async () => {
  const { build, logits } = simple()
  const { structure } = await found(build.graph(logits))
  const isRead = (change: object): boolean => {
    const read = v.safeParse(storedStructure, { ...structure, ...change })
    if (!read.success) return false
    try {
      requireWhole(read.output)
      return true
    } catch {
      return false
    }
  }
  const [input, ...others] = structure.nodes

  it('is read as it is', () => {
    expect(v.parse(storedStructure, structure)).toEqual(structure)
    expect(isRead({})).toBe(true)
  })

  it.each([
    ['an output that is not there', { output: 'no:0' }],
    ['another number of outputs', { outputs: 4 }],
    ['another input', { inputShape: [7] }],
    ['a node that takes one behind it', { nodes: [...others, input] }],
    ['two nodes of one name', { nodes: [...structure.nodes, structure.nodes[1]] }],
    ['a second input', { nodes: [...structure.nodes, { ...input, name: 'more' }] }],
    ['a name that leaves its scope', { nodes: structure.nodes.map((node) => ({ ...node, name: `../${node.name}` })) }],
    ['an operation that is not known', { nodes: structure.nodes.map((node) => ({ ...node, op: 'constructor' })) }],
    ['a constant without numbers', { weights: [] }],
    ['a constant of more numbers than can be', { weights: structure.weights.map((w) => ({ ...w, shape: [2 ** 30] })) }],
    ['no nodes', { nodes: [] }],
    ['a number in the place of the nodes', { nodes: 3 }],
  ])('is refused with %s', (_, change) => expect(isRead(change)).toBe(false))
})

describe('the shapes that fit a cut', () => {
  const cut = { tensors: 1, shape: [null, 7, 7, 32], featureLength: 32 }

  it('are the average, the map and all of its numbers', () => {
    expect(givenShapes(cut).map(({ shape }) => shape)).toEqual([[32], [7, 7, 32], [1568]])
    expect([[32], [7, 7, 32], [1568], [33]].map((taken) => fittingPool(taken, cut))).toEqual([
      'average',
      'flatten',
      'flatten',
      null,
    ])
  })

  it('are the features alone where several tensors are cut, channels come first, or the size is open', () => {
    for (const change of [{ tensors: 2 }, { channelsFirst: true }, { shape: [null, null, null, 32] }]) {
      expect(givenShapes({ ...cut, ...change }).map(({ shape }) => shape)).toEqual([[32]])
    }
  })

  it('are said once where a map has one place', () => {
    const single = { tensors: 1, shape: [null, 1, 1, 32], featureLength: 32 }
    expect(givenShapes(single).map(({ shape }) => shape)).toEqual([[32], [1, 1, 32]])
  })
})
