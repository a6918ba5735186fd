import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, describe, expect, it } from 'vitest'
import { featureLengths, graft, type GraftedHead } from '../graph/graft/graft'
import { mapAt, endsOf } from '../graph/graft/map-at'
import type { DenseLayer } from '../graph/graft/layers/dense'
import type { HeadLayer } from '../graph/graft/layers/forms'
import { applyLayers } from '../graph/graft/layers/runs'
import { pools, type Pool } from '../graph/graft/pools'
import { overlayWeights } from '../graph/lookup/weights'
import { optimise } from '../graph/optimise'
import { NetworkBuilder } from '../graph/optimise/testing/network'
import { dtypeOf, intsOf, stringOf } from '../graph/testing/build'
import { toInput } from '../images/tensor'
import { uniform } from '../random'
import type { Preprocessing } from '../types'
import { softmaxLayer } from './head/testing/softmax-layer'
import { probabilities } from './head/probabilities'
import { analyse } from './model/analyse'
import { CompiledGraph } from './run/compiled-graph'
import { evaluateConstants } from './run/evaluate'
import { TrunkRunner } from './run/trunk-runner'

beforeAll(() => tf.setBackend('cpu'))

type DataLayout = 'NHWC' | 'NCHW'

/** Sizes of which no two are alike, so that any two dimensions mixed up are noticed. */
const [height, width] = [8, 6]
const classes = 3

const preprocessing: Preprocessing = {
  ...{ input: 'image:0', width, height, fit: 'stretch', range: 'minus1to1', order: 'rgb', how: 'a test' },
}

/** Two feature maps, one behind the other, and the mean of the last one. */
async function network(layout: DataLayout) {
  const build = new NetworkBuilder(5)
  const laid = (h: number, w: number, c: number): [number, number, number] =>
    layout === 'NHWC' ? [h, w, c] : [c, h, w]
  const float = { T: dtypeOf('float32') }
  const conv = {
    ...{ ...float, data_format: stringOf(layout), padding: stringOf('SAME') },
    ...{ strides: intsOf(1, ...laid(2, 1, 1)), dilations: intsOf(1, 1, 1, 1) },
  }
  const image = build.image([null, ...laid(height, width, 3)])
  const first = build.node('Relu', 'first', [build.conv('one', image, [3, 3, 3, 5], conv)], float)
  const second = build.node('Relu', 'second', [build.conv('two', first, [3, 3, 5, 4], conv)], float)
  const axes = build.ints('axes', layout === 'NHWC' ? [1, 2] : [2, 3])
  const mean = build.node('Mean', 'mean', [second, axes], { ...float, Tidx: dtypeOf('int32') })
  const { graph, weights } = build.work(mean)
  const about = { name: 'net', format: 'made', bytes: 0, labels: null, preprocessing: null, warnings: [] }
  const model = await analyse({ ...about, graph, weights }, () => Promise.resolve())
  return { model, weights, cuts: { one: [first], two: [first, second], flat: [mean, second], averaged: [mean] } }
}

/** Features of two pictures by the trunk. */
async function rowsOf(
  { model }: Awaited<ReturnType<typeof network>>,
  pixels: Uint8Array,
  cut: readonly string[],
  pool: Pool,
): Promise<Float32Array> {
  const runner = await TrunkRunner.create(model, 'image:0', { cut, pool })
  const rows = await runner.features(pixels, 2, preprocessing)
  runner.dispose()
  return rows
}

/** What the graft says of them. */
async function saidByGraft(
  { model, weights }: Awaited<ReturnType<typeof network>>,
  pixels: Uint8Array,
  cut: readonly string[],
  head: GraftedHead,
  layout: DataLayout,
): Promise<Float32Array[]> {
  const made = graft(model.graph, model.infos, cut, head)
  const all = overlayWeights(weights, made.weights)
  const faster = await optimise(made.graph, all, evaluateConstants)
  const picture = tf.tensor4d(toInput(pixels, preprocessing.range, preprocessing.order), [2, height, width, 3])
  const image = layout === 'NHWC' ? picture : tf.transpose(picture, [0, 3, 1, 2])
  return Promise.all(
    [{ graph: made.graph, weights: all }, faster].map(async ({ graph, weights: own }) => {
      const compiled = await CompiledGraph.compile(graph, own)
      const [result] = await compiled.run(new Map([['image:0', image]]))
      return result.data<'float32'>()
    }),
  )
}

/** A layer at random that says something else of each of the two rows. */
function headBetween(one: Float32Array, other: Float32Array): DenseLayer {
  const random = uniform(2)
  const apart = Math.hypot(...one.map((value, at) => value - other[at]))
  const kernel = Float32Array.from({ length: one.length * classes }, () => (4 * random() - 2) / apart)
  const bias = Float32Array.from({ length: classes }, (_, label) =>
    one.reduce((sum, value, at) => sum - ((value + other[at]) / 2) * kernel[at * classes + label], 0),
  )
  return softmaxLayer({ kernel, bias })
}

/** The same behind the averages of a map, of which channels come last. */
function onMap(
  { model }: Awaited<ReturnType<typeof network>>,
  cut: readonly string[],
  rows: Float32Array,
): HeadLayer[] {
  const map = mapAt(model.graph, model.infos, cut)
  if (!map) throw new Error('there is no map')
  const { height, width, channels } = map
  const averages: HeadLayer = { kind: 'global-pool', height, width, channels }
  const [one, other] = [rows.subarray(0, rows.length / 2), rows.subarray(rows.length / 2)].map((row) =>
    Float32Array.from(applyLayers([averages], row)),
  )
  return [averages, headBetween(one, other)]
}

const pixels = Uint8Array.from({ length: 2 * height * width * 3 }, (_, at) => (at * 2654435761) >>> 24)
const cases = pools.flatMap((pool) =>
  (['NHWC', 'NCHW'] as const).flatMap((layout) =>
    (pool === 'map' ? (['one', 'averaged'] as const) : (['one', 'two', 'flat'] as const)).map((cut) => ({
      ...{ pool, layout, cut },
    })),
  ),
)

describe('rows of a trunk', () => {
  it.each(cases)('go through a head as they do in the graft: $pool, $layout, cut $cut', async (given) => {
    const net = await network(given.layout)
    const cut = net.cuts[given.cut]
    const rows = await rowsOf(net, pixels, cut, given.pool)
    const length = rows.length / 2
    const ends = endsOf(net.model.graph, net.model.infos, cut, given.pool)
    const lengths = featureLengths(net.model.infos, ends, net.model.graph, given.pool)
    expect(lengths?.reduce((sum, each) => sum + each, 0)).toBe(length)
    const layers =
      given.pool === 'map' ? onMap(net, cut, rows) : [headBetween(rows.subarray(0, length), rows.subarray(length))]
    const expected = probabilities(rows, length, layers)
    const photosApart = expected.subarray(0, classes).map((chance, at) => Math.abs(chance - expected[classes + at]))
    expect(Math.max(...photosApart)).toBeGreaterThan(1e-2)
    const said = await saidByGraft(net, pixels, cut, { pool: given.pool, layers }, given.layout)
    expect(said).toHaveLength(2)
    for (const found of said) expected.forEach((chance, at) => expect(found[at]).toBeCloseTo(chance, 5))
  })
})
