import { describe, expect, it, vi } from 'vitest'
import cases from './fixtures/scikit-learn.json'
import { createWorkspace } from './workspace'
import { fitLinearHead } from './solve'
import type { LinearProblem } from './types'
import { softmaxLayer } from '../../../compute/head/testing/softmax-layer'
import { probabilities } from '../../../compute/head/probabilities'
import { referenceLoss, referenceOptimum, standardised } from './testing/reference'
import { normal } from '../../../compute/head/testing/synthetic'
import { made, unfolded, largestDifference, codeOf } from './testing/problems'

describe('fitLinearHead against other solvers', () => {
  it.each(cases)("finds scikit-learn's probabilities: $name", async (expected) => {
    const features = Float32Array.from(expected.features)
    const fit = await fitLinearHead(
      {
        features,
        length: expected.length,
        labels: Int32Array.from(expected.labels),
        classes: expected.classes,
        classWeights: expected.classWeights === 'balanced' ? 'balanced' : 'none',
      },
      { l2: expected.l2, scale: expected.scale === 'each' ? 'each' : 'global' },
    )
    expect(fit.stopped).toBe('converged')
    expect(
      largestDifference(probabilities(features, expected.length, [softmaxLayer(fit)]), expected.probabilities),
    ).toBeLessThan(1e-4)
  })

  it("finds the loss of Newton's method", async () => {
    const problem = made(60, 6, 4, 11)
    const fit = await fitLinearHead(problem, { l2: 0.01, tolerance: 1e-6 })
    expect(fit.loss).toBeCloseTo(referenceOptimum(problem, 0.01), 6)
  })
})

describe('the gradient', () => {
  it('of the loss is what central differences say', () => {
    const problem = made(40, 5, 3, 1)
    const random = normal(2)
    const weights = Float64Array.from({ length: 15 }, random)
    const bias = Float64Array.from({ length: 3 }, random)
    const { gradient } = referenceLoss(problem, weights, bias, 0.05)
    const step = 3e-6
    const slopes = Array.from({ length: 18 }, (_, index) => {
      const moved = [1, -1].map((sign) => {
        const point = Float64Array.from([...weights, ...bias])
        point[index] += sign * step
        return referenceLoss(problem, point.subarray(0, 15), point.subarray(15), 0.05).loss
      })
      return (moved[0] - moved[1]) / (2 * step)
    })
    expect(largestDifference(gradient, slopes)).toBeLessThan(1e-8)
  })

  it.each([
    { images: 300, length: 96, classes: 5, l2: 0.01 },
    { images: 50, length: 203, classes: 3, l2: 0.001 },
    { images: 90, length: 40, classes: 2, l2: 0.1 },
    { images: 400, length: 70, classes: 40, l2: 0.03 },
    { images: 1300, length: 12, classes: 650, l2: 0.03 },
  ])('that is reported is that of the folded result: $images × $length, $classes labels', async (shape) => {
    const problem = made(shape.images, shape.length, shape.classes, 3)
    const fit = await fitLinearHead(problem, { l2: shape.l2 })
    const { weights, bias } = unfolded(problem, fit)
    const exact = referenceLoss(problem, weights, bias, shape.l2)
    const largest = exact.gradient.reduce((left, right) => Math.max(left, Math.abs(right)), 0)
    expect(fit.stopped).toBe('converged')
    expect(fit.gradient).toBeLessThanOrEqual(1e-4)
    expect(Math.abs(fit.gradient - largest)).toBeLessThan(1e-6)
    expect(Math.abs(fit.loss - exact.loss)).toBeLessThan(1e-6)
  })
})

it('takes memory by photos × labels and features × labels, and not by labels²', () => {
  let bytes = 0
  const count = (length: number, size: number): void => void (bytes += length * size)
  const [images, length, classes] = [100, 12, 10_000]
  createWorkspace(
    {
      float32: (size) => (count(size, 4), new Float32Array(0)),
      float64: (size) => (count(size, 8), new Float64Array(0)),
      int32: (size) => (count(size, 4), new Int32Array(0)),
    },
    images,
    length,
    classes,
  )
  expect(bytes).toBeLessThan(4 * (images + 6 * (length + 4)) * classes + 2e6)
})

describe('the result', () => {
  it('gives the same probabilities on raw features as the weights on standardised ones', async () => {
    const problem = made(80, 20, 4, 5)
    const fit = await fitLinearHead(problem, { l2: 0.02 })
    const { weights, bias } = unfolded(problem, fit)
    const { rows } = standardised(problem)
    const onStandardised = probabilities(Float32Array.from(rows), 20, [
      softmaxLayer({
        kernel: Float32Array.from(weights),
        bias: Float32Array.from(bias),
      }),
    ])
    expect(largestDifference(probabilities(problem.features, 20, [softmaxLayer(fit)]), onStandardised)).toBeLessThan(
      1e-5,
    )
  })

  it('gives constant features no weight, however large they are', async () => {
    const problem = made(60, 10, 3, 6)
    for (let image = 0; image < 60; image++) {
      problem.features[image * 10 + 2] = 1234.567
      problem.features[image * 10 + 7] = 0
    }
    const fit = await fitLinearHead(problem, { l2: 0.01 })
    for (const row of [2, 7]) expect([...fit.kernel.subarray(row * 3, row * 3 + 3)]).toEqual([0, 0, 0])
    expect(fit.kernel.every((value) => Number.isFinite(value))).toBe(true)
  })

  it('is not disturbed by tensors of very different scale and offset', async () => {
    const problem = { ...made(60, 8, 3, 7), lengths: [3, 5] }
    const scaled = problem.features.map((value, index) => (index % 8 < 3 ? value / 64 : 10 + value))
    const fit = await fitLinearHead({ ...problem, features: scaled }, { l2: 0.01 })
    const plain = await fitLinearHead(problem, { l2: 0.01 })
    expect(Math.abs(fit.loss - plain.loss)).toBeLessThan(1e-5)
    const together = await fitLinearHead({ ...problem, features: scaled, lengths: [8] }, { l2: 0.01 })
    expect(together.loss).toBeGreaterThan(plain.loss + 0.01)
  })

  it('is not disturbed by features of very different scale and offset where each has its own', async () => {
    const problem = made(60, 8, 3, 7)
    const scaled = problem.features.map((value, index) => 1000 + value * 10 ** ((index % 8) - 3))
    const options = { l2: 0.01, scale: 'each' } as const
    const fit = await fitLinearHead({ ...problem, features: scaled }, options)
    const plain = await fitLinearHead(problem, options)
    // float32 keeps about two digits of features that vary by 0.01 around 1000.
    expect(Math.abs(fit.loss - plain.loss)).toBeLessThan(0.01)
    expect(fit.stopped).toBe('converged')
  })

  it('is the same to the last bit, every time', async () => {
    const problem = made(120, 50, 5, 8)
    const first = await fitLinearHead(problem, { l2: 0.01 })
    const second = await fitLinearHead(problem, { l2: 0.01 })
    expect(second.kernel).toEqual(first.kernel)
    expect(second.bias).toEqual(first.bias)
    expect(second.history).toEqual(first.history)
  })

  it('is the same when two fits take turns', async () => {
    const [one, two] = [made(100, 60, 4, 9), made(110, 60, 4, 10)]
    const alone = await fitLinearHead(one, { l2: 0.01 })
    const together = await Promise.all([fitLinearHead(one, { l2: 0.01 }), fitLinearHead(two, { l2: 0.01 })])
    expect(together[0].kernel).toEqual(alone.kernel)
  })

  it('gives a label without photos next to no probability', async () => {
    const problem: LinearProblem = { ...made(40, 12, 3, 12), classes: 4, classWeights: 'balanced' }
    const predicted = probabilities(problem.features, 12, [softmaxLayer(await fitLinearHead(problem, { l2: 0.01 }))])
    for (let image = 0; image < 40; image++) expect(predicted[image * 4 + 3]).toBeLessThan(0.05)
  })

  it('is the same to rounding where WebAssembly is missing', async () => {
    const problem = made(120, 50, 5, 20)
    const fast = await fitLinearHead(problem, { l2: 0.01 })
    vi.resetModules()
    vi.stubGlobal('WebAssembly', undefined)
    const { fitLinearHead: fitPlainly } = await import('./solve')
    const plain = await fitPlainly(problem, { l2: 0.01 })
    vi.unstubAllGlobals()
    expect(plain.stopped).toBe('converged')
    expect(
      largestDifference(
        probabilities(problem.features, 50, [softmaxLayer(plain)]),
        probabilities(problem.features, 50, [softmaxLayer(fast)]),
      ),
    ).toBeLessThan(1e-4)
  })
})

describe('what cannot be trained', () => {
  const problem = made(20, 6, 2, 19)
  const options = { l2: 0.01 }

  it('is refused with its reason', async () => {
    const none = { features: new Float32Array(0), labels: new Int32Array(0), length: 6, classes: 2 }
    expect(await codeOf(fitLinearHead(none, options))).toBe('no-images')
    expect(await codeOf(fitLinearHead({ ...problem, labels: new Int32Array(20) }, options))).toBe('one-label')
    expect(await codeOf(fitLinearHead({ ...problem, labels: new Int32Array(20), classes: 1 }, options))).toBe(
      'one-label',
    )
    expect(await codeOf(fitLinearHead(problem, { l2: -1 }))).toBe('bad-option')
    expect(await codeOf(fitLinearHead(problem, { l2: NaN }))).toBe('bad-option')
  })

  it.each([NaN, Infinity, -Infinity])('is refused where a feature is %d', async (value) => {
    const features = problem.features.slice()
    features[77] = value
    expect(await codeOf(fitLinearHead({ ...problem, features }, options))).toBe('not-finite')
  })
})
