import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { openModel } from '../formats'
import {
  frozenExpected,
  frozenFiles,
  mobilenetExpected,
  waveValues,
  type FrozenExpected,
} from '../formats/frozen/testing/fixtures'
import { diskFile, hasSharedModels, quiet, sharedModels } from '../formats/testing/files'
import type { SourceFile } from '../formats/types'
import { analyse } from './model/analyse'
import { prepareRun, runPrepared } from './run/run-graph'

beforeAll(() => tf.setBackend('cpu'))

/** Largest difference, relative to the largest value that was expected. */
function distance(found: ArrayLike<number>, wanted: readonly number[]): number {
  const scale = Math.max(...wanted.map(Math.abs))
  return Math.max(0, ...wanted.map((value, index) => Math.abs(value - found[index]) / scale))
}

async function expectAsTensorFlow(
  files: readonly SourceFile[],
  { inputs, outputs }: FrozenExpected,
  optimise = false,
): Promise<void> {
  const model = await analyse(await openModel(files, quiet), () => Promise.resolve())
  const feeds = Object.fromEntries(
    Object.entries(inputs).map(([name, wave]) => [
      name,
      { shape: [...wave.shape], dtype: 'float32', data: waveValues(wave) },
    ]),
  )
  const found = await runPrepared(prepareRun(model, feeds, Object.keys(outputs)), model, { optimise })
  for (const [name, { shape, data, every = 1 }] of Object.entries(outputs)) {
    expect(found[name].shape, name).toEqual(shape)
    const all = found[name].data as Float32Array
    const sampled = data.map((_, index) => all[index * every])
    expect(distance(sampled, data.map(Number)), name).toBeLessThan(1e-5)
  }
}

describe('frozen graphs compute what TensorFlow does:', () => {
  it.each(['cnn', 'cnn-old', 'cnn-text', 'retrained', 'library', 'dequantise', 'old-placeholder', 'tfjs-0.x'])(
    '%s',
    async (name) => {
      await expectAsTensorFlow(frozenFiles(name), frozenExpected(name))
    },
  )

  it.each(['cnn', 'cnn-old', 'retrained'])('%s, optimised', async (name) => {
    await expectAsTensorFlow(frozenFiles(name), frozenExpected(name), true)
  })

  it.skipIf(!hasSharedModels)('the one of ../shared', async () => {
    const file = diskFile(new URL('mobilenet_v1_0.25_128/frozen_graph.pb', sharedModels), 'frozen_graph.pb')
    await expectAsTensorFlow([file], mobilenetExpected())
  })
})
