import { describe, it, expect } from 'vitest'
import { fitLinearHead } from './solve'
import type { LinearProblem } from './types'
import { made, unfolded, codeOf } from './testing/problems'
import { referenceLoss } from './testing/reference'
import { uniform } from '../../../random'
import { CutpointError } from '../../../errors'

describe('its iterations', () => {
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
