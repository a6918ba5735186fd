import { readFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { openModel } from '../formats'
import { memoryFile } from '../formats/source'
import { diskFile, hasSharedModels, quiet, sharedModels } from '../formats/testing/files'
import type { ReadModel, SourceFile } from '../formats/types'
import { scopeOf, splitTensor } from '../graph/lookup/names'
import { CompiledGraph } from './run/compiled-graph'

/** What Keras computes of a fixture (tools/fixtures/make_keras.py); numbers as base64 of float32. */
interface Encoded {
  shape: number[]
  data: string
}
interface ExpectedOfKeras {
  inputs: Encoded[]
  outputs: Encoded[]
  layers: Record<string, Encoded>
}

const folder = new URL('../formats/fixtures/keras/', import.meta.url)

function fixture(...names: string[]): SourceFile[] {
  return names.map((name) => diskFile(new URL(name, folder), name))
}

function expectedOf(name: string): ExpectedOfKeras {
  return JSON.parse(readFileSync(new URL(`expected/${name}.json`, folder), 'utf8')) as ExpectedOfKeras
}

function numbers({ data }: Encoded): Float32Array {
  return new Float32Array(new Uint8Array(Buffer.from(data, 'base64')).buffer)
}

beforeAll(() => tf.setBackend('cpu'))

/** Runs a model on the inputs Keras had, up to `fetches`. */
async function run({ graph, weights }: ReadModel, inputs: Encoded[], fetches: string[]): Promise<tf.Tensor[]> {
  const outputs = fetches.map((tensor) => ({ key: tensor, tensor, dtype: 'float32' as const, shape: null }))
  const compiled = await CompiledGraph.compile({ ...graph, outputs }, weights)
  const feeds = new Map(inputs.map((value, i) => [graph.inputs[i].tensor, tf.tensor(numbers(value), value.shape)]))
  const results = await compiled.run(feeds)
  compiled.dispose()
  return results
}

async function expectClose(found: tf.Tensor, wanted: Encoded): Promise<void> {
  expect(found.shape).toEqual(wanted.shape)
  const values = await found.data()
  const scale = Math.max(...numbers(wanted).map(Math.abs))
  const distance = Math.max(...numbers(wanted).map((value, i) => Math.abs(value - values[i]) / scale))
  expect(distance).toBeLessThan(1e-5)
}

/** The tensor that a layer ends with: the last operation in its scope at its first call. */
function lastTensor({ graph }: ReadModel, layer: string): string {
  const node = graph.nodes.findLast(({ name }) => scopeOf(name) === layer)
  if (node === undefined) throw new Error(`there is no scope ${layer}`)
  return `${node.name}:0`
}

const whole: [expected: string, files: string[], format: string][] = [
  ...['classifier', 'attention', 'sequential'].flatMap((name) =>
    [2, 3].flatMap((version): [string, string[], string][] => [
      [`${name}${version}`, [`${name}${version}.keras`], 'keras'],
      [`${name}${version}`, [`${name}${version}.h5`], 'keras-h5'],
    ]),
  ),
  ['classifier2', ['classifier2.weights.h5', 'classifier2.json'], 'keras-h5'],
  ['classifier3', ['classifier3.weights.h5', 'classifier3.json'], 'keras-h5'],
  ['classifier2', ['compressed.h5'], 'keras-h5'],
  ['keras1', ['keras1.h5'], 'keras-h5'],
  ['classifier2', ['tfjs2/model.json', 'tfjs2/group1-shard1of1.bin'], 'tfjs-layers'],
  ['classifier3', ['tfjs3/model.json', 'tfjs3/group1-shard1of1.bin'], 'tfjs-layers'],
]

describe('what Keras wrote', () => {
  it.each(whole)('computes what Keras does: %s in %j', async (name, files, format) => {
    const model = await openModel(fixture(...files), quiet)
    expect(model.format).toBe(format)
    expect(model.warnings).toEqual([])
    const { inputs, outputs, layers } = expectedOf(name)
    const found = await run(
      model,
      inputs,
      model.graph.outputs.map((output) => output.tensor),
    )
    for (const [i, value] of outputs.entries()) await expectClose(found[i], value)
    for (const [layer, value] of Object.entries(layers)) {
      await expectClose((await run(model, inputs, [lastTensor(model, layer)]))[0], value)
    }
  })

  it.each([2, 3])('works up to a layer that only Python knows (Keras %i)', async (version) => {
    const model = await openModel(fixture(`custom${version}.h5`), quiet)
    const { inputs, layers } = expectedOf(`custom${version}`)
    expect(model.warnings).toHaveLength(1)
    expect(model.warnings[0]).toMatch(version === 2 ? /“double” \(Lambda\)/ : /“double” \(Doubled\)/)
    const opaque = model.graph.nodes.find(({ op }) => op === 'Keras>Lambda' || op === 'Keras>Doubled')
    expect(splitTensor(opaque?.inputs[0] ?? '').node).toMatch(/^conv\//)
    await expectClose((await run(model, inputs, [lastTensor(model, 'conv')]))[0], layers.conv)
  })

  it('has the weights of a layer that is called twice once, under scopes of their own', async () => {
    const { graph } = await openModel(fixture('classifier3.keras'), quiet)
    expect([...graph.weights.keys()].filter((id) => id.startsWith('shared'))).toEqual(['shared/kernel', 'shared/bias'])
    expect(graph.scopes.get('shared_1')).toMatchObject({ layerClass: 'Dense', config: { units: 4 } })
    expect(graph.inputs.map(({ key, shape }) => ({ key, shape }))).toEqual([
      { key: 'image', shape: [null, 8, 8, 3] },
      { key: 'extra', shape: [null, 4] },
    ])
  })
})

/** The converter's manifest names its own file. */
describe.skipIf(!hasSharedModels)("Teachable Machine's zip", () => {
  it('opens with its labels and computes what tfjs layers does', async () => {
    const zip = diskFile(new URL('teachable-machine/image-model.zip', sharedModels), 'image-model.zip')
    const model = await openModel([zip], quiet)
    expect(model).toMatchObject({ format: 'tfjs-layers', labels: ['Class 1', 'Class 2'], warnings: [] })
    const image = tf.randomUniform([1, 224, 224, 3], -1, 1, 'float32', 5)
    const inputs = [{ shape: image.shape, data: Buffer.from((await image.data()).buffer).toString('base64') }]
    const [found] = await run(model, inputs, [model.graph.outputs[0].tensor])
    expect(found.shape).toEqual([1, 2])
    const [first, second] = await found.data()
    // What tfjs 4.22's loadLayersModel gives for this picture.
    expect(first).toBeCloseTo(0.934928, 5)
    expect(second).toBeCloseTo(0.06507196, 5)
  }, 30_000)
})

it('says what to drop with weights alone', async () => {
  for (const name of ['classifier2.weights.h5', 'classifier3.weights.h5']) {
    await expect(openModel(fixture(name), quiet)).rejects.toMatchObject({ code: 'no-topology' })
  }
  const empty = memoryFile('model.h5', await fixture('classifier2.h5')[0].slice(0, 2000))
  await expect(openModel([empty], quiet)).rejects.toMatchObject({ code: 'bad-hdf5' })
})

describe('what Keras of TensorFlow 2.13 wrote', () => {
  const of213 = (name: string): SourceFile =>
    diskFile(new URL(`../formats/fixtures/keras/tf-2.13/${name}`, import.meta.url), name)
  const wanted = JSON.parse(
    readFileSync(new URL('../formats/fixtures/keras/tf-2.13/expected.json', import.meta.url), 'utf8'),
  ) as { input: number[]; shape: number[]; output: number[] }

  it.each([
    ['on Linux', 'linux.keras'],
    ['on Windows, with back-slashes in its paths', 'windows.keras'],
  ])('computes what it does: %s', async (_, name) => {
    const model = await openModel([of213(name)], quiet)
    const input = { shape: wanted.shape, data: Buffer.from(Float32Array.from(wanted.input).buffer).toString('base64') }
    const [found] = await run(model, [input], [model.graph.outputs[0].tensor])
    const values = await found.data()
    expect(found.shape).toEqual([2, 3])
    wanted.output.forEach((value, i) => expect(values[i]).toBeCloseTo(value, 5))
    await model.close?.()
  })
})
