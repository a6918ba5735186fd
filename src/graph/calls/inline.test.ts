import { describe, expect, it } from 'vitest'
import { inlineCalls } from './inline'
import { inlineVariables } from './variables'
import type { Attribute, Attributes, DType, FunctionGraph, GraphNode, WeightInfo } from '../types'

const calls = (name: string): Attribute => ({ kind: 'function', name, attributes: {} })
const typed = (value: DType): Attribute => ({ kind: 'dtype', value })
const types = (...values: DType[]): Attribute => ({ kind: 'list', items: values.map(typed) })

function node(op: string, name: string, inputs: readonly string[], attributes: Attributes = {}): GraphNode {
  return {
    name,
    op,
    inputs: inputs.filter((input) => !input.startsWith('^')),
    controlInputs: inputs.filter((input) => input.startsWith('^')).map((input) => input.slice(1)),
    attributes,
  }
}

const call = (name: string, of: string, inputs: readonly string[]): GraphNode =>
  node('PartitionedCall', name, inputs, { f: calls(of) })

function definition(
  name: string,
  inputs: readonly string[],
  nodes: readonly GraphNode[],
  returns: Record<string, string>,
): FunctionGraph {
  return {
    name,
    inputs: inputs.map((input) => ({ name: input, dtype: 'float32' })),
    outputs: Object.keys(returns).map((output) => ({ name: output, dtype: 'float32' })),
    nodes,
    returns,
  }
}

/** Each node as `name = op(inputs)`. */
const written = (nodes: readonly GraphNode[]): string[] =>
  nodes.map(
    ({ name, op, inputs, controlInputs }) =>
      `${name} = ${op}(${[...inputs, ...controlInputs.map((each) => `^${each}`)].join(', ')})`,
  )

const inline = (
  nodes: readonly GraphNode[],
  functions: readonly FunctionGraph[],
  fetches: readonly string[],
  weights: readonly WeightInfo[] = [],
) => inlineCalls({ nodes, functions, weights: new Map(weights.map((info) => [info.id, info])) }, fetches)

const step = definition(
  'step',
  ['x'],
  [
    node('TopKV2', 'top/k', ['x']),
    node('Cast', 'top/cast', ['top/k:indices:0', '^NoOp']),
    node('NoOp', 'NoOp', ['^check']),
    node('Assert', 'check', ['x']),
    node('Identity', 'Identity', ['top/cast:y:0']),
  ],
  { out: 'Identity:output:0' },
)

describe('inlineCalls', () => {
  it('puts bodies in the place of calls, drops what was only waited for and names that say nothing', () => {
    const nodes = [
      node('Placeholder', 'x', []),
      call('PartitionedCall', 'outer', ['x:0']),
      node('Relu', 'unused', ['x:0']),
    ]
    const outer = definition('outer', ['a'], [call('PartitionedCall', 'step', ['a'])], {
      result: 'PartitionedCall:output:0',
    })
    const inlined = inline(nodes, [outer, step], ['PartitionedCall:0'])
    expect(written(inlined.nodes)).toEqual(['x = Placeholder()', 'top/k = TopKV2(x:0)', 'top/cast = Cast(top/k:1)'])
    expect(inlined.tensors.get('PartitionedCall:0')).toBe('top/cast:0')
    expect(inlined.functions).toEqual([])
  })

  it('gives the bodies of a function that is called twice names of their own', () => {
    const nodes = [
      node('Placeholder', 'x', []),
      call('PartitionedCall', 'step', ['x:0']),
      call('PartitionedCall_1', 'step', ['PartitionedCall:0']),
      call('named', 'step', ['PartitionedCall_1:0']),
    ]
    const inlined = inline(nodes, [step], ['named:0'])
    const names = inlined.nodes.map(({ name }) => name)
    expect(new Set(names).size).toBe(7)
    expect(names.slice(-2)).toEqual(['named/top/k', 'named/top/cast'])
    expect(inlined.nodes.at(-2)?.inputs).toEqual([`${names[4]}:0`])
  })

  it('knows calls whose op is the name of the function, and outputs by name', () => {
    const two = definition('two', ['x'], [node('Relu', 'r', ['x']), node('Neg', 'n', ['x'])], {
      a: 'r:activations:0',
      b: 'n:y:0',
    })
    const outer = definition('outer', ['x'], [node('two', 'both', ['x'])], { out: 'both:b:0' })
    const inlined = inline([node('Placeholder', 'x', []), node('outer', 'o', ['x:0'])], [two, outer], ['o:0'])
    expect(written(inlined.nodes)).toEqual(['x = Placeholder()', 'o/both/n = Neg(x:0)'])
  })

  it('takes the branch of a condition that is a constant, and keeps the functions of others', () => {
    const info: WeightInfo = { id: 'training', dtype: 'bool', shape: [], bytes: 1, small: [0] }
    const yes = definition('yes', ['x'], [node('Neg', 'if/neg', ['x'])], { out: 'if/neg:y:0' })
    const no = definition('no', ['x'], [call('if/PartitionedCall', 'step', ['x'])], {
      out: 'if/PartitionedCall:output:0',
    })
    const branches = { then_branch: calls('yes'), else_branch: calls('no') }
    const nodes = [
      node('Placeholder', 'x', []),
      { ...node('Const', 'training', []), weight: 'training' },
      node('PlaceholderWithDefault', 'phase', ['training:0']),
      node('LogicalNot', 'not', ['phase:0']),
      node('If', 'if', ['not:0', 'x:0'], branches),
      node('If', 'open', ['x:0', 'if:0'], branches),
    ]
    const inlined = inline(nodes, [yes, no, step], ['open:0'], [info])
    expect(written(inlined.nodes)).toEqual(['x = Placeholder()', 'if/neg = Neg(x:0)', 'open = If(x:0, if/neg:0)'])
    expect(inlined.functions.map(({ name }) => name)).toEqual(['yes', 'no'])
    expect(written(inlined.functions[1].nodes)).toEqual(['if/top/k = TopKV2(x)', 'if/top/cast = Cast(if/top/k:1)'])
    expect(inlined.functions[1].returns).toEqual({ out: 'if/top/cast:0' })
  })

  it('takes the branch of a constant condition made of nodes', () => {
    const info: WeightInfo = { id: 'training', dtype: 'bool', shape: [], bytes: 1, small: [0] }
    const nodes = [
      node('Placeholder', 'x', []),
      { ...node('Const', 'training', []), weight: 'training' },
      node('Switch', 's', ['x:0', 'training:0']),
      node('Switch', 'pivot', ['training:0', 'training:0']),
      node('Identity', 'taken', ['pivot:1']),
      { ...node('Const', 'c', ['^taken']), weight: 'training' },
      node('Mul', 'dropped', ['s:1', 'c:0']),
      node('Neg', 'neg', ['s:0']),
      node('Merge', 'm', ['neg:0', 'dropped:0']),
      node('Relu', 'relu', ['m:0']),
    ]
    const inlined = inline(nodes, [], ['relu:0', 'm:0'], [info])
    expect(written(inlined.nodes).filter((text) => !text.includes('Const'))).toEqual([
      'x = Placeholder()',
      'neg = Neg(x:0)',
      'relu = Relu(neg:0)',
    ])
    expect(inlined.tensors.get('m:0')).toBe('neg:0')
    const whole = inline(nodes, [], ['dropped:0'], [info])
    expect(whole.nodes.some(({ op }) => op === 'Switch')).toBe(true)
  })

  it('keeps the control inputs that say whether a node runs', () => {
    const nodes = [
      node('Placeholder', 'x', []),
      node('Switch', 's', ['x:0', 'x:0']),
      node('Identity', 'taken', ['s:1']),
      node('NoOp', 'wait', []),
      node('Const', 'c', ['^taken', '^wait']),
      node('Merge', 'm', ['s:0', 'c:0']),
    ]
    const { nodes: kept } = inline(nodes, [], ['m:0'])
    expect(kept.find(({ name }) => name === 'c')?.controlInputs).toEqual(['taken'])
    expect(kept.some(({ name }) => name === 'wait')).toBe(false)
  })

  it('leaves a function that calls itself a call', () => {
    const self = definition('self', ['x'], [call('again', 'self', ['x'])], { out: 'again:output:0' })
    const inlined = inline([node('Placeholder', 'x', []), call('first', 'self', ['x:0'])], [self], ['first:0'])
    expect(written(inlined.nodes)).toEqual(['x = Placeholder()', 'first/again = PartitionedCall(x:0)'])
    expect(inlined.functions.map(({ name }) => name)).toEqual(['self'])
  })

  it('refuses what never ends or would not fit, in time', () => {
    const loop = definition(
      'loop',
      ['x'],
      [node('Identity', 'Identity', ['Identity_1:output:0']), node('Identity', 'Identity_1', ['Identity:output:0'])],
      { out: 'Identity:output:0' },
    )
    const x = node('Placeholder', 'x', [])
    expect(() => inline([x, call('c', 'loop', ['x:0'])], [loop], ['c:0'])).toThrow(/circle/)
    const doubling = Array.from({ length: 40 }, (_, i) =>
      definition(
        `f${i}`,
        ['x'],
        [
          call('a', `f${i + 1}`, ['x']),
          call('b', `f${i + 1}`, ['x']),
          node('Add', 'sum', ['a:output:0', 'b:output:0']),
        ],
        { out: 'sum:z:0' },
      ),
    )
    const last = definition('f40', ['x'], [node('Neg', 'n', ['x'])], { out: 'n:y:0' })
    expect(() => inline([x, call('c', 'f0', ['x:0'])], [...doubling, last], ['c:0'])).toThrow(/more than/)
    expect(() => inline([x, node('Relu', 'r', ['gone:0'])], [], ['r:0'])).toThrow(/gone/)
  })
})

describe('inlineVariables', () => {
  const variable = (name: string): GraphNode => node('VarHandleOp', name, [], { dtype: typed('float32') })

  it('puts constants where they are read, in the scope of the layer', () => {
    const nodes = [
      variable('conv/kernel_1'),
      node('Placeholder', 'x', []),
      node('ReadVariableOp', 'model/conv/Conv2D/ReadVariableOp', ['conv/kernel_1:0']),
      node('Conv2D', 'model/conv/Conv2D', ['x:0', 'model/conv/Conv2D/ReadVariableOp:0']),
    ]
    const { nodes: bound } = inlineVariables({ nodes, functions: [] }, new Map([['conv/kernel_1', 'id']]))
    expect(written(bound)).toEqual([
      'x = Placeholder()',
      'model/conv/kernel = Const()',
      'model/conv/Conv2D = Conv2D(x:0, model/conv/kernel:0)',
    ])
    expect(bound[1].weight).toBe('id')
  })

  it('hands values to the functions of loops, and gathers from them', () => {
    const body = definition(
      'body',
      ['x', 'v'],
      [node('ReadVariableOp', 'read', ['v']), node('Mul', 'mul', ['x', 'read:value:0'])],
      { x: 'mul:z:0', v: 'v' },
    )
    const condition = definition('condition', ['x', 'v'], [node('Any', 'any', ['x'])], { go: 'any:output:0' })
    const nodes = [
      variable('v'),
      node('Placeholder', 'x', []),
      node('While', 'loop', ['x:0', 'v:0'], {
        T: types('float32', 'resource'),
        body: calls('body'),
        cond: calls('condition'),
      }),
      node('ResourceGather', 'rows', ['loop:1', 'x:0'], { dtype: typed('float32'), Tindices: typed('int32') }),
    ]
    const bound = inlineVariables({ nodes, functions: [body, condition] }, new Map([['v', 'id']]))
    expect(written(bound.nodes)).toContain('rows = Gather(v:0, x:0)')
    const loop = bound.nodes.find(({ name }) => name === 'loop')
    expect(loop?.attributes.T).toEqual(types('float32', 'float32'))
    const called = loop?.attributes.body
    const made = bound.functions.find(({ name }) => called?.kind === 'function' && name === called.name)
    expect(made?.inputs[1]).toEqual({ name: 'v', dtype: 'float32' })
    expect(written(made?.nodes ?? [])).toEqual(['mul = Mul(x, v)'])
    expect(made?.returns).toEqual({ x: 'mul:z:0', v: 'v' })
  })
})
