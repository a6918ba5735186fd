import * as tf from '@tensorflow/tfjs'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { lowerings } from '../formats/keras/layers'
import { lowerModel } from '../formats/keras/lower-model'
import { readModelConfig } from '../formats/keras/config/model'
import { createStore, describe as describeWeight } from '../formats/weights/store'
import type { LayerWeight } from '../formats/keras/types'
import { CompiledGraph } from './run/compiled-graph'

/** A few layers with what Keras computes of them; made by `tools/fixtures/make_layers.py`. */
interface KerasLayerCase {
  readonly name: string
  readonly model: unknown
  readonly weights: Readonly<Partial<Record<string, readonly (Stored & { readonly name: string })[]>>>
  readonly inputs: readonly Stored[]
  /** int16 in base64, in steps of `step`, which is 1/32767 of the largest. */
  readonly outputs: readonly { readonly shape: number[]; readonly data: string; readonly step: number }[]
}

/** int8 in base64: 64ths, or whole numbers where a dtype is named. */
interface Stored {
  readonly shape: number[]
  readonly data: string
  readonly dtype?: 'int32'
}

beforeAll(() => tf.setBackend('cpu'))

function casesOf(version: number): KerasLayerCase[] {
  const path = fileURLToPath(new URL(`../formats/fixtures/keras-layers/keras${version}.json`, import.meta.url))
  return JSON.parse(readFileSync(path, 'utf8')) as KerasLayerCase[]
}

function valuesOf({ data, dtype }: Stored): Float32Array | Int32Array {
  const steps = new Int8Array(Buffer.from(data, 'base64'))
  return dtype ? Int32Array.from(steps) : Float32Array.from(steps, (step) => step / 64)
}

function weightsOf({ weights }: KerasLayerCase, layer: string): LayerWeight[] {
  const entries = weights[layer] ?? []
  return entries.map(({ name, ...stored }) => {
    const spec = { name: `${layer}/${name}`, dtype: stored.dtype ?? 'float32', shape: stored.shape } as const
    return { name, stored: describeWeight(spec, new Uint8Array(valuesOf(stored).buffer)) }
  })
}

async function run(test: KerasLayerCase, kerasVersion: number): Promise<tf.Tensor[]> {
  const config = readModelConfig(test.model, test.name, kerasVersion)
  const { graph, weights, warnings } = lowerModel(config, {
    file: test.name,
    kerasVersion,
    lowerings,
    findWeights: (path) => weightsOf(test, path.at(-1)?.name ?? ''),
  })
  expect(warnings).toEqual([])
  const compiled = await CompiledGraph.compile(graph, createStore(weights))
  const feeds = test.inputs.map((input, index): [string, tf.Tensor] => [
    graph.inputs[index].tensor,
    tf.tensor(valuesOf(input), input.shape, input.dtype ?? 'float32'),
  ])
  const results = await compiled.run(new Map(feeds))
  for (const [index, { tensor, shape }] of graph.outputs.entries()) {
    // What is inferred agrees with what comes out, as far as it is known.
    const known = shape?.map((size, axis) => size ?? results[index].shape[axis])
    expect(known, tensor).toEqual(results[index].shape)
  }
  return results
}

/** Largest difference, relative to the largest value that was expected. */
function distance(found: ArrayLike<number>, wanted: Float32Array): number {
  let [most, scale] = [0, 0]
  for (const [index, value] of wanted.entries()) {
    // Not a number is as far as can be.
    const difference = Math.abs(value - found[index])
    most = difference <= most ? most : difference
    scale = Math.max(scale, Math.abs(value))
  }
  return most / scale
}

describe.each([3, 2])('layers of Keras %i', (version) => {
  it.each(casesOf(version).map((test): [string, KerasLayerCase] => [test.name, test]))('%s', async (_, test) => {
    const results = await run(test, version)
    expect(results.length).toBe(test.outputs.length)
    for (const [index, { shape, data, step }] of test.outputs.entries()) {
      expect(results[index].shape).toEqual(shape)
      const steps = new Int16Array(new Uint8Array(Buffer.from(data, 'base64')).buffer)
      const wanted = Float32Array.from(steps, (value) => value * step)
      expect(distance(await results[index].data(), wanted)).toBeLessThanOrEqual(1e-4)
    }
  })
})
