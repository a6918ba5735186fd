import { describe as suite, expect, test } from 'vitest'
import { totalCost } from '../../graph/cost'
import { boolOf, dtypeOf, GraphBuilder, intsOf, stringOf, stringsOf } from '../../graph/testing/build'
import { classifier, conv } from '../../graph/testing/networks'
import type { Graph } from '../../graph/types'
import { describe } from './describe'
import { builtInModel, factsOf, present } from '../testing/models'
import { viewed } from '../testing/viewed'
import type { ViewedModel } from '../viewed-model'
import type { GroupDescription, NodeDescription, TensorDescription } from './types'

function node(model: ViewedModel, name: string): NodeDescription {
  const found = present(describe(model, { kind: 'node', name }))
  if (found.kind !== 'node') throw new Error(`${name} is a ${found.kind}`)
  return found
}

function tensor(model: ViewedModel, name: string): TensorDescription {
  const found = present(describe(model, { kind: 'tensor', name }))
  if (found.kind !== 'tensor') throw new Error(`${name} is a ${found.kind}`)
  return found
}

function group(model: ViewedModel, name: string): GroupDescription {
  const found = present(describe(model, { kind: 'scope', name }))
  if (found.kind !== 'group') throw new Error(`${name} is a ${found.kind}`)
  return found
}

const small = classifier()
const model = viewed(small, factsOf(small))

suite('a node', () => {
  test('says what it does, takes, makes, and who takes that', () => {
    const branch = node(model, 'branch')
    expect(branch).toMatchObject({
      op: 'Conv2D',
      title: 'Conv 3×3, 4',
      category: 'convolution',
      function: null,
      weight: null,
    })
    expect(branch.sentence).toBe('convolution')
    expect(branch.inputs).toEqual([
      {
        tensor: 'stem:0',
        role: 'input',
        shape: [null, 8, 8, 4],
        dtype: 'float32',
        canCut: true,
        recommended: true,
        weight: null,
      },
      expect.objectContaining({
        tensor: 'branch/kernel:0',
        role: 'filter',
        shape: [3, 3, 4, 4],
        weight: { id: 'branch/kernel', dtype: 'float32', shape: [3, 3, 4, 4], bytes: 576, stored: null },
      }),
    ])
    expect(branch.outputs.map(({ tensor }) => tensor)).toEqual(['branch:0'])
    expect(branch.takers).toEqual([{ name: 'sum', title: 'Add', category: 'elementwise' }])
    expect(branch.takerCount).toBe(1)
  })

  test('weighs what it computes with, as a share of the whole network', () => {
    // 3·3·4·4 weights at each of 8·8 places; the whole has 3·3·3·4 + 3·3·4·4 + 4·5 + 5 parameters.
    const amounts = present(node(model, 'branch').amounts)
    expect(amounts).toMatchObject({ parameters: 144, multiplyAdds: 9216, weightBytes: 576, outputBytes: 1024 })
    expect(amounts.share.parameters).toBeCloseTo(144 / (108 + 144 + 20 + 5))
    expect(amounts.share.multiplyAdds).toBeCloseTo(9216 / (6912 + 9216 + 20))
  })

  test('has its attributes as people read them, types last and own notes left out', () => {
    const build = new GraphBuilder()
    const image = build.input('image', [null, 8, 8, 3])
    const kernel = build.constant('kernel', [3, 3, 3, 4])
    const output = build.node('_FusedConv2D', 'conv', [image, kernel], {
      T: dtypeOf('float32'),
      strides: intsOf(1, 2, 2, 1),
      dilations: intsOf(1, 1, 1, 2),
      _output_shapes: stringOf('x'),
      fused_ops: stringsOf('BiasAdd', 'Relu6'),
      use_cudnn_on_gpu: boolOf(true),
    })
    expect(node(viewed(build.graph(output)), 'conv').attributes).toEqual([
      { name: 'strides', value: '2, 2' },
      { name: 'dilations', value: '1, 1, 1, 2' },
      { name: 'fused_ops', value: 'BiasAdd, Relu6' },
      { name: 'use_cudnn_on_gpu', value: 'true' },
      { name: 'T', value: 'float32' },
    ])
  })

  test('without facts has shapes of weights only, and no amounts', () => {
    const branch = node(viewed(small), 'branch')
    expect(branch.amounts).toBeNull()
    expect(branch.inputs.map(({ shape }) => shape)).toEqual([null, [3, 3, 4, 4]])
  })

  test('that is a constant, or passes one on, has the weight', () => {
    const build = new GraphBuilder()
    const weights = build.constant('weights', [4, 5])
    const read = build.node('Identity', 'weights/read', [weights])
    const output = build.node('MatMul', 'product', [build.input('image', [null, 4]), read])
    const model = viewed(build.graph(output))
    expect(node(model, 'weights').weight).toMatchObject({ id: 'weights', bytes: 80 })
    expect(node(model, 'weights/read').weight).toMatchObject({ id: 'weights' })
    expect(tensor(model, 'weights/read:0').weight).toMatchObject({ id: 'weights' })
    expect(node(model, 'product').inputs[1].weight).toMatchObject({ id: 'weights' })
  })

  test('is null where there is none', () => {
    expect(describe(model, { kind: 'node', name: 'nobody' })).toBeNull()
    expect(describe(model, { kind: 'tensor', name: 'nobody:0' })).toBeNull()
  })
})

test('a tensor says who makes and takes it, its bytes, and why it cannot be cut', () => {
  expect(tensor(model, 'stem:0')).toMatchObject({
    shape: [null, 8, 8, 4],
    dtype: 'float32',
    output: 0,
    bytes: 1024,
    canCut: true,
    why: null,
    recommended: true,
    maker: { name: 'stem', title: 'ReLU6', category: 'activation' },
    takers: [{ name: 'branch' }, { name: 'sum' }],
    takerCount: 2,
  })
  const constant = tensor(model, 'bias:0')
  expect(constant.canCut).toBe(false)
  expect(constant.why).toBeTruthy()
})

suite('a group', () => {
  const scoped = (): Graph => {
    const build = new GraphBuilder()
    const image = build.input('image', [null, 8, 8, 3])
    const first = build.node('Softplus', 'net/first', [conv(build, 'net/conv', image, [3, 4])])
    const other = build.node('Neg', 'net/other', [first])
    const scale = build.constant('scale', [4])
    const second = build.node('Mul', 'net/second', [other, scale])
    const after = build.node('AddV2', 'after', [second, first])
    const end = build.node('Exp', 'end', [build.node('Neg', 'neg', [after])])
    return {
      ...build.graph(end),
      scopes: new Map([
        [
          'net',
          {
            layerClass: 'Sequential',
            config: { name: 'net', units: 4, init: { class_name: 'Zeros', config: { seed: 7 } } },
          },
        ],
      ]),
    }
  }
  const graph = scoped()
  const facts = factsOf(graph)

  test('counts what is inside, and tells what enters, leaves and is used inside', () => {
    const net = group(viewed(graph, facts), 'net')
    expect(net).toMatchObject({ what: 'Sequential', operations: 4, constants: 2, path: 'net', crumbs: [] })
    expect(net.entering.map(({ tensor }) => tensor)).toEqual(['image:0'])
    expect(new Set(net.leaving.map(({ tensor }) => tensor))).toEqual(new Set(['net/first:0', 'net/second:0']))
    expect(net.weights.map(({ tensor, role }) => [tensor, role])).toEqual([
      ['net/conv/kernel:0', 'filter'],
      ['scale:0', 'y'],
    ])
    expect(net.counts).toEqual({ entering: 1, leaving: 2, weights: 2 })
    expect(net.config).toEqual([
      { name: 'name', value: 'net' },
      { name: 'units', value: '4' },
      { name: 'init', value: 'Zeros' },
      { name: 'init.seed', value: '7' },
    ])
  })

  test('costs what its operations cost', () => {
    const names = graph.nodes.map(({ name }) => name).filter((name) => name.startsWith('net/'))
    const amounts = present(group(viewed(graph, facts), 'net').amounts)
    expect(amounts).toMatchObject(totalCost(graph, facts.costs, names))
    // Two tensors of 8·8·4 numbers of 4 bytes leave it.
    expect(amounts.outputBytes).toBe(2048)
    expect(amounts.share.multiplyAdds).toBe(1)
  })
})

suite('the built-in model', () => {
  const graph = builtInModel()
  const facts = factsOf(graph)
  const model = viewed(graph, facts)
  const operations = graph.nodes.filter(({ op }) => op !== 'Const' && op !== 'Placeholder')

  test('as a whole has all parameters, its input and its output', () => {
    const whole = group(model, '')
    expect(present(whole.amounts).share).toEqual({ parameters: 1, multiplyAdds: 1, weightBytes: 1 })
    expect(whole.operations).toBe(operations.length)
    expect(whole.entering.map(({ tensor }) => tensor)).toEqual(graph.inputs.map(({ tensor }) => tensor))
    expect(whole.leaving.map(({ tensor }) => tensor)).toEqual(graph.outputs.map(({ tensor }) => tensor))
    const bytes = whole.weights.map((row) => present(row.weight).bytes)
    expect(bytes).toEqual(bytes.toSorted((a, b) => b - a))
  })

  test('groups that are no scopes are called by names that stand in the graph', () => {
    const known = new Set(
      graph.nodes.flatMap(({ name }) => name.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/'))),
    )
    for (const path of model.grouping.groups.keys()) {
      const { name } = group(model, path)
      expect(known, path).toContain(name)
      expect(name === path || path.includes('#'), path).toBe(true)
    }
  })

  test('the groups at the top and the operations beside them share out the whole cost', () => {
    const whole = present(group(model, '').amounts)
    const parts = model.grouping.root.items.map((item) =>
      item.kind === 'group' ? group(model, item.path).amounts : node(model, item.name).amounts,
    )
    const sum = (of: 'parameters' | 'multiplyAdds') => parts.reduce((total, part) => total + present(part)[of], 0)
    expect(sum('parameters')).toBe(whole.parameters)
    expect(sum('multiplyAdds')).toBe(whole.multiplyAdds)
  })

  test('calls its blocks what readers call them', () => {
    const kinds = new Map(
      [...model.grouping.groups.values()].map(({ path }) => {
        const { what, sentence } = group(model, path)
        return [what, sentence] as const
      }),
    )
    expect([...kinds.keys()]).toEqual(expect.arrayContaining(['Inverted residual block', 'Convolution']))
    expect(kinds.get('Convolution')).toMatch(/bias or batch norm/)
  })

  test('every group is described, within the groups around it', () => {
    for (const { path } of model.grouping.groups.values()) {
      const found = group(model, path)
      expect(found.operations, path).toBeGreaterThan(0)
      expect(found.crumbs.map((crumb) => crumb.path)).not.toContain(path)
      expect(found.leaving.length, path).toBeGreaterThan(0)
    }
  })
})
