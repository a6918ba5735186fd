import * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { unlessGpuLost } from './gpu-loss'

beforeAll(() => {
  tf.registerBackend('never-started', () => Promise.reject(new Error('it is never started')), 9)
})
afterAll(() => tf.removeBackend('never-started'))

it('what went wrong before any backend was started stays what it was', async () => {
  const error = new Error('its files could not be fetched')
  expect(await unlessGpuLost(error)).toBe(error)
})
