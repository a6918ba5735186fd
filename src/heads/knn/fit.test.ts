import { describe, expect, it, vi } from 'vitest'
import cases from './fit/fixtures/scikit-learn.json'
import { createPace } from '../../compute/head/pace'
import { probabilities } from '../../compute/head/probabilities'
import { fittable, photos } from '../../compute/head/testing/fittable'
import { quietJob } from '../../compute/head/testing/quiet-job'
import { CutpointError } from '../../errors'
import { knnFit } from './fit'
import { prototypesOf, unitRows } from './fit/prototypes'

describe('nearest neighbours', () => {
  it.each(cases)("give scikit-learn's shares and labels: $name", async (given) => {
    const { layers } = await knnFit.fit(fittable(given), { kind: 'knn', k: given.k }, quietJob)
    const shares = [...probabilities(Float32Array.from(given.others), given.length, layers)]
    shares.forEach((share, at) => expect(share).toBeCloseTo(given.shares[at], 6))
    const predicted = given.predicted.map((_, row) => {
      const own = shares.slice(row * given.classes, (row + 1) * given.classes)
      return own.indexOf(Math.max(...own))
    })
    expect(predicted).toEqual(given.predicted)
  })

  it('keep 50 of a label at most, the same ones each time, which stand for all', async () => {
    const { given, others } = photos({ count: 240, others: 150, length: 24, classes: 3 })
    const { layers } = await knnFit.fit(given, { kind: 'knn', k: 5 }, quietJob)
    const [, nearest] = layers
    if (nearest.kind !== 'nearest') throw new Error('There is no layer of neighbours.')
    expect(nearest.counts).toEqual([50, 50, 50])
    expect(nearest.prototypes).toHaveLength(150 * 24)
    expect((await knnFit.fit({ ...given, seed: 9 }, { kind: 'knn', k: 5 }, quietJob)).layers).toEqual(layers)
    const chances = probabilities(others.features, 24, layers)
    const right = others.labels.filter((label, row) => {
      const own = chances.subarray(row * 3, row * 3 + 3)
      return own[label] === Math.max(...own)
    })
    expect(right.length / 150).toBeGreaterThan(0.75)
  })

  it('have means that are each the mean direction of the rows nearest to it', async () => {
    const { given } = photos({ count: 90, others: 0, length: 8, classes: 3 })
    const rows = unitRows(given.training.data, 8)
    const pace = createPace()
    const kept = await prototypesOf(rows, 8, { classes: new Int32Array(90), labels: 1, most: 4 }, pace)
    const dot = (row: number, centre: number): number =>
      Array.from({ length: 8 }, (_, column) => rows[row * 8 + column] * kept.rows[centre * 8 + column]).reduce(
        (a, b) => a + b,
      )
    const sums = Array.from({ length: 4 }, () => new Float64Array(8))
    for (let row = 0; row < 90; row++) {
      const near = [0, 1, 2, 3].map((centre) => dot(row, centre))
      const own = sums[near.indexOf(Math.max(...near))]
      own.forEach((_, column) => (own[column] += rows[row * 8 + column]))
    }
    sums.forEach((sum, centre) => {
      const size = Math.hypot(...sum)
      sum.forEach((value, column) => expect(value / size).toBeCloseTo(kept.rows[centre * 8 + column], 5))
    })
  })

  it('never ask so many neighbours that every photo gets the same answer', async () => {
    const few = fittable({ length: 2, classes: 3, features: [1, 0, 0, 1, 1, 1], labels: [0, 1, 1] })
    for (const k of [3, 5]) {
      expect(await knnFit.settle?.(few, { kind: 'knn', k }, quietJob)).toEqual({ kind: 'knn', k: 1 })
    }
    expect(await knnFit.settle?.(few, { kind: 'knn', k: 2 }, quietJob)).toEqual({ kind: 'knn', k: 2 })
    const { layers, fit } = await knnFit.fit(few, { kind: 'knn', k: 3 }, quietJob)
    expect([...probabilities(Float32Array.of(1, 0), 2, layers)]).toEqual([1 / 3, 2 / 3, 0].map(Math.fround))
    expect(Number.isFinite(fit.loss)).toBe(true)
  })

  it('name few photos by those like them, also where one is left out', async () => {
    const features = [1, 0, 0.9, 0.1, 0, 1, 0.1, 0.9]
    const twice = fittable({ length: 2, classes: 2, features, labels: [0, 0, 1, 1] })
    const settled = await knnFit.settle?.(twice, { kind: 'knn', k: 5 }, quietJob)
    const { layers } = await knnFit.fit(twice, settled ?? { kind: 'knn', k: 5 }, quietJob)
    const chances = probabilities(Float32Array.from(features), 2, layers)
    expect([0, 1, 2, 3].map((row) => chances[2 * row] > chances[2 * row + 1])).toEqual([true, true, false, false])
    const rest = fittable({ length: 2, classes: 2, features: features.slice(2), labels: [0, 1, 1] })
    const again = await knnFit.refit?.(rest, { kind: 'knn', k: 3 }, [], quietJob)
    expect([...probabilities(Float32Array.of(1, 0), 2, again?.layers ?? [])]).toEqual([1, 0])
  })

  it('let messages in while the photos trained on are looked at', async () => {
    const { given } = photos({ count: 60, others: 0, length: 8, classes: 3 })
    let now = 0
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 100))
    let turns = 0
    const checkCancelled = (): void => {
      turns++
    }
    await knnFit.fit(given, { kind: 'knn', k: 5 }, { ...quietJob, checkCancelled }).finally(() => clock.mockRestore())
    expect(turns).toBeGreaterThan(60)
  })

  it('refuse features that are not finite, one label, and more photos than are quick', async () => {
    const broken = fittable({ length: 1, classes: 2, features: [1, Infinity], labels: [0, 1] })
    const single = fittable({ length: 1, classes: 2, features: [1, 2], labels: [1, 1] })
    const many = fittable({
      length: 2 ** 14,
      classes: 1100,
      features: new Float32Array(1100 * 2 ** 14),
      labels: Int32Array.from({ length: 1100 }, (_, row) => row),
    })
    for (const [given, code] of [
      [broken, 'not-finite'],
      [single, 'one-label'],
      [many, 'too-large'],
    ] as const) {
      const error: unknown = await knnFit.fit(given, { kind: 'knn', k: 1 }, quietJob).catch((reason: unknown) => reason)
      expect(error instanceof CutpointError && error.code).toBe(code)
    }
  })
})
