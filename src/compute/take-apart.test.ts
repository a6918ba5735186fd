import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, expect, it } from 'vitest'
import { bytesOf } from '../graph/lookup/weights'
import type { WeightStore } from '../graph/types'
import { GraphBuilder, dtypeOf, intOf, intsOf, stringOf, stringsOf } from '../graph/testing/build'
import { CompiledGraph } from './run/compiled-graph'

beforeAll(() => tf.setBackend('cpu'))

const stored: Record<string, Float32Array> = {
  kernel: Float32Array.of(1, -2, 0.5, 3),
  bias: Float32Array.of(0.25, -1),
  grouped: Float32Array.of(5, 7, 11, 13),
  // [1, 1, 2, 4]: two groups of two channels and two filters.
  groups: Float32Array.of(1, 2, 3, 4, 10, 20, 30, 40),
  biases: Float32Array.of(1, 2, 3, -1000),
}
const weights: WeightStore = {
  raw: (id) => Promise.resolve(bytesOf(stored[id])),
  values: (id) => Promise.resolve(stored[id]),
}

/** [1, 1, 2, 2] → 1×1 convolution to two channels, fused as newer rewriters of TensorFlow do it. */
function fused(...ops: string[]): GraphBuilder {
  const build = new GraphBuilder()
  const x = build.input('x', [null, 1, 2, 2])
  const inputs = [x, build.constant('kernel', [1, 1, 2, 2]), build.constant('bias', [1, 1, 1, 2])]
  build.node('_FusedConv2D', 'conv', inputs, {
    T: dtypeOf('float32'),
    strides: intsOf(1, 1, 1, 1),
    dilations: intsOf(1, 1, 1, 1),
    padding: stringOf('SAME'),
    data_format: stringOf('NHWC'),
    fused_ops: stringsOf(...ops),
    num_args: intOf(1),
  })
  return build
}

const pixels = [2, -1, -1.5, 0.75]
// The kernel's rows are the channels that go in.
const linear = [2 * 1 - 1 * 0.5 + 0.25, 2 * -2 - 1 * 3 - 1, -1.5 * 1 + 0.75 * 0.5 + 0.25, -1.5 * -2 + 0.75 * 3 - 1]
const hardSwish = (value: number): number => (value * Math.min(6, Math.max(0, value + 3))) / 6

it.each([
  { ops: ['BiasAdd'], wanted: linear },
  { ops: ['BiasAdd', 'Relu'], wanted: linear.map((value) => Math.max(0, value)) },
  { ops: ['BiasAdd', '_FusedHardSwish'], wanted: linear.map(hardSwish) },
])('runs $ops with a bias of rank 4', async ({ ops, wanted }) => {
  const compiled = await CompiledGraph.compile(fused(...ops).graph('conv'), weights)
  const [result] = await compiled.run(new Map([['x:0', tf.tensor4d(pixels, [1, 1, 2, 2])]]))
  const found = Array.from(await result.data())
  wanted.forEach((value, index) => expect(found[index]).toBeCloseTo(value, 5))
})

it('runs a convolution of as many groups as channels', async () => {
  const build = new GraphBuilder()
  const x = build.input('x', [null, 1, 1, 2])
  build.node('Conv2D', 'conv', [x, build.constant('grouped', [1, 1, 1, 4])], {
    T: dtypeOf('float32'),
    strides: intsOf(1, 1, 1, 1),
    dilations: intsOf(1, 1, 1, 1),
    padding: stringOf('SAME'),
    data_format: stringOf('NHWC'),
  })
  const compiled = await CompiledGraph.compile(build.graph('conv'), weights)
  const [result] = await compiled.run(new Map([['x:0', tf.tensor4d([2, -3], [1, 1, 1, 2])]]))
  // Two output channels of each input channel.
  expect(Array.from(await result.data())).toEqual([2 * 5, 2 * 7, -3 * 11, -3 * 13])
})

it.each([false, true])('runs a convolution in groups, with a bias fused in: %s', async (isFused) => {
  const build = new GraphBuilder()
  const inputs = [build.input('x', [null, 1, 1, 4]), build.constant('groups', [1, 1, 2, 4])]
  build.node(
    isFused ? '_FusedConv2D' : 'Conv2D',
    'conv',
    isFused ? [...inputs, build.constant('biases', [4])] : inputs,
    {
      T: dtypeOf('float32'),
      strides: intsOf(1, 1, 1, 1),
      dilations: intsOf(1, 1, 1, 1),
      padding: stringOf('SAME'),
      data_format: stringOf('NHWC'),
      ...(isFused && { fused_ops: stringsOf('BiasAdd', 'Relu'), num_args: intOf(1) }),
    },
  )
  const compiled = await CompiledGraph.compile(build.graph('conv'), weights)
  const [result] = await compiled.run(new Map([['x:0', tf.tensor4d([1, 2, 3, 4], [1, 1, 1, 4])]]))
  const sums = [1 * 1 + 2 * 10, 1 * 2 + 2 * 20, 3 * 3 + 4 * 30, 3 * 4 + 4 * 40]
  expect(Array.from(await result.data())).toEqual(isFused ? [sums[0] + 1, sums[1] + 2, sums[2] + 3, 0] : sums)
})

it.each(['bfloat16', 'uint16', 'int16'] as const)('casts to %s and back', async (type) => {
  const build = new GraphBuilder()
  const there = build.node('Cast', 'there', [build.input('x', [2])], {
    SrcT: dtypeOf('float32'),
    DstT: dtypeOf(type),
  })
  build.node('Cast', 'back', [there], { SrcT: dtypeOf(type), DstT: dtypeOf('float32') })
  const compiled = await CompiledGraph.compile(build.graph('back'), weights)
  const [result] = await compiled.run(new Map([['x:0', tf.tensor1d([1.5, 200])]]))
  expect([result.dtype, ...(await result.data())]).toEqual(['float32', type === 'bfloat16' ? 1.5 : 1, 200])
})
