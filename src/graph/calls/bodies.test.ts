import { describe, expect, test } from 'vitest'
import { withBodies } from './bodies'
import { checkGraph } from '../check'
import { GraphBuilder } from '../testing/build'
import type { Attribute, Attributes, FunctionGraph, Graph, GraphNode } from '../types'

const calls = (name: string): Attribute => ({ kind: 'function', name, attributes: {} })

const bodyNode = (op: string, name: string, inputs: readonly string[], attributes: Attributes = {}): GraphNode => ({
  name,
  op,
  inputs: inputs.filter((input) => !input.startsWith('^')),
  controlInputs: inputs.filter((input) => input.startsWith('^')).map((input) => input.slice(1)),
  attributes,
})

function body(
  name: string,
  inputs: readonly string[],
  nodes: readonly GraphNode[],
  returns: readonly (readonly [output: string, tensor: string])[],
): FunctionGraph {
  return {
    name,
    inputs: inputs.map((each) => ({ name: each, dtype: 'float32' })),
    outputs: returns.map(([output]) => ({ name: output, dtype: 'float32' })),
    nodes,
    returns: Object.fromEntries(returns),
  }
}

const inputsOf = (graph: Graph): Record<string, readonly string[]> =>
  Object.fromEntries(graph.nodes.map((node) => [node.name, node.inputs]))

describe('withBodies', () => {
  test('gives back a graph without functions as it is', () => {
    const build = new GraphBuilder()
    const graph = build.graph(build.node('Relu', 'relu', [build.input('x', [1])]))
    expect(withBodies(graph).graph).toBe(graph)
  })

  test('leads data through both branches of an If, and the condition to the call', () => {
    const build = new GraphBuilder()
    const [flag, x] = [build.input('flag', [], 'bool'), build.input('x', [4])]
    const result = build.node('If', 'choice', [flag, x, build.constant('k', [])], {
      then_branch: calls('yes'),
      else_branch: calls('no'),
    })
    const graph: Graph = {
      ...build.graph(build.node('Relu', 'after', [result])),
      functions: [
        body(
          'yes',
          ['a', 'n'],
          [bodyNode('TopKV2', 'top', ['a', 'n']), bodyNode('Cast', 'cast', ['top:indices:0', '^top'])],
          [['out', 'cast:y:0']],
        ),
        body('no', ['a', 'n'], [], [['out', 'a']]),
      ],
    }
    const before = structuredClone(graph)
    const { graph: shown, functionOf } = withBodies(graph)

    expect(inputsOf(shown)).toEqual({
      flag: [],
      x: [],
      k: [],
      'choice/then_branch/top': ['x:0', 'k:0'],
      'choice/then_branch/cast': ['choice/then_branch/top:1'],
      choice: ['flag:0', 'choice/then_branch/cast:0', 'x:0'],
      after: ['choice:0'],
    })
    expect(shown.nodes.find(({ name }) => name === 'choice/then_branch/cast')?.controlInputs).toEqual([
      'choice/then_branch/top',
    ])
    expect([...functionOf]).toEqual([
      ['choice/then_branch/top', 'yes'],
      ['choice/then_branch/cast', 'yes'],
    ])
    expect(graph).toEqual(before)
    checkGraph(shown)
  })

  test('numbers the branches of a Case, and keeps inputs that no body takes', () => {
    const build = new GraphBuilder()
    const [which, x, spare] = [build.input('which', [], 'int32'), build.input('x', [4]), build.input('spare', [4])]
    const branches: Attribute = { kind: 'list', items: [calls('one'), calls('two')] }
    const result = build.node('Case', 'case', [which, x, spare], { branches })
    const relu = (name: string) =>
      body(name, ['a', 'b'], [bodyNode('Relu', name, ['a'])], [['out', `${name}:activations:0`]])
    const { graph } = withBodies({ ...build.graph(result), functions: [relu('one'), relu('two')] })
    expect(inputsOf(graph)).toMatchObject({
      'case/branches_0/one': ['x:0'],
      'case/branches_1/two': ['x:0'],
      case: ['which:0', 'case/branches_0/one:0', 'case/branches_1/two:0', 'spare:0'],
    })
  })

  test('shows calls within calls, and gives clashing names a number', () => {
    const build = new GraphBuilder()
    const x = build.input('x', [4])
    build.node('Relu', 'call/outer/inner', [x])
    const result = build.node('PartitionedCall', 'call', [x], { f: calls('outer') })
    const { graph, functionOf } = withBodies({
      ...build.graph(result),
      functions: [
        body(
          'outer',
          ['a'],
          [
            bodyNode('outer_only', 'inner', ['a']),
            bodyNode('StatefulPartitionedCall', 'outer/deep', ['inner:0'], { f: calls('innermost') }),
          ],
          [['out', 'outer/deep:output:0']],
        ),
        body('innermost', ['b'], [bodyNode('Tanh', 'tanh', ['b'])], [['out', 'tanh:y:0']]),
      ],
    })
    expect(inputsOf(graph)).toMatchObject({
      'call/outer/inner': ['x:0'],
      'call/outer/inner_1': ['x:0'],
      'call/outer/deep/innermost/tanh': ['call/outer/inner_1:0'],
      'call/outer/deep': ['call/outer/deep/innermost/tanh:0'],
      call: ['call/outer/deep:0'],
    })
    expect(functionOf.get('call/outer/deep/innermost/tanh')).toBe('innermost')
    checkGraph(graph)
  })

  test('does not follow a function into itself', () => {
    const build = new GraphBuilder()
    const result = build.node('PartitionedCall', 'call', [build.input('x', [1])], { f: calls('again') })
    const again = bodyNode('PartitionedCall', 'more', ['a'], { f: calls('again') })
    const { graph } = withBodies({
      ...build.graph(result),
      functions: [body('again', ['a'], [again], [['out', 'more:output:0']])],
    })
    expect(inputsOf(graph)).toEqual({ x: [], 'call/again/more': ['x:0'], call: ['call/again/more:0'] })
  })

  test('stops where functions that call functions would make millions of nodes', () => {
    const build = new GraphBuilder()
    const result = build.node('PartitionedCall', 'call', [build.input('x', [1])], { f: calls('f0') })
    const functions = Array.from({ length: 7 }, (_, level) => {
      const nodes = Array.from({ length: 12 }, (_, i) =>
        bodyNode('PartitionedCall', `n${i}`, [i === 0 ? 'a' : `n${i - 1}:output:0`], { f: calls(`f${level + 1}`) }),
      )
      return body(`f${level}`, ['a'], nodes, [['out', 'n11:output:0']])
    })
    const last = body('f7', ['a'], [bodyNode('Relu', 'relu', ['a'])], [['out', 'relu:activations:0']])
    const { graph, functionOf } = withBodies({ ...build.graph(result), functions: [...functions, last] })
    expect(functionOf.size).toBeGreaterThan(10_000)
    expect(functionOf.size).toBeLessThanOrEqual(50_000)
    expect(graph.nodes).toHaveLength(functionOf.size + 2)
    checkGraph(graph)
  })

  test('leaves a call whose function is not there as it is', () => {
    const build = new GraphBuilder()
    const result = build.node('PartitionedCall', 'call', [build.input('x', [1])], { f: calls('gone') })
    const graph = { ...build.graph(result), functions: [body('other', [], [], [])] }
    expect(withBodies(graph).graph).toEqual(graph)
  })
})
