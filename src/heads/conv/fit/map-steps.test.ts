import { describe, expect, it } from 'vitest'
import { createPace } from '../../../compute/head/pace'
import { TailTeam } from '../../../compute/tail/team/team'
import type { HeadLayer } from '../../../graph/graft/layers/forms'
import { MapSteps, type MapStepsOptions } from './map-steps'
import keras from './fixtures/keras.json'

const { height, width, channels, labels, filters } = keras
const [kernel1, bias1, kernel2, bias2, kernel3, bias3] = keras.weights.map((values) => Float32Array.from(values))
const at = { height, width, size: 3, activation: 'relu' } as const
const layers: HeadLayer[] = [
  { kind: 'conv', ...at, channels, filters: filters[0], kernel: kernel1, bias: bias1 },
  { kind: 'conv', ...at, channels: filters[0], filters: filters[1], kernel: kernel2, bias: bias2 },
  { kind: 'global-pool', height, width, channels: filters[1] },
  { kind: 'dense', kernel: kernel3, bias: bias3, outputs: 3, activation: 'softmax' },
]
const rows = { features: Float32Array.from(keras.maps), labels: Int32Array.from(labels) }

async function openSteps(given: Partial<MapStepsOptions>): Promise<MapSteps> {
  const options: MapStepsOptions = {
    training: { ...rows, weights: new Float32Array(labels.length).fill(1) },
    held: rows,
    scale: 1,
    layers,
    rule: 'adam',
    rate: () => 0.01,
    weightDecay: 0,
    clipNorm: 0,
    dropout: 0,
    seed: 1,
    batch: 8,
    pace: createPace(),
    ...given,
  }
  const start = (): never => {
    throw new Error('no threads here')
  }
  return MapSteps.open(options, { open: (tail, how) => TailTeam.open(tail, how), threads: 1, start })
}

/** The mean loss of each step. */
async function lossesOf(steps: MapSteps): Promise<number[]> {
  const losses: number[] = []
  for (const order of keras.order) {
    await steps.step(Int32Array.from(order))
    losses.push((await steps.sums()).loss / order.length)
  }
  steps.dispose()
  return losses
}

describe('50 steps of a convolutional head', () => {
  it.each([
    { name: 'adam', given: {} },
    { name: 'sgd', given: { rule: 'sgd', rate: () => 0.1 } },
    { name: 'decayed', given: { weightDecay: 0.1, clipNorm: 0.5 } },
  ] as const)('are those of Keras: $name', async ({ name, given }) => {
    const losses = await lossesOf(await openSteps(given))
    const wanted = keras.runs[name]
    expect(Math.max(...wanted.map((loss, step) => Math.abs(losses[step] - loss) / loss))).toBeLessThan(1e-3)
    expect(wanted[49]).toBeLessThan(wanted[0])
  })

  it('are others with dropout, the same again, and what is evaluated is not left out', async () => {
    const dropped = await lossesOf(await openSteps({ dropout: 0.4 }))
    expect(await lossesOf(await openSteps({ dropout: 0.4 }))).toEqual(dropped)
    expect(Math.max(...dropped.map((loss, step) => Math.abs(loss - keras.runs.adam[step])))).toBeGreaterThan(0.01)
    const [plain, left] = await Promise.all([openSteps({}), openSteps({ dropout: 0.4 })])
    const all = Int32Array.from(labels.keys())
    for (const steps of [plain, left]) await steps.evaluate(all)
    const [one, other] = [await plain.sums(), await left.sums()]
    expect(other.loss).toBeCloseTo(one.loss, 4)
    expect(other.correct).toBe(one.correct)
    for (const steps of [plain, left]) steps.dispose()
  })
})
