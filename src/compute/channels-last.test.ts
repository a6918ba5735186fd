import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, expect, it } from 'vitest'
import { optimise } from '../graph/optimise'
import { NetworkBuilder, opsOf } from '../graph/optimise/testing/network'
import { boolOf, dtypeOf, intsOf, stringOf } from '../graph/testing/build'
import type { Graph, WeightStore } from '../graph/types'
import { CompiledGraph } from './run/compiled-graph'
import { evaluateConstants } from './run/evaluate'
import { analyse } from './model/analyse'
import { TrunkRunner } from './run/trunk-runner'

beforeAll(() => tf.setBackend('cpu'))

type DataLayout = 'NHWC' | 'NCHW'
/** Lists one entry a dimension, given for channels last. */
const laid = <T>(layout: DataLayout, [n, h, w, c]: readonly [T, T, T, T]): [T, T, T, T] =>
  layout === 'NHWC' ? [n, h, w, c] : [n, c, h, w]

const float = { T: dtypeOf('float32') }

/** A network of all ops that say where the channels are; sizes are such that any two dimensions mixed up are noticed. */
function network(layout: DataLayout) {
  const build = new NetworkBuilder(3)
  const format = { ...float, data_format: stringOf(layout) }
  const ints = (n: number, h: number, w: number, c: number) => intsOf(...laid(layout, [n, h, w, c]))
  const conv = { ...format, strides: ints(1, 2, 1, 1), dilations: ints(1, 1, 1, 1), padding: stringOf('SAME') }
  const image = build.image(laid(layout, [2, 8, 6, 3]))
  const explicit = {
    explicit_paddings: intsOf(
      ...laid(layout, [
        [0, 0],
        [1, 0],
        [0, 2],
        [0, 0],
      ]).flat(),
    ),
  }
  const first = build.conv('first', image, [3, 2, 3, 6], { ...conv, ...explicit, padding: stringOf('EXPLICIT') })
  const biased = build.node('BiasAdd', 'biased', [first, build.floats('b', [6])], format)
  const relu = build.node('Relu', 'relu', [biased], float)
  const paddings = build.ints(
    'paddings',
    laid(layout, [
      [0, 0],
      [1, 2],
      [0, 1],
      [0, 0],
    ]).flat(),
    [4, 2],
  )
  const padded = build.node('Pad', 'padded', [relu, paddings], { ...float, Tpaddings: dtypeOf('int32') })
  const deep = build.depthwise('deep', padded, [3, 3, 6, 1], {
    ...conv,
    strides: ints(1, 1, 1, 1),
    padding: stringOf('VALID'),
  })
  const statistics = ['g', 'o', 'm'].map((name) => build.floats(name, [6]))
  const norm = build.node(
    'FusedBatchNormV3',
    'norm',
    [deep, ...statistics, build.floats('v', [6], undefined, 0.5, 2)],
    { ...format, is_training: boolOf(false), epsilon: { kind: 'float', value: 1e-3 } },
  )
  const scale = build.floats('scale', layout === 'NHWC' ? [6] : [6, 1, 1])
  const scaled = build.node('Mul', 'scaled', [scale, norm], float)
  const window = { ...format, ksize: ints(1, 2, 3, 1), strides: ints(1, 1, 2, 1), padding: stringOf('SAME') }
  const most = build.node('MaxPool', 'most', [scaled], window)
  const mean = build.node('AvgPool', 'mean', [scaled], window)
  const axis = build.ints('axis', [layout === 'NHWC' ? -1 : 1], [])
  const both = build.node('ConcatV2', 'both', [most, mean, axis], { ...float, Tidx: dtypeOf('int32') })
  const kernel = build.floats('up/kernel', [2, 2, 4, 12])
  const up = build.node('Conv2DBackpropInput', 'up', [build.ints('sizes', laid(layout, [2, 10, 6, 4])), kernel, both], {
    ...conv,
    strides: ints(1, 2, 2, 1),
  })
  const axes = build.ints('axes', layout === 'NHWC' ? [1, 2] : [2, 3])
  return build.work(up, norm, build.node('Mean', 'features', [up, axes], { ...float, Tidx: dtypeOf('int32') }))
}

async function run(graph: Graph, weights: WeightStore, image: tf.Tensor): Promise<tf.Tensor[]> {
  const compiled = await CompiledGraph.compile(graph, weights)
  return compiled.run(new Map([['image:0', image]]))
}

it.each([false, true])(
  'computes the same with channels second as with channels last, optimised: %s',
  async (faster) => {
    const image = tf.randomUniform([2, 8, 6, 3], -1, 1, 'float32', 5)
    const last = network('NHWC')
    const first = network('NCHW')
    const wanted = await run(last.graph, last.weights, image)
    const { graph, weights } = faster ? await optimise(first.graph, first.weights, evaluateConstants) : first
    const found = await run(graph, weights, tf.transpose(image, [0, 3, 1, 2]))
    for (const [i, result] of wanted.entries()) {
      const same = result.rank === 4 ? tf.transpose(result, [0, 3, 1, 2]) : result
      expect(found[i].shape).toEqual(same.shape)
      const values = await found[i].data()
      ;(await same.data()).forEach((value, at) => expect(values[at]).toBeCloseTo(value, 4))
    }
  },
)

it('turns no more than it has to, and lets norms be folded', async () => {
  const { graph, weights } = network('NCHW')
  const ops = opsOf(await optimise(graph, weights, evaluateConstants))
  // In, and out for the two of rank 4 that are fetched.
  expect(ops.filter((op) => op === 'Transpose')).toHaveLength(3)
  expect(ops).toContain('_FusedConv2D')
})

it('adds a bias to the second of three dimensions', async () => {
  const build = new NetworkBuilder()
  const bias = build.floats('b', [2], [10, 20])
  const sum = build.node('BiasAdd', 'sum', [build.image([1, 2, 2]), bias], { ...float, data_format: stringOf('NCHW') })
  const { graph, weights } = build.work(sum)
  const [found] = await run(graph, weights, tf.tensor3d([1, 2, 3, 4], [1, 2, 2]))
  expect([...(await found.data())]).toEqual([11, 12, 23, 24])
})

it('gives the same features of pictures, whose batch was baked in', async () => {
  const pixels = Uint8Array.from({ length: 2 * 8 * 6 * 3 }, (_, at) => (at * 2654435761) >>> 24)
  const [wanted, found] = await Promise.all(
    (['NHWC', 'NCHW'] as const).map(async (layout) => {
      const build = new NetworkBuilder(7)
      const format = { ...float, data_format: stringOf(layout) }
      const image = build.image(laid(layout, [1, 8, 6, 3]))
      const conv = build.conv('conv', image, [3, 3, 3, 4], {
        ...format,
        strides: intsOf(...laid(layout, [1, 2, 1, 1])),
        dilations: intsOf(1, 1, 1, 1),
        padding: stringOf('SAME'),
      })
      const biased = build.node('BiasAdd', 'biased', [conv, build.floats('b', [4])], format)
      const cut = build.node('Relu', 'cut', [biased], float)
      const { graph, weights } = build.work(cut)
      const about = { name: 'net', format: 'made', bytes: 0, labels: null, preprocessing: null, warnings: [] }
      const model = await analyse({ ...about, graph, weights }, () => Promise.resolve())
      const runner = await TrunkRunner.create(model, image, { cut: [cut], pool: 'average' })
      expect(runner.oneByOne).toBe(false)
      const preprocessing = { input: image, width: 6, height: 8, range: 'minus1to1', order: 'rgb' } as const
      return runner.features(pixels, 2, { ...preprocessing, fit: 'stretch', how: 'a test' })
    }),
  )
  expect(found).toHaveLength(8)
  found.forEach((value, at) => expect(value).toBeCloseTo(wanted[at], 5))
})
