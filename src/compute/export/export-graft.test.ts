import { loadGraphModel } from '@tensorflow/tfjs-converter'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, expect, it, vi } from 'vitest'
import { blobFile, readAll, readText } from '../../formats/source'
import { quiet } from '../../formats/testing/files'
import { expandZips } from '../../formats/zip'
import { convolution, NetworkBuilder } from '../../graph/optimise/testing/network'
import { dtypeOf, intOf, stringsOf } from '../../graph/testing/build'
import { exportGraft, type ExportFacts } from './export-graft'
import { analyse } from '../model/analyse'

beforeAll(async () => {
  vi.stubGlobal('__CUTPOINT_VERSION__', 'test')
  vi.stubGlobal('__TFJS_VERSION__', 'test')
  await tf.setBackend('cpu')
})

const facts: ExportFacts = {
  preprocessing: {
    input: 'image:0',
    width: 2,
    height: 1,
    fit: 'stretch',
    range: 'minus1to1',
    order: 'rgb',
    how: 'a test',
  },
  accuracy: { train: null, validation: null, test: null },
  images: { train: 0, validation: 0, test: 0 },
  beside: [],
}

it('writes what stock tfjs runs: grouped convolutions, fused hard swishes, single indices beside steps', async () => {
  const build = new NetworkBuilder()
  const image = build.image([1, 1, 2, 3])
  const kernel = build.floats('kernel', [1, 1, 1, 3], [1, 2, -1])
  const grouped = build.node('Conv2D', 'grouped', [image, kernel], { ...convolution, T: dtypeOf('float32') })
  const swish = build.node(
    '_FusedConv2D',
    'swish',
    [grouped, build.floats('mix', [1, 1, 3, 2], [1, 0, 0, 1, 1, 1]), build.floats('bias', [1, 1, 1, 2], [0.5, -1])],
    { ...convolution, T: dtypeOf('float32'), fused_ops: stringsOf('BiasAdd', '_FusedHardSwish'), num_args: intOf(1) },
  )
  // [:, 0, ::-1, 1]
  const masks = { begin_mask: intOf(5), end_mask: intOf(5), shrink_axis_mask: intOf(10) }
  const lists = [build.ints('begin', [0, 0, 0, 1]), build.ints('end', [0, 1, 0, 2]), build.ints('by', [1, 1, -1, 1])]
  const cut = build.node('StridedSlice', 'cut', [swish, ...lists], {
    ...masks,
    ellipsis_mask: intOf(0),
    new_axis_mask: intOf(0),
    T: dtypeOf('float32'),
    Index: dtypeOf('int32'),
  })
  const { graph, weights } = build.work(cut)
  const read = {
    name: 'net',
    format: 'made',
    graph,
    weights,
    bytes: 0,
    labels: null,
    preprocessing: null,
    warnings: [],
  }
  const model = await analyse(read, () => Promise.resolve())
  const head = {
    labels: ['a', 'b'],
    layers: [
      {
        kernel: Float32Array.of(1, 0, 0, 1),
        bias: Float32Array.of(0, 0),
        outputs: 2,
        activation: 'softmax' as const,
      },
    ],
  }
  const zip = await exportGraft('tfjs-graph', { model, cut: [cut], head, oneByOne: false }, facts, {
    ...quiet,
    yieldTurn: () => Promise.resolve(),
    tell: () => undefined,
  })

  const files = await expandZips([blobFile('export.zip', zip)], quiet)
  const fileOf = (end: string) => {
    const file = files.find(({ path }) => path.endsWith(end))
    if (!file) throw new Error(`no ${end}`)
    return file
  }
  const { modelTopology, weightsManifest } = JSON.parse(await readText(fileOf('model.json'))) as {
    modelTopology: object
    weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[]
  }
  const weightData = (await readAll(fileOf('.bin'))).buffer
  const stock = await loadGraphModel(
    tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData }),
  )
  const result = stock.predict(tf.tensor4d([1, 2, 3, -1, 0.5, 1], [1, 1, 2, 3])) as tf.Tensor

  const hardSwish = (value: number): number => (value * Math.min(6, Math.max(0, value + 3))) / 6
  const second = ([, g, b]: readonly number[]): number => hardSwish(2 * g - b - 1)
  const features = [second([-1, 0.5, 1]), second([1, 2, 3])].map(Math.exp)
  const sum = features[0] + features[1]
  const found = await result.data()
  features.forEach((value, label) => expect(found[label]).toBeCloseTo(value / sum, 5))
})
