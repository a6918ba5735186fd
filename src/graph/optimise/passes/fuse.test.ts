import { describe, expect, test } from 'vitest'
import { intOf, stringOf, stringsOf } from '../../testing/build'
import { fuse } from './fuse'
import { constantInput, NetworkBuilder, nodeOf, opsOf } from '../testing/network'

const context = { evaluate: null, image: null }

describe('fuse', () => {
  test('makes convolution, bias and activation one', async () => {
    const build = new NetworkBuilder()
    const conv = build.conv('conv', build.image([null, 4, 4, 3]), [3, 3, 3, 2])
    const out = build.node('LeakyRelu', 'out', [build.bias('biased', conv, 2)], {
      alpha: { kind: 'float', value: 0.3 },
    })
    const work = await fuse.run(build.work(out), context)
    expect(opsOf(work)).toEqual(['Placeholder', '_FusedConv2D'])
    expect(nodeOf(work, 'out')).toMatchObject({
      inputs: ['image:0', 'conv/kernel:0', 'biased/bias:0'],
      attributes: {
        fused_ops: stringsOf('BiasAdd', 'LeakyRelu'),
        num_args: intOf(1),
        leakyrelu_alpha: { value: 0.3 },
        padding: stringOf('SAME'),
      },
    })
  })

  test('gives an activation with no bias a bias of zeros', async () => {
    const build = new NetworkBuilder()
    const conv = build.depthwise('conv', build.image([null, 4, 4, 3]), [3, 3, 3, 2])
    const work = await fuse.run(build.work(build.node('Relu6', 'out', [conv])), context)
    expect(opsOf(work)).toEqual(['Placeholder', 'FusedDepthwiseConv2dNative'])
    expect(await constantInput(work, 'out', 2)).toEqual([0, 0, 0, 0, 0, 0])
  })

  test('adds an activation to what is fused already', async () => {
    const build = new NetworkBuilder()
    const dense = build.node('MatMul', 'dense', [build.image([null, 3]), build.floats('kernel', [3, 2])])
    const once = await fuse.run(build.work(build.bias('biased', dense, 2)), context)
    expect(opsOf(once)).toEqual(['Placeholder', '_FusedMatMul'])
    const alpha = build.floats('alpha', [2])
    const whole = build.work(build.node('Prelu', 'out', ['biased:0', alpha]))
    const work = await fuse.run(await fuse.run(whole, context), context)
    expect(opsOf(work)).toEqual(['Placeholder', '_FusedMatMul'])
    expect(nodeOf(work, 'out')?.inputs).toEqual(['image:0', 'kernel:0', 'biased/bias:0', 'alpha:0'])
    expect(nodeOf(work, 'out')?.attributes.num_args).toEqual(intOf(2))
  })

  test('an inner tensor that is fetched, or taken twice, stays', async () => {
    const build = new NetworkBuilder()
    const conv = build.conv('conv', build.image([null, 4, 4, 3]), [3, 3, 3, 2])
    const biased = build.bias('biased', conv, 2)
    const out = build.node('Relu', 'out', [biased])
    expect(opsOf(await fuse.run(build.work(biased, out), context))).toEqual(['Placeholder', '_FusedConv2D', 'Relu'])
    const fetched = build.work(conv, out)
    expect(await fuse.run(fetched, context)).toBe(fetched)
  })

  test('leaves activations alone that tfjs cannot fuse everywhere', async () => {
    const build = new NetworkBuilder()
    const conv = build.conv('conv', build.image([null, 4, 4, 3]), [3, 3, 3, 2])
    const work = build.work(build.node('Tanh', 'out', [conv]))
    expect(await fuse.run(work, context)).toBe(work)
  })

  test('leaves a leaky ReLU alone after a depthwise convolution, whose slope tfjs would not read', async () => {
    const build = new NetworkBuilder()
    const conv = build.depthwise('conv', build.image([null, 4, 4, 3]), [3, 3, 3, 1])
    const work = build.work(build.node('LeakyRelu', 'out', [conv]))
    expect(await fuse.run(work, context)).toBe(work)
  })

  test('a PReLU of a number a pixel stays', async () => {
    const build = new NetworkBuilder()
    const conv = build.conv('conv', build.image([null, 4, 4, 3]), [3, 3, 3, 2])
    const work = build.work(build.node('Prelu', 'out', [conv, build.floats('alpha', [4, 4, 2])]))
    expect(await fuse.run(work, context)).toBe(work)
  })
})
