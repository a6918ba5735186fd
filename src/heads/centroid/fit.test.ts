import { describe, expect, it } from 'vitest'
import cases from './fit/fixtures/scikit-learn.json'
import { probabilities } from '../../compute/head/probabilities'
import { fittable, photos } from '../../compute/head/testing/fittable'
import { quietJob } from '../../compute/head/testing/quiet-job'
import { CutpointError } from '../../errors'
import { centroidFit } from './fit'

const options = { kind: 'centroid' } as const

describe('nearest averages', () => {
  it.each(cases)('name what scikit-learn names: $name', async (given) => {
    const { layers } = await centroidFit.fit(fittable(given), options, quietJob)
    const chances = [...probabilities(Float32Array.from(given.others), given.length, layers)]
    const predicted = given.predicted.map((_, row) => {
      const own = chances.slice(row * given.classes, (row + 1) * given.classes)
      return own.indexOf(Math.max(...own))
    })
    expect(predicted).toEqual(given.predicted)
  })

  it('are as sure as held-out photos bear out', async () => {
    const { given, others } = photos({ count: 120, others: 300, length: 24, classes: 3 })
    const { layers } = await centroidFit.fit(given, options, quietJob)
    const chances = probabilities(others.features, 24, layers)
    let [sure, right] = [0, 0]
    others.labels.forEach((label, row) => {
      const own = chances.subarray(row * 3, row * 3 + 3)
      sure += Math.max(...own)
      right += own[label] === Math.max(...own) ? 1 : 0
    })
    expect(right / 300).toBeGreaterThan(0.75)
    expect(Math.abs(sure - right) / 300).toBeLessThan(0.06)
  })

  it('never name a label without photos, and say nothing of photos that are all the same', async () => {
    const few = fittable({ length: 2, classes: 3, features: [1, 0, 0, 1], labels: [0, 2] })
    const { layers } = await centroidFit.fit(few, options, quietJob)
    const [one, none, other] = probabilities(Float32Array.of(1, 0), 2, layers)
    expect([one > other, none]).toEqual([true, 0])
    const same = fittable({ length: 2, classes: 2, features: [1, 2, 1, 2, 1, 2, 1, 2], labels: [0, 0, 1, 1] })
    const flat = await centroidFit.fit(same, options, quietJob)
    expect([...probabilities(Float32Array.of(1, 2), 2, flat.layers)]).toEqual([0.5, 0.5])
  })

  it('refuse features that are not finite, and one label', async () => {
    const broken = fittable({ length: 1, classes: 2, features: [1, NaN], labels: [0, 1] })
    const single = fittable({ length: 1, classes: 2, features: [1, 2], labels: [1, 1] })
    for (const [given, code] of [
      [broken, 'not-finite'],
      [single, 'one-label'],
    ] as const) {
      const error: unknown = await centroidFit.fit(given, options, quietJob).catch((reason: unknown) => reason)
      expect(error instanceof CutpointError && error.code).toBe(code)
    }
  })
})
