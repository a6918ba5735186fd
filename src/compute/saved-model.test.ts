import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { openModel } from '../formats'
import {
  savedModelChoice,
  savedModelExpected,
  savedModelFiles,
  savedModelNames,
} from '../formats/saved-model/testing/fixtures'
import { quiet } from '../formats/testing/files'
import { analyse } from './model/analyse'
import { prepareRun, runPrepared } from './run/run-graph'

beforeAll(() => tf.setBackend('cpu'))

/** Largest difference, relative to the largest value that was expected. */
function distance(found: ArrayLike<number>, wanted: readonly number[]): number {
  const scale = Math.max(...wanted.map(Math.abs))
  return Math.max(0, ...wanted.map((value, index) => Math.abs(value - found[index]) / scale))
}

describe('SavedModels compute what TensorFlow does', () => {
  it.each(savedModelNames.flatMap((name) => [false, true].map((optimise) => ({ name, optimise }))))(
    '$name, optimised: $optimise',
    async ({ name, optimise }) => {
      const { inputs, tensors } = savedModelExpected(name)
      const read = await openModel(savedModelFiles(name), quiet, savedModelChoice(name))
      const model = await analyse(read, () => Promise.resolve())
      const tensorOf = (key: string): string =>
        [...read.graph.inputs, ...read.graph.outputs].find((entry) => entry.key === key)?.tensor ?? key
      const feeds = Object.fromEntries(
        Object.entries(inputs).map(([key, { shape, dtype, data }]) => [
          tensorOf(key),
          { shape, dtype, data: Float32Array.from(data as number[]) },
        ]),
      )
      const found = await runPrepared(prepareRun(model, feeds, Object.keys(tensors).map(tensorOf)), model, { optimise })
      for (const [key, { shape, data }] of Object.entries(tensors)) {
        const result = found[tensorOf(key)]
        expect(result.shape, key).toEqual(shape)
        expect(distance(result.data as Float32Array, data as number[]), key).toBeLessThan(1e-5)
      }
    },
  )
})
