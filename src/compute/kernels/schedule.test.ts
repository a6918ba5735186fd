import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { scheduleOf, type Scheduled } from './schedule'

interface KerasRates {
  readonly name: string
  readonly options: Scheduled
  readonly each: number
  readonly rates: readonly number[]
}

const { schedules } = JSON.parse(
  readFileSync(new URL('../../heads/dense/fit/fixtures/keras-options.json', import.meta.url), 'utf8'),
) as {
  schedules: readonly KerasRates[]
}

describe('the rate of each step', () => {
  it.each(schedules)('is Keras’ with $name', ({ options, each, rates }) => {
    const rateAt = scheduleOf(options, each)
    const apart = rates.map((rate, taken) => Math.abs(rateAt(taken) - rate))
    expect(Math.max(...apart)).toBeLessThan(1e-6 * options.learningRate)
    expect(new Set(rates).size).toBeGreaterThan(3)
  })

  it('stays where nothing was chosen, and in a training that is all warm-up never falls', () => {
    const options: Scheduled = { learningRate: 0.1, schedule: 'constant', warmup: 0, epochs: 3 }
    expect([0, 1, 50].map(scheduleOf(options, 4))).toEqual([0.1, 0.1, 0.1])
    const warming = scheduleOf({ ...options, schedule: 'cosine', warmup: 3 }, 4)
    expect([0, 6, 11].map(warming)).toEqual([0, 0.05, 0.1 * (11 / 12)])
  })
})
