import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { boolOf } from '../../graph/testing/build'
import { nextTask } from '../../next-task'
import { NetworkBuilder } from '../../graph/optimise/testing/network'
import { CompiledGraph } from '../run/compiled-graph'

beforeAll(() => tf.setBackend('cpu'))

const unheard: unknown[] = []
const hear = (error: unknown): void => void unheard.push(error)

beforeEach(() => {
  unheard.length = 0
  process.on('unhandledRejection', hear)
})
afterEach(() => process.off('unhandledRejection', hear))

/**
 * Two boxes, of which at most so many are kept, while they are brought into another shape; gives what went wrong, and how
 * many tensors are left then and later.
 */
async function suppressed(most: number, shape: readonly number[], areMade: boolean) {
  const build = new NetworkBuilder()
  const image = build.image([2, 4])
  const boxes = areMade ? build.node('Relu', 'boxes', [image]) : image
  build.node('Reshape', 'beside', [boxes, build.ints('shape', shape)])
  const number = (name: string, value: number): string => build.floats(name, [], [value])
  const others = [build.ints('most', [most], []), number('overlap', 0.5), number('least', 0)]
  const inputs = [boxes, build.floats('scores', [2], [0.5, 1]), ...others]
  build.node('NonMaxSuppressionV4', 'suppressed', inputs, { pad_to_max_output_size: boolOf(true) })
  const { graph, weights } = build.work('beside', 'suppressed')
  const compiled = await CompiledGraph.compile(graph, weights)
  const feeds = new Map([['image:0', tf.tensor2d([0, 0, 1, 1, 0, 0, 1, 2], [2, 4])]])
  const before = tf.memory().numTensors
  const error: unknown = await compiled.run(feeds).then(tf.dispose, (error: unknown) => error)
  const left = tf.memory().numTensors - before
  await nextTask()
  await nextTask()
  return { error, left, later: tf.memory().numTensors - before }
}

describe.each([
  ['made by the graph', true],
  ['fed', false],
])('suppression of boxes that are %s', (_, areMade) => {
  it.each([
    ['another operation', 2, [3], /must match the product of shape 3/],
    ['another and it, too,', -1, [3], /must match the product of shape 3/],
    ['it alone', -1, [8], /Invalid typed array length/],
  ])('where %s fails, that is told once, and nothing is left', async (_, most, shape, reason) => {
    const { error, ...tensors } = await suppressed(most, shape, areMade)
    expect(error).toMatchObject({ code: 'run-failed', message: expect.stringMatching(reason) as string })
    expect(tensors).toEqual({ left: 0, later: 0 })
    expect(unheard).toEqual([])
  })

  it('where none fails, nothing is left', async () => {
    expect(await suppressed(2, [8], areMade)).toEqual({ error: undefined, left: 0, later: 0 })
    expect(unheard).toEqual([])
  })
})
