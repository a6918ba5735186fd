import { describe, expect, it, vi } from 'vitest'
import { CutpointError } from '../../../errors'
import cases from './fixtures/scikit-learn.json'
import { createWorkspace } from './workspace'
import { fitLinearHead, type LinearFit, type LinearProblem } from './solve'
import { softmaxLayer } from '../../../compute/head/testing/softmax-layer'
import { probabilities } from '../../../compute/head/probabilities'
import { referenceLoss, referenceOptimum, standardised } from './testing/reference'
import { uniform } from '../../../random'
import { normal, synthesise } from '../../../compute/head/testing/synthetic'

function made(images: number, length: number, classes: number, seed: number): LinearProblem {
  return { ...synthesise(images, length, classes, seed), length, classes }
}

/** Weights and bias on standardised features, from what was folded. */
function unfolded(problem: LinearProblem, fit: LinearFit): { weights: Float64Array; bias: Float64Array } {
  const { mean, deviation } = standardised(problem)
  const weights = Float64Array.from(
    fit.kernel,
    (value, index) => value * deviation[Math.floor(index / problem.classes)],
  )
  const bias = Float64Array.from(fit.bias)
  fit.kernel.forEach((value, index) => {
    bias[index % problem.classes] += value * mean[Math.floor(index / problem.classes)]
  })
  return { weights, bias }
}

function largestDifference(left: ArrayLike<number>, right: ArrayLike<number>): number {
  expect(left.length).toBe(right.length)
  return Array.from(left).reduce((largest, value, index) => Math.max(largest, Math.abs(value - right[index])), 0)
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'nothing thrown',
    (error: unknown) => (error instanceof CutpointError ? error.code : String(error)),
  )
}

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
      { l2: expected.l2 },
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
    const step = 1e-5
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

  it('is not disturbed by features of very different scale and offset', async () => {
    const problem = made(60, 8, 3, 7)
    const scaled = problem.features.map((value, index) => 1000 + value * 10 ** ((index % 8) - 3))
    const fit = await fitLinearHead({ ...problem, features: scaled }, { l2: 0.01 })
    const plain = await fitLinearHead(problem, { l2: 0.01 })
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

describe('the way there', () => {
  it('falls from the loss of guessing and is told to onIteration', async () => {
    const seen: number[] = []
    const fit = await fitLinearHead(made(100, 30, 5, 13), { l2: 0.01, onIteration: ({ loss }) => seen.push(loss) })
    expect(seen[0]).toBeCloseTo(Math.log(5), 6)
    expect(seen).toEqual(fit.history.map(({ loss }) => loss))
    // Near the optimum float32 leaves the loss some 1e-8 of noise.
    for (let index = 1; index < seen.length; index++) expect(seen[index]).toBeLessThan(seen[index - 1] + 1e-7)
    expect(fit.history[fit.history.length - 1].accuracy).toBeGreaterThan(0.9)
    expect(fit.iterations).toBe(fit.history.length - 1)
  })

  it('is short from an earlier optimum', async () => {
    const problem = made(150, 40, 4, 14)
    const cold = await fitLinearHead(problem, { l2: 0.01 })
    const warm = await fitLinearHead(problem, { l2: 0.01, warmStart: cold })
    expect(warm.iterations).toBeLessThanOrEqual(1)
    expect(warm.loss).toBeCloseTo(cold.loss, 5)
    const near = await fitLinearHead(problem, { l2: 0.011, warmStart: cold })
    expect(near.iterations).toBeLessThan(cold.iterations)
  })

  it('goes on when the subspace is full', async () => {
    // 40 labels add 39 directions a round; the basis holds 192.
    const problem = made(500, 300, 40, 15)
    const fit = await fitLinearHead(problem, { l2: 0.001, tolerance: 1e-6 })
    expect(fit.stopped).toBe('converged')
    expect(fit.iterations * 39).toBeGreaterThan(192)
    const { weights, bias } = unfolded(problem, fit)
    const { gradient } = referenceLoss(problem, weights, bias, 0.001)
    expect(gradient.reduce((left, right) => Math.max(left, Math.abs(right)), 0)).toBeLessThan(2e-6)
  })

  it('loses nothing of more labels than one round adds directions for', async () => {
    const problem = made(250, 220, 100, 14)
    const options = { l2: 0.01, tolerance: 1e-5 }
    // The basis holds 196: it is begun again while the search goes on.
    const cold = await fitLinearHead(problem, options)
    expect([cold.stopped, cold.iterations * 48 > 196]).toEqual(['converged', true])
    for (const [index, { loss }] of cold.history.slice(1).entries()) {
      expect(loss).toBeLessThan(cold.history[index].loss + 1e-6)
    }
    const warm = await fitLinearHead(problem, { ...options, warmStart: cold })
    expect(warm.history[0].loss).toBeCloseTo(cold.loss, 5)
    expect(warm.iterations).toBeLessThanOrEqual(2)
  })

  it.each([1e-6, 1e-9, 0])('ends, and says how, on separable data with l2 %d', async (l2) => {
    const fit = await fitLinearHead(made(30, 60, 3, 16), { l2 })
    expect(['converged', 'iterations', 'stalled']).toContain(fit.stopped)
    expect(fit.stopped === 'converged').toBe(fit.gradient <= 1e-4)
    expect(fit.loss).toBeLessThan(0.01)
    expect(fit.kernel.every((value) => Number.isFinite(value))).toBe(true)
  })

  it('stops at maxIterations and says so', async () => {
    const fit = await fitLinearHead(made(100, 30, 5, 17), { l2: 0.001, maxIterations: 2 })
    expect(fit).toMatchObject({ stopped: 'iterations', iterations: 2 })
  })

  it('lets messages in and can be cancelled', async () => {
    let cancelled = false
    const images = 4000
    const problem: LinearProblem = {
      features: Float32Array.from({ length: images * 512 }, uniform(18)),
      length: 512,
      labels: Int32Array.from({ length: images }, (_, image) => image % 10),
      classes: 10,
    }
    const fit = fitLinearHead(problem, {
      l2: 1e-4,
      tolerance: 0,
      checkCancelled: () => {
        if (cancelled) throw new CutpointError('cancelled', 'The work was cancelled.', 'Start again.')
      },
    })
    setTimeout(() => (cancelled = true), 0)
    expect(await codeOf(fit)).toBe('cancelled')
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
