import { describe, expect, test } from 'vitest'
import { dtypeOf, intsOf, stringOf } from '../../testing/build'
import { foldNorms } from './fold-norms'
import { constantInput, NetworkBuilder, nodeOf, opsOf } from '../testing/network'

const context = { evaluate: null, image: null }

describe('foldNorms', () => {
  test('scales each channel of the kernel and makes one bias of all that is added', async () => {
    const build = new NetworkBuilder()
    const kernel = build.floats('kernel', [1, 1, 2, 2], [1, 2, 3, 4])
    const conv = build.node('Conv2D', 'conv', [build.image([null, 4, 4, 2]), kernel])
    const biased = build.node('BiasAdd', 'biased', [conv, build.floats('bias', [2], [1, -1])])
    const statistics = [
      build.floats('gamma', [2], [2, 3]),
      build.floats('beta', [2], [0.5, 0]),
      build.floats('mean', [2], [1, 2]),
      build.floats('variance', [2], [3, 8]),
    ]
    const norm = build.node('FusedBatchNormV3', 'norm', [biased, ...statistics], {
      epsilon: { kind: 'float', value: 1 },
      is_training: { kind: 'bool', value: false },
    })
    const work = await foldNorms.run(build.work(norm), context)
    expect(opsOf(work)).toEqual(['Placeholder', 'Conv2D', 'BiasAdd'])
    // gamma / √(variance + 1) is [1, 1]; then with the bias 1 − 1 + 0.5 and −1 − 2.
    expect(await constantInput(work, 'conv', 1)).toEqual([1, 2, 3, 4])
    expect(await constantInput(work, 'norm', 1)).toEqual([0.5, -3])
  })

  test.each([
    ['Conv2D', [1, 1, 2, 3], [2, 3, 5], [2, 3, 5, 2, 3, 5]],
    ['DepthwiseConv2dNative', [1, 1, 2, 2], [2, 3, 5, 7], [2, 3, 5, 7]],
    ['Conv2DBackpropInput', [1, 1, 2, 3], [2, 3], [2, 2, 2, 3, 3, 3]],
    ['MatMul', [2, 3], [2, 3, 5], [2, 3, 5, 2, 3, 5]],
  ])('finds the channels of %s', async (op, shape, scale, wanted) => {
    const build = new NetworkBuilder()
    const ones = build.floats('kernel', shape, new Array<number>(shape.reduce((a, b) => a * b)).fill(1))
    const first = build.node(op, 'first', [build.image(null), ones])
    const work = await foldNorms.run(
      build.work(build.node('Mul', 'out', [build.floats('s', [scale.length], scale), first])),
      context,
    )
    expect(await constantInput(work, 'first', 1)).toEqual(wanted)
    expect(nodeOf(work, 'out')?.op).toBe('BiasAdd')
  })

  test('a transposed product has its channels first', async () => {
    const build = new NetworkBuilder()
    const first = build.node(
      'MatMul',
      'first',
      [build.image(null), build.floats('kernel', [2, 3], [1, 1, 1, 1, 1, 1])],
      {
        transpose_b: { kind: 'bool', value: true },
      },
    )
    const work = await foldNorms.run(
      build.work(build.node('RealDiv', 'out', [first, build.floats('s', [2], [2, 4])])),
      context,
    )
    expect(await constantInput(work, 'first', 1)).toEqual([0.5, 0.5, 0.5, 0.25, 0.25, 0.25])
  })

  test('subtracts both ways', async () => {
    const build = new NetworkBuilder()
    const first = build.node('MatMul', 'first', [build.image(null), build.floats('kernel', [1, 2], [3, 5])])
    const less = build.node('Sub', 'less', [first, build.floats('a', [2], [1, 2])])
    const work = await foldNorms.run(build.work(build.node('Sub', 'out', [build.floats('b', [], [10]), less])), context)
    expect(await constantInput(work, 'first', 1)).toEqual([-3, -5])
    expect(await constantInput(work, 'out', 1)).toEqual([11, 12])
  })

  test.each([
    ['is fetched', ['conv:0', 'norm:0']],
    ['is taken twice', ['norm:0', 'other:0']],
  ])('stops where a tensor %s', async (_, outputs) => {
    const build = new NetworkBuilder()
    const conv = build.conv('conv', build.image([null, 4, 4, 3]), [1, 1, 3, 2])
    build.norm('norm', conv, 2)
    if (outputs.includes('other:0')) build.node('Relu', 'other', [conv])
    const work = build.work(...outputs)
    expect(await foldNorms.run(work, context)).toBe(work)
  })

  test.each([
    ['channels come first', { data_format: stringOf('NCHW') }],
    ['the numbers are not float32', { T: dtypeOf('float16') }],
  ])('leaves a convolution alone where %s', async (_, attributes) => {
    const build = new NetworkBuilder()
    const conv = build.conv('conv', build.image([null, 4, 4, 3]), [1, 1, 3, 2], attributes)
    const work = build.work(build.norm('norm', conv, 2))
    expect(await foldNorms.run(work, context)).toBe(work)
  })

  test('leaves a norm alone that is training, or whose statistics are fetched', async () => {
    const build = new NetworkBuilder()
    const conv = build.conv('conv', build.image([null, 4, 4, 3]), [1, 1, 3, 2])
    const fetched = build.work(build.norm('norm', conv, 2), 'norm:1')
    expect(await foldNorms.run(fetched, context)).toBe(fetched)
    const training = fetched.graph.nodes.map((node) =>
      node.name === 'norm' ? { ...node, attributes: { epsilon: node.attributes.epsilon } } : node,
    )
    const graph = { ...fetched.graph, nodes: training, outputs: fetched.graph.outputs.slice(0, 1) }
    const work = { ...fetched, graph }
    expect(await foldNorms.run(work, context)).toBe(work)
  })

  test('leaves a constant alone that is no number a channel', async () => {
    const build = new NetworkBuilder()
    const conv = build.conv('conv', build.image([null, 2, 2, 3]), [1, 1, 3, 2], { strides: intsOf(1, 1, 1, 1) })
    const work = build.work(build.node('Mul', 'out', [conv, build.floats('mask', [2, 1])]))
    expect(await foldNorms.run(work, context)).toBe(work)
  })
})
