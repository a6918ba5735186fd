import { describe, expect, it } from 'vitest'
import { normal } from '../testing/synthetic'
import { standing } from './held-out'
import { calibrate, softmaxOf, type Scored } from './temperature'

/** Scores of rows whose labels are drawn from softmax(factor · scores). */
function drawn(rows: number, labels: number, factor: number): Scored {
  const random = normal(3)
  const scores = Float64Array.from({ length: rows * labels }, random)
  const classes = Int32Array.from({ length: rows }, (_, row) => {
    // The label with the greatest sum of score and Gumbel noise is drawn as softmax has it.
    const noisy = [...scores.subarray(row * labels, (row + 1) * labels)].map((score) => {
      const uniform = Math.min(1 - 1e-9, Math.max(1e-9, 0.5 * (1 + erf(random() / Math.SQRT2))))
      return factor * score - Math.log(-Math.log(uniform))
    })
    return noisy.indexOf(Math.max(...noisy))
  })
  return { scores, classes, weights: new Float32Array(rows).fill(1), labels }
}

/** Abramowitz and Stegun 7.1.26. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x))
  const tail = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
  return Math.sign(x) * (1 - tail * Math.exp(-x * x))
}

describe('one temperature', () => {
  it.each([0.5, 2, 8])('is found again where labels were drawn by it: factor %s', (factor) => {
    const found = calibrate(drawn(4000, 4, factor)).factor
    expect(Math.abs(found / factor - 1)).toBeLessThan(0.1)
  })

  it('has the least cross-entropy there is', () => {
    const scored = drawn(500, 3, 2)
    const { factor } = calibrate(scored)
    const least = standing(scored, factor).loss
    for (const other of [0.8, 1.25]) expect(standing(scored, factor * other).loss).toBeGreaterThan(least)
  })

  it('stays finite where all scores are right, and where all are the same', () => {
    const right: Scored = {
      scores: Float64Array.of(1, -1, -1, 1),
      classes: Int32Array.of(0, 1),
      weights: Float32Array.of(1, 1),
      labels: 2,
    }
    // Of two rows, each label counts three quarters.
    expect(calibrate(right).factor).toBeCloseTo(Math.log(3) / 2, 6)
    expect(calibrate({ ...right, scores: new Float64Array(4) })).toEqual({ factor: 1, loss: Math.log(2) })
  })

  it('never turns what is predicted round', () => {
    const wrong = calibrate({
      scores: Float64Array.of(1, -1, -1, 1),
      classes: Int32Array.of(1, 0),
      weights: Float32Array.of(1, 1),
      labels: 2,
    })
    expect(wrong.factor).toBeGreaterThan(0)
  })

  it('goes into a layer, in which labels that are not used are never predicted', () => {
    const layer = softmaxOf({ weights: Float64Array.of(1, 2), bias: Float64Array.of(3, 4) }, Int32Array.of(0, 2), 3, 10)
    expect([...layer.kernel]).toEqual([10, 0, 20])
    expect([...layer.bias]).toEqual([30, -1e9, 40])
  })
})
