import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { openModel } from '../formats'
import { expectedOf, fixtureFiles, fixtureNames, quiet, type ExpectedTensor } from '../formats/testing/files'
import { serve } from '../formats/testing/server'
import { asSources, withWeight } from '../formats/testing/tiny-model'
import { toArtifacts, writeTfjsGraph } from '../formats/tfjs-graph'
import { readText } from '../formats/source'
import type { WrittenFile } from '../formats/types'

beforeAll(() => tf.setBackend('cpu'))

/** Loads written files the way a page does: from a server. */
async function loadWritten(files: readonly WrittenFile[]): Promise<tf.GraphModel> {
  const bodies = new Map<string | undefined, Uint8Array>(files.map(({ path, bytes }) => [`/${path}`, bytes]))
  const server = await serve((request, response) => response.end(bodies.get(request.url)))
  try {
    return await tf.loadGraphModel(`${server.origin}/model.json`)
  } finally {
    await server.close()
  }
}

function toTensor({ shape, dtype, data }: ExpectedTensor): tf.Tensor {
  return tf.tensor(data as number[], shape, dtype as tf.DataType)
}

/** Largest difference, relative to the largest value that was expected. */
function distance(found: ArrayLike<number>, wanted: readonly number[]): number {
  const scale = Math.max(...wanted.map(Math.abs), 1e-6)
  return Math.max(0, ...wanted.map((value, index) => Math.abs(value - found[index]) / scale))
}

async function expectOutputs(model: tf.GraphModel, name: string): Promise<void> {
  const { inputs, outputs } = expectedOf(name)
  const feeds = Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, toTensor(value)]))
  const keys = Object.keys(outputs)
  const isDynamic = name === 'control-flow'
  const results = isDynamic ? await model.executeAsync(feeds, keys) : model.execute(feeds, keys)
  for (const [index, result] of (Array.isArray(results) ? results : [results]).entries()) {
    const wanted = outputs[keys[index]]
    expect(result.shape).toEqual(wanted.shape)
    if (wanted.dtype === 'string') expect(await result.data<'string'>()).toEqual(wanted.data)
    else expect(distance(await result.data(), wanted.data as number[])).toBeLessThan(1e-5)
  }
  model.dispose()
}

describe('stock tfjs, with what was written,', () => {
  it.each(fixtureNames)('computes what TensorFlow does: %s', async (name) => {
    const { graph, weights } = await openModel(fixtureFiles(name), quiet)
    await expectOutputs(await loadWritten(await writeTfjsGraph(graph, weights, { generatedBy: 'a test' })), name)
  })

  it.each(fixtureNames)('computes the same from memory: %s', async (name) => {
    const { graph, weights } = await openModel(fixtureFiles(name), quiet)
    const model = await tf.loadGraphModel(tf.io.fromMemory(toArtifacts(graph, weights)))
    await expectOutputs(model, name)
  })

  it.each([
    ['uint8', undefined, Uint8Array.of(0, 7, 255)],
    ['int32', { dtype: 'uint8', scale: 0.5, min: -3.5 }, Uint8Array.of(0, 1, 255)],
    ['int32', { dtype: 'uint16', scale: 1.25, min: -4000 }, Uint8Array.of(0, 0, 3, 1, 255, 255)],
    ['float32', { dtype: 'uint8', scale: 0.1, min: -1 }, Uint8Array.of(0, 3, 255)],
    ['float32', { dtype: 'uint16', scale: 1e-3, min: 0.5 }, Uint8Array.of(0, 0, 3, 1, 255, 255)],
    ['float32', { dtype: 'float16' }, Uint8Array.of(1, 0, 0xff, 0x7b, 0x66, 0xb6)],
  ])('reads the same values as Cutpoint: %s stored as %j', async (dtype, quantization, data) => {
    const spec = { shape: [3], dtype, ...(quantization && { quantization }) }
    const attr = dtype === 'uint8' ? { dtype: { type: 'DT_UINT8' } } : {}
    const { graph, weights } = await openModel(withWeight(spec, data, { attr }), quiet)
    const files = asSources(await writeTfjsGraph(graph, weights, { generatedBy: 'a test' }))
    const json = JSON.parse(await readText(files[0])) as {
      weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[]
    }
    const bytes = await files[1].slice(0, files[1].size)
    const decoded = tf.io.decodeWeights(bytes.buffer, json.weightsManifest[0].weights)
    expect([...(await decoded.w.data())]).toEqual(Array.from<number | string>(await weights.values('w')))
  })
})
