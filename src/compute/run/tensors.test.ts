import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, expect, it } from 'vitest'
import { toValue } from './tensors'

beforeAll(() => tf.setBackend('cpu'))

it('reads texts, and says of numbers that are called text that they are none', async () => {
  expect(await toValue(tf.tensor(['été', '']))).toEqual({ shape: [2], dtype: 'string', data: ['été', ''] })
  const numbers = tf.engine().makeTensor(Float32Array.of(1, 2), [2], 'string')
  await expect(toValue(numbers)).rejects.toMatchObject({ code: 'run-failed' })
})
