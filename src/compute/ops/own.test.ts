import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { dtypeOf, GraphBuilder } from '../../graph/testing/build'
import { CompiledGraph } from '../run/compiled-graph'

beforeAll(() => tf.setBackend('cpu'))

const untold: unknown[] = []
const note = (reason: unknown): void => void untold.push(reason)
beforeEach(() => void process.on('unhandledRejection', note))
afterEach(() => void process.off('unhandledRejection', note))

const none = (): Promise<never> => Promise.reject(new Error('no weights'))

async function results(build: GraphBuilder, outputs: readonly string[], feeds: Readonly<Record<string, tf.Tensor>>) {
  const compiled = await CompiledGraph.compile(build.graph(...outputs), { raw: none, values: none })
  const found = await compiled.run(new Map(Object.entries(feeds)))
  return Promise.all(found.map(async (tensor) => ({ shape: tensor.shape, values: [...(await tensor.data())] })))
}

test('places of what is true, and what is in one list only', async () => {
  const build = new GraphBuilder()
  const where = build.node('Where', 'where', [build.input('numbers', [2, 2])], { T: dtypeOf('float32') })
  const lists = [build.input('x', [4], 'int32'), build.input('y', [2], 'int32')]
  const diff = build.node('ListDiff', 'diff', lists, { T: dtypeOf('int32'), out_idx: dtypeOf('int32') })
  const feeds = {
    'numbers:0': tf.tensor2d([0, 2, -1, 0], [2, 2]),
    'x:0': tf.tensor1d([7, 8, 9, 8], 'int32'),
    'y:0': tf.tensor1d([8, 1], 'int32'),
  }
  expect(await results(build, [where, diff, 'diff:1'], feeds)).toEqual([
    { shape: [2, 2], values: [0, 1, 1, 0] },
    { shape: [2], values: [7, 9] },
    { shape: [2], values: [0, 2] },
  ])
})

test.each([
  ['first', 'last'],
  ['last', 'first'],
])('what fails beside an operation that fails is told to nobody (it stands %s, the other %s)', async (place) => {
  const build = new GraphBuilder()
  const [x, y] = [build.input('x', [2, 2], 'int32'), build.input('y', [3], 'int32')]
  const diff = () => build.node('ListDiff', 'diff', [x, y], { T: dtypeOf('int32'), out_idx: dtypeOf('int32') })
  const sum = () => build.node('AddV2', 'sum', [x, y], { T: dtypeOf('int32') })
  const outputs = place === 'first' ? [diff(), sum()] : [sum(), diff()]
  const feeds = { 'x:0': tf.tensor2d([1, 2, 3, 4], [2, 2], 'int32'), 'y:0': tf.tensor1d([1, 2, 3], 'int32') }
  await expect(results(build, outputs, feeds)).rejects.toMatchObject({ code: 'run-failed' })
  await new Promise((resolve) => setTimeout(resolve))
  expect(untold).toEqual([])
})
