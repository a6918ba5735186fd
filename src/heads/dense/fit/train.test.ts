import { readFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, describe, expect, it } from 'vitest'
import { uniform } from '../../../random'
import { mixes } from '../../../augment-options'
import { createMixer } from '../../../compute/head/mixing/mixture'
import { createPace } from '../../../compute/head/pace'
import { probabilities } from '../../../compute/head/probabilities'
import { shuffled } from '../../../compute/head/random'
import { synthesise } from '../../../compute/head/testing/synthetic'
import { fitDenseHead, type DenseFit, type DenseFitOptions, type DenseProblem } from './train'
import { kernelSteps } from './kernel-steps'
import { prepare, scalingOf } from '../../../compute/head/rows'
import type { Steps, StepsOptions } from './steps'
import { TensorSteps } from './tensor-steps'
import { followKeras, mixturesOf, type KerasMixRun, type KerasRun } from './testing/keras-run'
import type { UpdateRule } from '../../../compute/kernels/update-rules'
import { dense } from '../spec'
import { firstWeights } from './weights'

const keras = JSON.parse(readFileSync(new URL('fixtures/keras.json', import.meta.url), 'utf8')) as KerasRun

const mix = JSON.parse(readFileSync(new URL('fixtures/keras-mix.json', import.meta.url), 'utf8')) as KerasMixRun

beforeAll(() => tf.setBackend('cpu'))

const length = 40
const classes = 3
const head: DenseFitOptions['head'] = {
  ...dense.defaults,
  hidden: [16],
  dropout: 0.2,
  optimizer: 'adam',
  learningRate: 0.01,
  epochs: 12,
  batchSize: 16,
  patience: 0,
}

function made(change: Partial<DenseProblem> = {}, images = 60): DenseProblem {
  return {
    training: synthesise(images, length, classes, 3),
    validation: null,
    length,
    classes,
    classWeights: 'none',
    ...change,
  }
}

function fit(
  problem: DenseProblem,
  change: Partial<DenseFitOptions['head']> = {},
  options: Partial<DenseFitOptions> = {},
) {
  return fitDenseHead(problem, { head: { ...head, ...change }, seed: 1, pace: createPace(), ...options })
}

function shareRight({ layers }: DenseFit, { features, labels }: DenseProblem['training']): number {
  const chances = probabilities(features, length, layers)
  const right = labels.filter((label, row) => {
    const own = chances.subarray(row * classes, (row + 1) * classes)
    return own[label] === Math.max(...own)
  })
  return right.length / labels.length
}

const ways = {
  kernel: kernelSteps,
  tensors: (options: StepsOptions) => Promise.resolve(new TensorSteps(options)),
}
const rules = Object.keys(keras.losses) as UpdateRule[]
const both = rules.flatMap((rule) => [
  { rule, way: 'kernel' as const },
  { rule, way: 'tensors' as const },
])

const variants = keras.variants.flatMap((variant) => [
  { name: variant.name, variant, way: 'kernel' as const },
  { name: variant.name, variant, way: 'tensors' as const },
])

const mixed = mix.runs.flatMap((run) => [
  { name: run.name, run, way: 'kernel' as const },
  { name: run.name, run, way: 'tensors' as const },
])

describe('steps', () => {
  it.each(variants)('follow Keras’ loss with $name on the $way', async ({ variant, way }) => {
    const losses = await followKeras(keras, variant, ways[way])
    expect(losses).toHaveLength(50)
    const apart = losses.map((loss, step) => Math.abs(loss - variant.losses[step]))
    expect(Math.max(...apart)).toBeLessThan(1e-3)
    // Without any one of the options it would go elsewhere.
    for (const without of Object.keys(variant.options)) {
      const options = Object.fromEntries(Object.entries(variant.options).filter(([name]) => name !== without))
      if (without === 'epochs' || (without === 'warmup' && 'schedule' in options)) continue
      const other = await followKeras(keras, { ...variant, options }, ways[way])
      expect(Math.max(...other.map((loss, step) => Math.abs(loss - variant.losses[step])))).toBeGreaterThan(5e-3)
    }
  })

  it.each(both)('follow Keras’ loss with $rule on the $way', async ({ rule, way }) => {
    const losses = await followKeras(keras, { rule, options: {} }, ways[way])
    expect(losses).toHaveLength(50)
    const apart = losses.map((loss, step) => Math.abs(loss - keras.losses[rule][step]))
    expect(Math.max(...apart)).toBeLessThan(1e-3)
    // Else there would be nothing to follow.
    expect(keras.losses[rule][49]).toBeLessThan(0.8 * keras.losses[rule][0])
  })

  it.each(mixed)('follow Keras’ loss with $name on the $way', async ({ run, way }) => {
    const options = { rule: 'adam' as const, options: run.options }
    const losses = await followKeras(keras, options, ways[way], mixturesOf(mix, run.kind))
    expect(losses).toHaveLength(50)
    expect(Math.max(...losses.map((loss, step) => Math.abs(loss - run.losses[step])))).toBeLessThan(1e-3)
    // Targets of one label would lead elsewhere.
    const whole = mixturesOf(mix, run.kind).map((each) => ({ ...each, shares: each.shares.map(() => 0) }))
    const other = await followKeras(keras, options, ways[way], whole)
    expect(Math.max(...other.map((loss, step) => Math.abs(loss - run.losses[step])))).toBeGreaterThan(0.1)
  })

  it.each(rules.flatMap((rule) => mixes.map((kind) => ({ rule, kind }))))(
    'are the same on kernel and tensors with $rule, mixed by $kind: dropout, weights of rows, held-out rows and all options',
    async ({ rule, kind }) => {
      const map = { height: 5, width: 6, channels: 5, channelsFirst: false }
      // More weights than one piece of the kernel holds, and a last batch that fills no panel.
      const widths = [150, 30, 18, classes]
      const [training, held] = [synthesise(45, 150, classes, 6), synthesise(21, 150, classes, 7)]
      const scaling = scalingOf(training.features, 150)
      const run = async (create: (options: StepsOptions) => Promise<Steps>): Promise<number[]> => {
        const steps = await create({
          training: prepare(
            training,
            scaling,
            Float32Array.from(training.labels, (label) => 0.5 + label / 2),
          ),
          held: prepare(held, scaling, new Float32Array(21).fill(1)),
          layers: firstWeights(widths, 'glorot_uniform', 9),
          rule,
          rate: (taken) => 0.003 - 0.0001 * taken,
          weightDecay: 0.5,
          labelSmoothing: 0.1,
          clipNorm: 1,
          dropout: 0.3,
          seed: 4,
          most: 21,
          pace: createPace(),
        })
        const mixer = createMixer({ mix: kind, mixAlpha: 0.5 }, map, 2)
        const said: number[] = []
        for (let epoch = 0; epoch < 4; epoch++) {
          const order = shuffled(45, uniform(epoch))
          for (let first = 0; first < 45; first += 16) {
            const rows = order.subarray(first, first + 16)
            await steps.step(rows, mixer(rows.length))
          }
          const trained = await steps.sums()
          await steps.evaluate(order.filter((row) => row < 21))
          const evaluated = await steps.sums()
          said.push(trained.loss, trained.correct, evaluated.loss, evaluated.correct)
        }
        steps.keepBest()
        // Not in what is kept.
        await steps.step(Int32Array.of(0), null)
        const best = await steps.best()
        expect(best.map(({ kernel, bias }) => [kernel.length, bias.length])).toEqual([
          [150 * 30, 30],
          [30 * 18, 18],
          [18 * 3, 3],
        ])
        expect(steps.taken).toBe(13)
        steps.dispose()
        return [...said, ...best.flatMap(({ kernel, bias }) => [...kernel, ...bias])]
      }
      const [kernel, tensors] = [await run(ways.kernel), await run(ways.tensors)]
      expect(Math.max(...kernel.map((value, index) => Math.abs(value - tensors[index])))).toBeLessThan(1e-4)
      expect(Math.abs(kernel[0] - kernel[12])).toBeGreaterThan(1)
      expect(tf.memory().numTensors).toBe(0)
    },
  )
})

describe('a head with hidden layers', () => {
  it('learns, and its layers on raw features say what it said in training', async () => {
    const problem = made()
    const validation = synthesise(30, length, classes, 3)
    const result = await fit({ ...problem, validation }, { dropout: 0, epochs: 30 })
    expect(result.layers.map(({ outputs, activation }) => [outputs, activation])).toEqual([
      [16, 'relu'],
      [3, 'softmax'],
    ])
    const best = result.history.reduce((left, right) =>
      (right.validationLoss ?? 0) < (left.validationLoss ?? 0) ? right : left,
    )
    expect(shareRight(result, validation)).toBeCloseTo(best.validationAccuracy ?? 0, 6)
    const chances = probabilities(validation.features, length, result.layers)
    const loss = validation.labels.reduce((sum, label, row) => sum - Math.log(chances[row * classes + label]), 0) / 30
    expect(loss).toBeCloseTo(best.validationLoss ?? 0, 4)
    expect(shareRight(result, problem.training)).toBeGreaterThan(0.95)
  })

  it('is the same for the same seed, and another for another', async () => {
    const [first, second, other] = [await fit(made()), await fit(made()), await fit(made(), {}, { seed: 2 })]
    expect(second.layers).toEqual(first.layers)
    expect(second.history).toEqual(first.history)
    expect(other.layers[0].kernel).not.toEqual(first.layers[0].kernel)
  })

  it.each([
    { weightDecay: 0.1 },
    { labelSmoothing: 0.1 },
    { clipNorm: 0.1 },
    { schedule: 'cosine' as const },
    { schedule: { every: 2, factor: 0.5 } },
    { warmup: 2 },
    { initializer: 'he_normal' as const },
    { mix: 'mixup' as const, mixAlpha: 0.4 },
  ])('is another with %j', async (change) => {
    const [plain, changed] = [await fit(made()), await fit(made(), change)]
    expect(changed.layers[1].kernel).not.toEqual(plain.layers[1].kernel)
    expect(shareRight(changed, made().training)).toBeGreaterThan(0.9)
  })

  it('keeps the weights of the best epoch and stops when it gets no better', async () => {
    // Labels that cannot be known: the loss on held-out rows gets worse while the training goes on.
    const validation = {
      ...synthesise(40, length, classes, 5),
      labels: Int32Array.from({ length: 40 }, (_, row) => (row * 7) % 3),
    }
    const result = await fit(made({ validation }), { epochs: 200, patience: 4, learningRate: 0.02 })
    const losses = result.history.map((step) => step.validationLoss ?? NaN)
    const best = losses.indexOf(Math.min(...losses))
    expect(result.stopped).toBe('patience')
    expect(losses).toHaveLength(best + 5)
    expect(result.loss).toBe(result.history[best].loss)
    const chances = probabilities(validation.features, length, result.layers)
    const loss = validation.labels.reduce((sum, label, row) => sum - Math.log(chances[row * classes + label]), 0) / 40
    expect(loss).toBeCloseTo(losses[best], 4)
  })

  it('goes by the rows as they are where it is trained on mixtures and none are held out', async () => {
    const problem = made()
    const options = { mix: 'mixup' as const, mixAlpha: 1, epochs: 20, patience: 3, dropout: 0 }
    const result = await fit(problem, options)
    const watched = await fit({ ...problem, validation: problem.training }, options)
    expect(result.layers).toEqual(watched.layers)
    expect(result.history.map(({ loss }) => loss)).toEqual(watched.history.map(({ loss }) => loss))
    // They are not told as held out.
    expect(result.history.every((step) => step.validationLoss === null && step.validationAccuracy === null)).toBe(true)
    // Mixtures of the round that is kept did not happen to cost least.
    expect(result.loss).toBeGreaterThan(Math.min(...result.history.map(({ loss }) => loss)))
    expect(shareRight(result, problem.training)).toBeGreaterThan(0.95)
  })

  it('lets a rare label count as much as the others when asked', async () => {
    const all = synthesise(90, length, classes, 8)
    const rows = [...all.labels.keys()].filter((row) => all.labels[row] !== 2 || row < 12)
    const features = Float32Array.from(
      rows.flatMap((row) => [...all.features.subarray(row * length, (row + 1) * length)]),
    )
    const training = { features, labels: Int32Array.from(rows, (row) => all.labels[row]) }
    const few = { epochs: 2, dropout: 0 }
    const unseen = synthesise(300, length, classes, 8)
    const said = (result: DenseFit): number => {
      const chances = probabilities(unseen.features, length, result.layers)
      return chances.filter((_, index) => index % classes === 2).reduce((sum, chance) => sum + chance, 0) / 300
    }
    const plain = said(await fit(made({ training }), few))
    const balanced = said(await fit(made({ training, classWeights: 'balanced' }), few))
    expect(balanced).toBeGreaterThan(plain + 0.05)
  })

  it('leaves no tensors behind, cancelled or not', async () => {
    const before = tf.memory().numTensors
    await fit(made({ validation: synthesise(10, length, classes, 2) }))
    expect(tf.memory().numTensors).toBe(before)
    let calls = 0
    const pace = {
      yieldTurn: () => (++calls > 6 ? Promise.reject(new Error('cancelled')) : Promise.resolve()),
    }
    await expect(fit(made(), {}, { pace })).rejects.toThrow('cancelled')
    expect(tf.memory().numTensors).toBe(before)
  })

  it('says so when the loss is not a number, and keeps what was good before', async () => {
    const rate = { learningRate: 1e30, dropout: 0 }
    await expect(fit(made(), { ...rate, optimizer: 'sgd' })).rejects.toMatchObject({ code: 'not-finite' })
    expect(tf.memory().numTensors).toBe(0)
  })
})

describe('scaling', () => {
  it('is exact far from zero, and leaves constant features out', () => {
    const { mean, scale } = scalingOf(Float32Array.from([10001, 5, 10003, 5]), 2)
    expect([...mean]).toEqual([10002, 5])
    expect([...scale]).toEqual([1, 0])
  })
})
