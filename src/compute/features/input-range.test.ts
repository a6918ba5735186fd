import { describe, expect, it } from 'vitest'
import { divergence, together } from './input-range'

describe('divergence', () => {
  it('is nothing between the same, and what the formula says between others', () => {
    const standard = { mean: [0, 0], variance: [1, 1] }
    expect(divergence(standard, standard)).toBe(0)
    // ½ (σ²/σ₀² + (μ−μ₀)²/σ₀² − 1 − ln σ²/σ₀²), with 1e-3 added to both variances.
    const other = { mean: [2, 0], variance: [4, 1] }
    const ratio = 4.001 / 1.001
    expect(divergence(other, standard)).toBeCloseTo((ratio + 4 / 1.001 - 1 - Math.log(ratio)) / 4, 10)
  })

  it('is not decided by a channel that hardly varies', () => {
    const dead = { mean: [0], variance: [1e-12] }
    expect(divergence({ mean: [1e-4], variance: [1e-9] }, dead)).toBeLessThan(1e-4)
  })
})

describe('together', () => {
  it('has the variance within pictures and between them', () => {
    const pictures = [
      { mean: [1], variance: [2] },
      { mean: [3], variance: [4] },
    ]
    expect(together(pictures)).toEqual({ mean: [2], variance: [4] })
  })
})
