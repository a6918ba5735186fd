import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { NetworkBuilder } from '../../graph/optimise/testing/network'
import type { TensorValue } from '../../types'
import { analyse } from '../model/analyse'
import type { AnalysedModel } from '../model/types'
import { prepareRun, runPrepared } from './run-graph'

beforeAll(() => tf.setBackend('cpu'))

/** image → conv → norm → relu → out, with a constant worked out beside it. */
async function network(): Promise<AnalysedModel> {
  const build = new NetworkBuilder(3)
  const conv = build.conv('conv', build.image([null, 2, 2, 1]), [1, 1, 1, 2])
  const relu = build.node('Relu', 'relu', [build.spelledNorm('norm', conv, 2)])
  const out = build.node('Mul', 'out', [relu, build.floats('two', [], [2])])
  const { graph, weights } = build.work(out)
  const read = { name: 'model', format: 'made', bytes: 0, labels: null, preprocessing: null, warnings: [] }
  return analyse({ ...read, graph, weights }, () => Promise.resolve())
}

const value = (shape: number[], data: number[]): TensorValue => ({
  shape,
  dtype: 'float32',
  data: Float32Array.from(data),
})

async function run(
  model: AnalysedModel,
  feeds: Record<string, TensorValue>,
  fetches: readonly string[],
  optimise: boolean,
): Promise<Record<string, number[]>> {
  const found = await runPrepared(prepareRun(model, feeds, fetches), model, { optimise })
  return Object.fromEntries(Object.entries(found).map(([name, { data }]) => [name, Array.from(data, Number)]))
}

const image = value([1, 2, 2, 1], [0.5, -1, 2, 3])

describe('a run', () => {
  test('gives the same optimised and not, also at inner tensors', async () => {
    const model = await network()
    for (const fetches of [['out:0'], ['conv:0', 'norm/mul_1:0', 'out:0'], ['norm/mul:0']]) {
      const plain = await run(model, { 'image:0': image }, fetches, false)
      const optimised = await run(model, { 'image:0': image }, fetches, true)
      expect(Object.keys(optimised)).toEqual(fetches)
      for (const name of fetches) {
        expect(optimised[name]).toHaveLength(plain[name].length)
        optimised[name].forEach((number, i) => expect(number).toBeCloseTo(plain[name][i], 5))
      }
    }
  })

  test.each([false, true])(
    'takes a value in the middle, where it counts and what made it does not',
    async (optimise) => {
      const model = await network()
      const inner = value([1, 1, 1, 2], [1, -2])
      expect(await run(model, { 'relu:0': inner }, ['out:0'], optimise)).toEqual({ 'out:0': [2, -4] })
      const both = await run(model, { 'conv:0': inner }, ['conv:0', 'out:0'], optimise)
      expect(both['conv:0']).toEqual([1, -2])
      expect(both['out:0']).toHaveLength(2)
    },
  )

  test.each([false, true])('takes values of several outputs of a node, and makes the others', async (optimise) => {
    const build = new NetworkBuilder(3)
    const axis = build.ints('axis', [1], [])
    const [left, right] = ['parts:0', 'parts:1']
    build.node('Split', 'parts', [axis, build.image([null, 4])], { num_split: { kind: 'int', value: 2 } })
    build.node('Neg', 'left', [left])
    build.node('Neg', 'right', [right])
    const { graph, weights } = build.work('right')
    const read = { name: 'model', format: 'made', bytes: 0, labels: null, preprocessing: null, warnings: [] }
    const model = await analyse({ ...read, graph, weights }, () => Promise.resolve())
    const [one, two] = [value([1, 2], [1, 2]), value([1, 2], [3, 4])]
    const fetches = ['left:0', 'right:0', right]
    expect(await run(model, { [left]: one, [right]: two }, fetches, optimise)).toEqual({
      ...{ 'left:0': [-1, -2], 'right:0': [-3, -4] },
      [right]: [3, 4],
    })
    const image = value([1, 4], [5, 6, 7, 8])
    expect(await run(model, { 'image:0': image, [right]: two }, fetches, optimise)).toMatchObject({
      ...{ 'left:0': [-5, -6], 'right:0': [-3, -4] },
    })
  })

  test('leaves nothing on the backend', async () => {
    const model = await network()
    const before = tf.memory().numTensors
    await run(model, { 'image:0': image }, ['out:0'], true)
    expect(tf.memory().numTensors).toBe(before)
  })

  test('says which input has no value', async () => {
    const model = await network()
    expect(() => prepareRun(model, {}, ['out:0'])).toThrow('The input “image:0” has no value.')
  })
})
