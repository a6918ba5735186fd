import { describe, expect, it } from 'vitest'
import { checkGraph } from '../check'
import { featureLength, graft, type GraftedHead } from './graft'
import { inferShapes } from '../shapes'
import { dtypeOf, GraphBuilder, stringOf } from '../testing/build'
import { classifier, conv } from '../testing/networks'
import type { Graph, GraphNode } from '../types'

function linearHead(inputs: number, outputs: number): GraftedHead {
  const kernel = Float32Array.from({ length: inputs * outputs }, (_, i) => i)
  return {
    pool: 'average',
    layers: [{ kind: 'dense', kernel, bias: new Float32Array(outputs), outputs, activation: 'softmax' }],
  }
}

function graftOf(graph: Graph, cuts: readonly string[], head: GraftedHead) {
  const grafted = graft(graph, inferShapes(graph), cuts, head)
  checkGraph(grafted.graph)
  const nodes = new Map(grafted.graph.nodes.map((node) => [node.name, node]))
  return { ...grafted, nodes, infos: inferShapes(grafted.graph) }
}

const added = (graph: Graph): GraphNode[] => graph.nodes.filter((node) => node.name.startsWith('head'))

describe('graft', () => {
  it('joins the trunk, a pooling and a linear head', () => {
    const { graph, weights, output, scope, infos } = graftOf(classifier(), ['sum:0'], linearHead(4, 3))
    expect(scope).toBe('head')
    expect(output).toBe('head/dense/Softmax:0')
    expect(graph.nodes.some((node) => node.name === 'logits')).toBe(false)
    expect(added(graph).map((node) => [node.op, node.name, node.inputs])).toEqual([
      ['Const', 'head/pool/axes', []],
      ['Mean', 'head/pool', ['sum:0', 'head/pool/axes:0']],
      ['Const', 'head/dense/kernel', []],
      ['Const', 'head/dense/bias', []],
      ['MatMul', 'head/dense/MatMul', ['head/pool:0', 'head/dense/kernel:0']],
      ['BiasAdd', 'head/dense/BiasAdd', ['head/dense/MatMul:0', 'head/dense/bias:0']],
      ['Softmax', 'head/dense/Softmax', ['head/dense/BiasAdd:0']],
    ])
    expect(weights.get('head/dense/kernel')?.info).toEqual({
      id: 'head/dense/kernel',
      dtype: 'float32',
      shape: [4, 3],
      bytes: 48,
    })
    expect(weights.get('head/pool/axes')?.values).toEqual(new Int32Array([1, 2]))
    expect(graph.weights.has('conv/kernel')).toBe(true)
    expect(graph.weights.has('logits/kernel')).toBe(false)
    expect(graph.inputs.map((input) => input.tensor)).toEqual(['image:0'])
    expect(graph.outputs).toEqual([{ key: 'probabilities', tensor: output, dtype: 'float32', shape: [null, 3] }])
    expect(infos.get(output)).toEqual({ shape: [null, 3], dtype: 'float32' })
  })

  it('writes the attributes that TensorFlow’s op definitions have', () => {
    const { nodes } = graftOf(classifier(), ['sum:0'], linearHead(4, 3))
    const attributesOf = (name: string): string[] => Object.keys(nodes.get(name)?.attributes ?? {}).toSorted()
    expect(attributesOf('head/pool')).toEqual(['T', 'Tidx', 'keep_dims'])
    expect(attributesOf('head/dense/MatMul')).toEqual(['T', 'transpose_a', 'transpose_b'])
    expect(attributesOf('head/dense/BiasAdd')).toEqual(['T', 'data_format'])
    expect(attributesOf('head/dense/Softmax')).toEqual(['T'])
    expect(attributesOf('head/dense/kernel')).toEqual(['dtype'])
  })

  it('takes rank 2 as it is, and several layers', () => {
    const hidden = {
      kind: 'dense',
      kernel: new Float32Array(20),
      bias: new Float32Array(5),
      outputs: 5,
      activation: 'relu',
    } as const
    const head: GraftedHead = { pool: 'average', layers: [hidden, ...linearHead(5, 2).layers] }
    const { graph, output, infos } = graftOf(classifier(), ['pool:0'], head)
    expect(added(graph).flatMap((node) => (node.op === 'Const' ? [] : [node.name]))).toEqual([
      'head/dense_1/MatMul',
      'head/dense_1/BiasAdd',
      'head/dense_1/Relu',
      'head/dense_2/MatMul',
      'head/dense_2/BiasAdd',
      'head/dense_2/Softmax',
    ])
    expect(infos.get(output)?.shape).toEqual([null, 2])
  })

  it('pools each of several cuts and puts them side by side', () => {
    const cuts = ['stem:0', 'sum:0', 'pool:0']
    const { nodes, infos, output } = graftOf(classifier(), cuts, linearHead(12, 2))
    expect(nodes.get('head/features')).toMatchObject({
      op: 'ConcatV2',
      inputs: ['head/pool:0', 'head/pool_1:0', 'pool:0', 'head/features/axis:0'],
    })
    expect(infos.get('head/features:0')?.shape).toEqual([null, 12])
    expect(infos.get(output)?.shape).toEqual([null, 2])
    expect(featureLength(inferShapes(classifier()), cuts)).toBe(12)
  })

  it('averages rank 3 over its middle dimension, and casts what is not float32', () => {
    const build = new GraphBuilder()
    const image = build.input('image', [null, 8, 8, 3])
    const grid = build.node('Reshape', 'grid', [image, build.constant('shape', [3], [-1, 64, 3])])
    const whole = build.node('Cast', 'whole', [grid], { SrcT: dtypeOf('float32'), DstT: dtypeOf('int32') })
    const { nodes, weights, infos, output } = graftOf(build.graph(whole), [whole], linearHead(3, 2))
    expect(nodes.get('head/cast')?.attributes).toEqual({
      SrcT: dtypeOf('int32'),
      DstT: dtypeOf('float32'),
      Truncate: { kind: 'bool', value: false },
    })
    expect(nodes.get('head/pool')?.inputs[0]).toBe('head/cast:0')
    expect(weights.get('head/pool/axes')?.values).toEqual(new Int32Array([1]))
    expect(infos.get(output)?.shape).toEqual([null, 2])
  })

  it('pools over the last two dimensions where channels come second, also after ops that do not say so', () => {
    const build = new GraphBuilder()
    const image = build.input('image', [null, 3, 8, 8])
    const kernel = build.constant('kernel', [1, 1, 3, 4])
    const maps = build.node('Conv2D', 'conv', [image, kernel], {
      data_format: stringOf('NCHW'),
      padding: stringOf('SAME'),
      strides: { kind: 'list', items: [1, 1, 1, 1].map((value) => ({ kind: 'int', value })) },
    })
    const relu = build.node('Relu', 'relu', [maps])
    const turned = build.node('Transpose', 'turned', [relu, build.constant('perm', [4], [0, 2, 3, 1])])
    const last = build.node('Relu', 'last', [turned])
    const graph = build.graph(last)
    expect(graftOf(graph, [relu], linearHead(4, 2)).weights.get('head/pool/axes')?.values).toEqual(
      new Int32Array([2, 3]),
    )
    expect(graftOf(graph, [last], linearHead(4, 2)).weights.get('head/pool/axes')?.values).toEqual(
      new Int32Array([1, 2]),
    )
    expect(featureLength(inferShapes(graph), [relu, last], graph)).toBe(8)
  })

  it('makes its scope unique against nodes and scopes', () => {
    const build = new GraphBuilder()
    const image = build.input('image', [null, 8, 8, 3])
    const graph = build.graph(build.node('Relu', 'head_1', [conv(build, 'head/conv', image, [3, 4])]))
    const { scope, nodes } = graftOf(graph, ['head_1:0'], linearHead(4, 2))
    expect(scope).toBe('head_2')
    expect(nodes.has('head_2/dense/Softmax')).toBe(true)
  })

  it('can be grafted again', () => {
    const first = graftOf(classifier(), ['sum:0'], linearHead(4, 3))
    const second = graftOf(first.graph, ['head/pool:0'], linearHead(4, 2))
    expect(second.scope).toBe('head_1')
    expect(second.graph.nodes.some((node) => node.name === 'head/dense/MatMul')).toBe(false)
  })

  it('refuses a cut that is not there', () => {
    expect(() => graftOf(classifier(), ['nowhere:0'], linearHead(4, 2))).toThrow(
      expect.objectContaining({ code: 'no-such-tensor' }),
    )
  })
})

describe('featureLength', () => {
  it('is null where a size is not known', () => {
    const infos = new Map([['a:0', { shape: [null, null], dtype: 'float32' as const }]])
    expect(featureLength(infos, ['a:0'])).toBeNull()
    expect(featureLength(infos, ['b:0'])).toBeNull()
  })
})
