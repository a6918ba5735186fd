import { expect, it } from 'vitest'
import type { HeadLayer } from '../../graph/graft/layers/forms'
import { workOf } from '../../graph/graft/layers/runs'
import { uniform } from '../../random'
import { createPace } from './pace'
import { pacedProbabilities, probabilities } from './probabilities'

const random = uniform(5)
const numbers = (count: number, size = 1): Float32Array =>
  Float32Array.from({ length: count }, () => size * (2 * random() - 1))

const conv: HeadLayer[] = [
  {
    kind: 'conv',
    height: 5,
    width: 4,
    channels: 24,
    filters: 32,
    size: 3,
    activation: 'relu',
    kernel: numbers(9 * 24 * 32, 0.1),
    bias: numbers(32),
  },
  {
    kind: 'conv',
    height: 5,
    width: 4,
    channels: 32,
    filters: 16,
    size: 2,
    activation: 'none',
    kernel: numbers(4 * 32 * 16, 0.1),
    bias: numbers(16),
  },
  { kind: 'global-pool', height: 5, width: 4, channels: 16 },
  { kind: 'dense', kernel: numbers(16 * 3), bias: numbers(3), outputs: 3, activation: 'softmax' },
]
const rbf: HeadLayer[] = [
  { kind: 'standardise', mean: numbers(640), scale: numbers(640) },
  { kind: 'rbf', gamma: 1 / 640, features: 640, vectors: numbers(200 * 640) },
  { kind: 'dense', kernel: numbers(200 * 3), bias: numbers(3), outputs: 3, activation: 'softmax' },
]
const nearest: HeadLayer[] = [
  { kind: 'unit-length', features: 640 },
  { kind: 'nearest', k: 3, counts: [100, 100], prototypes: numbers(200 * 640) },
]

it.each([
  { name: 'convolutions', layers: conv, length: 5 * 4 * 24 },
  { name: 'radial functions', layers: rbf, length: 640 },
  { name: 'nearest neighbours', layers: nearest, length: 640 },
])('$name of many photos give what the plain arithmetic gives, to 1e-6', async ({ layers, length }) => {
  const count = Math.ceil(4e7 / workOf(layers)) + 3
  const rows = numbers(count * length)
  const wanted = probabilities(rows, length, layers)
  const given: number[] = []
  for await (const row of pacedProbabilities(rows, length, layers, createPace())) given.push(...row)
  expect(given).toHaveLength(wanted.length)
  expect(Math.max(...given.map((value, at) => Math.abs(value - wanted[at])))).toBeLessThan(1e-6)
})

it('can be cancelled on the way', async () => {
  const rows = numbers(400 * 480)
  const pace = { yieldTurn: () => Promise.reject(new Error('cancelled')) }
  const all = async (): Promise<void> => {
    for await (const row of pacedProbabilities(rows, 480, conv, pace)) expect(row).toHaveLength(3)
  }
  await expect(all()).rejects.toThrow('cancelled')
})
