import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, expect, it } from 'vitest'
import { dtypeOf } from '../../graph/testing/build'
import { NetworkBuilder } from '../../graph/optimise/testing/network'
import { CompiledGraph } from './compiled-graph'

beforeAll(() => tf.setBackend('cpu'))

/** Puts the rows of a picture into a list of tensors, at the places given, and reads the first `size` of the list. */
async function listed(places: readonly number[], size: number) {
  const build = new NetworkBuilder()
  const shape = build.ints('shape', [2])
  const inputs = [build.image([3, 2]), build.floats('places', [3], places), shape, build.ints('most', [-1], [])]
  const type = { element_dtype: dtypeOf('float32') }
  build.node('TensorListScatterV2', 'list', inputs, type)
  build.node('TensorListResize', 'resized', ['list', build.ints('size', [size], [])])
  const { graph, weights } = build.work(build.node('TensorListStack', 'stack', ['resized', shape], type))
  const compiled = await CompiledGraph.compile(graph, weights)
  const image = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2])
  const before = tf.memory().numTensors
  try {
    const [result] = await compiled.run(new Map([['image:0', image]]))
    return { rows: await result.array(), left: tf.memory().numTensors - before - 1 }
  } catch (error) {
    return { error, left: tf.memory().numTensors - before }
  }
}

it.each([
  [
    'that another took the place of',
    [0, 0, 1],
    [
      [3, 4],
      [5, 6],
    ],
  ],
  [
    'between two places',
    [0, 0.5, 1],
    [
      [1, 2],
      [5, 6],
    ],
  ],
])('a run leaves no elements of a list %s', async (_, places, rows) => {
  expect(await listed(places, 2)).toEqual({ rows, left: 0 })
})

it('a run that fails leaves nothing', async () => {
  const { error, left } = await listed([0, 1, 2], -1)
  expect(error).toMatchObject({ code: 'run-failed', message: expect.stringContaining('non-negative') as string })
  expect(left).toBe(0)
})
