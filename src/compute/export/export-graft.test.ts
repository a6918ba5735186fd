import { loadGraphModel } from '@tensorflow/tfjs-converter'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { blobFile, readAll, readText } from '../../formats/source'
import { quiet } from '../../formats/testing/files'
import type { WritableGraft, WrittenFile } from '../../formats/types'
import { expandZips } from '../../formats/zip'
import { convolution, NetworkBuilder } from '../../graph/optimise/testing/network'
import { foldConstants } from '../../graph/optimise/passes/fold-constants'
import { dtypeOf, intOf, stringsOf } from '../../graph/testing/build'
import { exportGraft, writeGraft, type ExportFacts } from './export-graft'
import { softmaxLayer } from '../head/testing/softmax-layer'
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
  beside: [{ path: 'report.csv', text: 'photo' }],
}

const context = { ...quiet, yieldTurn: () => Promise.resolve(), tell: () => undefined }

/** A network with a head for two labels that takes its two features as they are. */
async function graftable(build: NetworkBuilder, cut: string) {
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
  const layer = { kernel: Float32Array.of(1, 0, 0, 1), bias: Float32Array.of(0, 0) }
  const head = { labels: ['a', 'b'], pool: 'average' as const, tail: null, layers: [softmaxLayer(layer)] }
  return { model, cut: [cut], head, oneByOne: false }
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
  const zip = await exportGraft('tfjs-graph', await graftable(build, cut), facts, context)

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

describe('a writer', () => {
  /** What a writer is given of a network in which something can be folded, and what comes of its files. */
  async function written(ending: string, files: readonly WrittenFile[]) {
    const build = new NetworkBuilder()
    const image = build.image([1, 1, 2, 3])
    const sum = build.node('Add', 'sum', [build.floats('one', [3], [1, 2, 3]), build.floats('other', [3], [3, 4, 5])])
    const cut = build.node('Mul', 'cut', [image, sum])
    const given: WritableGraft[] = []
    const writer = {
      passes: [foldConstants],
      write: (graft: WritableGraft) => {
        given.push(graft)
        return Promise.resolve(files)
      },
    }
    const blob = await writeGraft(
      { facts: { id: 'made', ending }, writer },
      await graftable(build, cut),
      facts,
      context,
    )
    return { given: given[0], blob }
  }
  const file = (path: string, ...bytes: number[]): WrittenFile => ({ path, bytes: Uint8Array.from(bytes) })

  it('gets trunk and head as one graph that went through its passes, with what is known of them', async () => {
    const { given } = await written('zip', [])
    const sum = given.graph.nodes.find(({ name }) => name === 'sum')
    expect(sum?.op).toBe('Const')
    expect([...(await given.weights.values(sum?.weight ?? ''))]).toEqual([4, 6, 8])
    expect(given.graph.outputs.map(({ tensor }) => tensor)).toEqual([given.metadata.output])
    expect(given.head.layers).toHaveLength(1)
    expect(given.metadata).toMatchObject({ labels: ['a', 'b'], cut: ['cut:0'], model: 'net' })
    expect(given.metadata.preprocessing).toEqual({
      ...{ input: 'image:0', width: 2, height: 1, fit: 'stretch', range: 'minus1to1', order: 'rgb', channels: 3 },
    })
  })

  it('of a zip has labels, metadata and report put beside its files', async () => {
    const { blob, given } = await written('zip', [file('graph.bin', 7)])
    const files = await expandZips([blobFile('export.zip', blob)], quiet)
    const texts = new Map(await Promise.all(files.map(async (one) => [one.path, await readText(one)] as const)))
    expect([...texts.keys()].map((path) => path.split('/').at(-1))).toEqual([
      'graph.bin',
      'labels.txt',
      'metadata.json',
      'report.csv',
    ])
    expect(texts.get('export/labels.txt') ?? texts.get('labels.txt')).toBe('a\nb\n')
    const metadata = [...texts].find(([path]) => path.endsWith('metadata.json'))?.[1] ?? ''
    expect(JSON.parse(metadata)).toEqual(JSON.parse(JSON.stringify(given.metadata)))
  })

  it('of anything else gives its one file as it is, and no other number of files', async () => {
    const { blob } = await written('bin', [file('graph.bin', 7, 8)])
    expect([...new Uint8Array(await blob.arrayBuffer())]).toEqual([7, 8])
    await expect(written('bin', [])).rejects.toMatchObject({ code: 'internal' })
    await expect(written('bin', [file('a', 1), file('b', 2)])).rejects.toMatchObject({ code: 'internal' })
  })
})
