import { describe, expect, it } from 'vitest'
import cases from './fit/fixtures/scikit-learn.json'
import { createPace } from '../../compute/head/pace'
import { probabilities } from '../../compute/head/probabilities'
import { quietJob } from '../../compute/head/testing/quiet-job'
import { fittable, photos } from '../../compute/head/testing/fittable'
import { applyLayers } from '../../graph/graft/layers/runs'
import { CutpointError } from '../../errors'
import { svmFit } from './fit'
import { groundOf, kernelOf } from './fit/ground'
import { linearLayer, rbfLayers } from './fit/layers'
import { machinesFor, tolerances } from './fit/machines'
import { svm, type SvmOptions } from './spec'

const pace = createPace()

/** Scores of other rows, by the layers of the machines that the rows give: `[others, labels]`. */
async function decisions(given: (typeof cases)[number]): Promise<number[]> {
  const { length, classes, c, gamma } = given
  const { classWeights } = given
  const ground = await groundOf(
    { ...fittable(given), classWeights: classWeights === 'balanced' ? 'balanced' : 'none' },
    pace,
  )
  const kernel = kernelOf(ground, gamma)
  const all = Int32Array.from(ground.classes.keys())
  const machines = await machinesFor(ground, { c, gamma }, all, { kernel, tolerance: tolerances.trained }, pace)
  expect(machines.every(({ converged }) => converged)).toBe(true)
  const { before, weights, bias } = gamma === null ? linearLayer(ground, machines) : rbfLayers(ground, machines, gamma)
  const last = {
    kind: 'dense',
    kernel: Float32Array.from(weights),
    bias: Float32Array.from(bias),
    outputs: classes,
    activation: 'none',
  } as const
  const others = Float32Array.from(given.others)
  return Array.from({ length: others.length / length }, (_, row) => [
    ...applyLayers([...before, last], others.subarray(row * length, (row + 1) * length)),
  ]).flat()
}

const linear: SvmOptions = { kind: 'svm', kernel: 'linear', c: 1e-3, gamma: 'auto' }
const rbf: SvmOptions = { kind: 'svm', kernel: 'rbf', c: 'auto', gamma: 'auto' }

describe('support vector machines', () => {
  it.each(cases)("give scikit-learn's decision values: $name", async (given) => {
    const own = await decisions(given)
    expect(own).toHaveLength(given.decisions.length)
    const apart = own.map((value, at) => Math.abs(value - given.decisions[at]))
    expect(Math.max(...apart)).toBeLessThan(1e-3)
  })

  it.each([linear, rbf])(
    'name what has the greatest decision value, and are sure of it as held-out photos bear out: $kernel',
    async (options) => {
      const { given, others } = photos({ count: 120, others: 300, length: 24, classes: 3 })
      const settled = (await svmFit.settle?.(given, options, quietJob)) ?? options
      const { layers } = await svmFit.fit(given, settled, quietJob)
      const chances = probabilities(others.features, 24, layers)
      let [sure, right] = [0, 0]
      others.labels.forEach((label, row) => {
        const own = chances.subarray(row * 3, row * 3 + 3)
        sure += Math.max(...own)
        right += own[label] === Math.max(...own) ? 1 : 0
      })
      expect(right / 300).toBeGreaterThan(0.75)
      expect(Math.abs(sure - right) / 300).toBeLessThan(0.06)
    },
  )

  it('choose cost and width where they are left to them, and only these', async () => {
    const { given } = photos({ count: 60, others: 0, length: 24, classes: 3 })
    const settle = (change: Partial<SvmOptions>): Promise<SvmOptions> | undefined =>
      svmFit.settle?.(given, { ...rbf, ...change }, quietJob)
    expect(await settle({})).toMatchObject({ c: expect.any(Number) as number, gamma: expect.any(Number) as number })
    expect(await settle({ c: 7 })).toMatchObject({ c: 7, gamma: expect.any(Number) as number })
    expect(await settle({ kernel: 'linear' })).toMatchObject({ c: expect.any(Number) as number, gamma: 'auto' })
    expect(await settle({ c: 7, gamma: 0.001 })).toEqual({ ...rbf, c: 7, gamma: 0.001 })
  })

  it('train with one photo a label, with photos that are all the same, and with a label that has none', async () => {
    const one = fittable({ length: 3, classes: 4, features: [1, 2, 3, 4, 5, 7], labels: [0, 2] })
    const same = fittable({
      length: 2,
      classes: 2,
      features: new Array<number>(12).fill(1),
      labels: [0, 0, 0, 1, 1, 1],
    })
    for (const options of [linear, rbf, svm.defaults]) {
      const settled = (await svmFit.settle?.(one, options, quietJob)) ?? options
      expect(settled).toEqual(options)
      const { layers } = await svmFit.fit(one, settled, quietJob)
      const [first, second] = [one.training.data.subarray(0, 3), one.training.data.subarray(3)].map((row) => [
        ...probabilities(row, 3, layers),
      ])
      expect([first.indexOf(Math.max(...first)), second.indexOf(Math.max(...second))]).toEqual([0, 2])
      expect([first[1], first[3], second[1], second[3]]).toEqual([0, 0, 0, 0])
      const flat = await svmFit.fit(same, options, quietJob)
      const chances = [...probabilities(same.training.data.subarray(0, 2), 2, flat.layers)]
      expect(chances.every((chance) => chance > 0.4)).toBe(true)
    }
  })

  it('keep no photo that is on the right side of every margin', async () => {
    const { given } = photos({ count: 240, others: 0, length: 24, classes: 3 })
    const { layers } = await svmFit.fit(given, { ...rbf, c: 4, gamma: 2e-4 }, quietJob)
    const [, vectors] = layers
    if (vectors.kind !== 'rbf') throw new Error('There is no layer of support vectors.')
    expect(vectors.vectors.length / 24).toBeLessThan(240)
    expect(vectors.vectors.length / 24).toBeGreaterThan(20)
  })

  it('refuse more photos than can be compared with each other, features that are not finite, and one label', async () => {
    const many = fittable({
      length: 1,
      classes: 2,
      features: new Array<number>(4001).fill(1),
      labels: new Array<number>(4001).fill(0),
    })
    const broken = fittable({ length: 1, classes: 2, features: [1, NaN], labels: [0, 1] })
    const single = fittable({ length: 1, classes: 2, features: [1, 2], labels: [1, 1] })
    for (const [given, code] of [
      [many, 'too-large'],
      [broken, 'not-finite'],
      [single, 'one-label'],
    ] as const) {
      const error: unknown = await svmFit.fit(given, linear, quietJob).catch((reason: unknown) => reason)
      expect(error instanceof CutpointError && [error.code, error.next !== '']).toEqual([code, true])
    }
  })

  it('stop when they are asked to', async () => {
    const { given } = photos({ count: 240, others: 0, length: 24, classes: 3 })
    const cancelled = {
      ...quietJob,
      checkCancelled: () => {
        throw new Error('cancelled')
      },
    }
    // Asked about every 30 ms.
    await expect(
      svmFit.fit({ ...given, ...photos({ count: 900, others: 0, length: 64, classes: 30 }).given }, rbf, cancelled),
    ).rejects.toThrow('cancelled')
  })
})
