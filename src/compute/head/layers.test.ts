import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import * as v from 'valibot'
import { beforeAll, describe, expect, it } from 'vitest'
import { graft } from '../../graph/graft/graft'
import { layerForms, type HeadLayer } from '../../graph/graft/layers/forms'
import { arraysOf, keptLayer, layerOf, layerRecord, layersFit, recordOf, sizesOf } from '../../graph/graft/layers/kept'
import type { Pool } from '../../graph/graft/pools'
import { overlayWeights } from '../../graph/lookup/weights'
import { NetworkBuilder } from '../../graph/optimise/testing/network'
import { inferShapes } from '../../graph/shapes'
import { uniform } from '../../random'
import { CompiledGraph } from '../run/compiled-graph'
import { createPace } from './pace'
import { pacedProbabilities, probabilities } from './probabilities'
import { networkLayer } from './testing/network-layer'
import { softmaxLayer } from './testing/softmax-layer'

beforeAll(() => tf.setBackend('cpu'))

const features = 5
const random = uniform(3)
const numbers = (count: number): Float32Array => Float32Array.from({ length: count }, () => 2 * random() - 1)

/** A layer of each kind, for five features or small maps. */
const layers: Readonly<Record<HeadLayer['kind'], HeadLayer>> = {
  dense: softmaxLayer({ kernel: numbers(5 * 3), bias: numbers(3) }),
  standardise: { kind: 'standardise', mean: numbers(5), scale: numbers(5) },
  'unit-length': { kind: 'unit-length', features },
  rbf: { kind: 'rbf', gamma: 0.4, features, vectors: numbers(4 * 5) },
  conv: {
    kind: 'conv',
    height: 2,
    width: 3,
    channels: 2,
    filters: 3,
    size: 3,
    activation: 'relu',
    kernel: numbers(9 * 2 * 3),
    bias: numbers(3),
  },
  'global-pool': { kind: 'global-pool', height: 2, width: 3, channels: 2 },
  nearest: { kind: 'nearest', k: 3, counts: [2, 0, 4], prototypes: numbers(6 * 5) },
  network: networkLayer(features, 3, numbers),
}

const inputOf = (layer: HeadLayer): readonly number[] => sizesOf(recordOf(layer))?.input ?? []

/** What a head gives as operations of TensorFlow, for rows of what its first layer takes. */
async function asOperations(head: readonly HeadLayer[], rows: Float32Array): Promise<Float32Array> {
  const build = new NetworkBuilder()
  const size = inputOf(head[0])
  const input = build.image([null, ...size])
  const work = build.work(build.node('Identity', 'kept', [input], {}))
  const made = graft(work.graph, inferShapes(work.graph), ['kept:0'], {
    pool: size.length > 1 ? 'map' : 'average',
    layers: head,
  })
  const compiled = await CompiledGraph.compile(made.graph, overlayWeights(work.weights, made.weights))
  const image = tf.tensor(rows, [rows.length / size.reduce((left, right) => left * right, 1), ...size])
  const [result] = await compiled.run(new Map([[input, image]]))
  const values = await result.data<'float32'>()
  tf.dispose([image, result])
  compiled.dispose()
  return values
}

/** What a layer gives photo by photo; one that has no plain arithmetic by a program. */
async function plainly(rows: Float32Array, length: number, layer: HeadLayer): Promise<Float32Array> {
  const all: number[] = []
  for await (const row of pacedProbabilities(rows, length, [layer], createPace())) all.push(...row)
  return Float32Array.from(all)
}

describe.each(Object.values(layers))('a layer of the kind $kind', (layer) => {
  it('gives as operations what it gives in plain arithmetic', async () => {
    const length = inputOf(layer).reduce((left, right) => left * right, 1)
    const rows = numbers(7 * length)
    const plain = await plainly(rows, length, layer)
    const run = await asOperations([layer], rows)
    expect(run).toHaveLength(plain.length)
    expect(run).toHaveLength(7 * (sizesOf(recordOf(layer))?.output.reduce((left, right) => left * right, 1) ?? 0))
    run.forEach((value, at) => expect(value).toBeCloseTo(plain[at], 5))
    expect(new Set(plain).size).toBeGreaterThan(2)
  })

  it('is read as it was kept, whole or as a record and numbers', () => {
    expect(v.parse(keptLayer, structuredClone(layer))).toEqual(layer)
    const record = v.parse(layerRecord, JSON.parse(JSON.stringify(recordOf(layer))))
    expect(layerOf(record, arraysOf(layer))).toEqual(layer)
    expect(Object.keys(record.arrays)).toEqual(layerForms[layer.kind].arrays)
  })

  it('is refused where its numbers are too few', () => {
    for (const name of layerForms[layer.kind].arrays) {
      const short = { ...layer, [name]: numbers(2) }
      expect(v.safeParse(keptLayer, short).success, name).toBe(false)
      const { arrays } = recordOf(layer)
      expect(v.safeParse(layerRecord, { ...recordOf(layer), arrays: { ...arrays, [name]: 2 } }).success).toBe(false)
    }
  })
})

it('a layer from before there were kinds is dense', () => {
  const { kind, ...before } = layers.dense
  expect(v.parse(keptLayer, before)).toEqual({ kind, ...before })
})

it('layers fit where each takes what the one before gives, and the last one gives the labels', () => {
  const records = [layers.standardise, layers['unit-length'], layers.dense].map(recordOf)
  expect(layersFit(records, 3)).toBe(true)
  expect(layersFit(records, 4)).toBe(false)
  expect(layersFit([...records, recordOf(layers['unit-length'])], 3)).toBe(false)
})

it('the nearest of equals is the first one', () => {
  const same: HeadLayer = { kind: 'nearest', k: 1, counts: [1, 1], prototypes: Float32Array.of(1, 0, 1, 0) }
  expect([...probabilities(Float32Array.of(0.5, 0.5), 2, [same])]).toEqual([1, 0])
})

it.each<[Pool, number[]]>([
  ['average', [2.5, 25]],
  ['max', [4, 40]],
  ['flatten', [1, 10, 2, 20, 3, 30, 4, 40]],
])('a graft with the pooling %s takes what the trunk gives so', async (pool, expected) => {
  const build = new NetworkBuilder()
  const input = build.image([null, 2, 2, 2])
  const work = build.work(build.node('Identity', 'kept', [input], {}))
  const count = expected.length
  // The label 0 has the sum of the features as its logit, and the label 1 has none.
  const kernel = Float32Array.from({ length: 2 * count }, (_, at) => (at % 2 === 0 ? 0.01 : 0))
  const head = { pool, layers: [softmaxLayer({ kernel, bias: new Float32Array(2) })] }
  const made = graft(work.graph, inferShapes(work.graph), ['kept:0'], head)
  const compiled = await CompiledGraph.compile(made.graph, overlayWeights(work.weights, made.weights))
  const image = tf.tensor4d([1, 10, 2, 20, 3, 30, 4, 40], [1, 2, 2, 2])
  const [result] = await compiled.run(new Map([[input, image]]))
  const sum = expected.reduce((left, right) => left + right, 0)
  expect((await result.data())[0]).toBeCloseTo(1 / (1 + Math.exp(-0.01 * sum)), 5)
  compiled.dispose()
})
