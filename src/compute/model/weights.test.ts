import { describe, expect, test } from 'vitest'
import type { ReadModel } from '../../formats/types'
import { GraphBuilder } from '../../graph/testing/build'
import { overlayWeights } from '../../graph/lookup/weights'
import type { WeightValues } from '../../graph/types'
import { weightFile, weightPictures, weightStatistics, weightValues } from './weights'

/** A model with one weight. */
function modelOf(values: WeightValues, shape: readonly number[]): ReadModel {
  const build = new GraphBuilder()
  build.constant('w', shape)
  const graph = build.graph('w')
  const info = graph.weights.get('w')
  const none = { raw: () => Promise.reject(new Error('none')), values: () => Promise.reject(new Error('none')) }
  return {
    name: 'model',
    format: 'made',
    graph,
    weights: info ? overlayWeights(none, new Map([['w', { info, values }]])) : none,
    bytes: 0,
    labels: null,
    preprocessing: null,
    warnings: [],
  }
}

describe('weightStatistics', () => {
  test('tells range, mean, deviation, zeros and what is not a number', async () => {
    const model = modelOf(new Float32Array([0, 1, 2, 3, 0, NaN, Infinity, -6]), [8])
    const found = await weightStatistics(model, 'w')
    expect(found).toMatchObject({ elements: 8, min: -6, max: 3, mean: 0, zeros: 2, notFinite: 2 })
    expect(found.deviation).toBeCloseTo(Math.sqrt(50 / 6), 10)
    expect(found.histogram).toHaveLength(48)
    expect(found.histogram[0]).toBe(1)
    expect(found.histogram[32]).toBe(2)
    expect(found.histogram[47]).toBe(1)
    expect(found.histogram.reduce((a, b) => a + b)).toBe(6)
  })

  test('a weight of one value everywhere has one bar, one of no finite value none', async () => {
    expect((await weightStatistics(modelOf(new Int32Array([7, 7, 7]), [3]), 'w')).histogram).toEqual([3])
    const empty = await weightStatistics(modelOf(new Float32Array([NaN]), [1]), 'w')
    expect(empty).toMatchObject({ min: null, mean: null, notFinite: 1, histogram: [] })
  })

  test('text has none', async () => {
    await expect(weightStatistics(modelOf(['a'], [1]), 'w')).rejects.toMatchObject({ code: 'bad-weight' })
  })
})

test('weightValues gives a slice, also past the end', async () => {
  const model = modelOf(new Float32Array([1, 2, 3, 4]), [4])
  expect(await weightValues(model, 'w', 1, 2)).toEqual([2, 3])
  expect(await weightValues(model, 'w', 3, 9)).toEqual([4])
  expect(await weightValues(modelOf(['a', 'b'], [2]), 'w', 1, 1)).toEqual(['b'])
})

describe('weightPictures', () => {
  test('draws each kernel in its own range about grey', async () => {
    // [2, 2, 3, 2]: the second kernel is zero but for one blue pixel.
    const values = new Float32Array(24)
    values[0] = -4
    values[2 * 1] = 2
    values[(3 * 3 + 2) * 2 + 1] = 0.5
    const found = await weightPictures(modelOf(values, [2, 2, 3, 2]), 'w')
    expect(found).toMatchObject({ width: 2, height: 2, total: 2 })
    expect([...(found?.pictures[0] ?? [])].slice(0, 4)).toEqual([0, 191, 128, 255])
    expect([...(found?.pictures[1] ?? [])].slice(12)).toEqual([128, 128, 255, 255])
  })

  test('is for kernels on three channels only', async () => {
    expect(await weightPictures(modelOf(new Float32Array(16), [2, 2, 4, 1]), 'w')).toBeNull()
    expect(await weightPictures(modelOf(new Float32Array(3), [1, 1, 3, 1]), 'w')).toBeNull()
    expect(await weightPictures(modelOf(new Float32Array(3), [3]), 'w')).toBeNull()
  })
})

test('weightFile is the array as NumPy reads it, and refuses an unknown weight', async () => {
  const model = modelOf(new Float32Array([1, 2]), [2])
  const file = new Uint8Array(await (await weightFile(model, 'w')).arrayBuffer())
  expect(new Float32Array(file.slice(-8).buffer)).toEqual(new Float32Array([1, 2]))
  await expect(weightFile(model, 'v')).rejects.toMatchObject({ code: 'bad-weight' })
})
