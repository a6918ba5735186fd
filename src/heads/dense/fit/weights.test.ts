import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { initializers, type DenseOptions } from '../spec'
import { firstWeights } from './weights'

/** By tools/fixtures/dense-head. */
interface KerasOptions {
  readonly shape: readonly [number, number]
  readonly kernels: Readonly<Record<DenseOptions['initializer'], KerasKernel>>
}

interface KerasKernel {
  /** Every 200th of the numbers, sorted. */
  readonly quantiles: readonly number[]
  /** Of all numbers, from zero. */
  readonly furthest: number
}

const file = readFileSync(new URL('fixtures/keras-options.json', import.meta.url), 'utf8')
const { shape, kernels } = JSON.parse(file) as KerasOptions
const [inputs, outputs] = shape

const kernelsOf = (initializer: DenseOptions['initializer'], seed = 5): Float32Array[] =>
  firstWeights([inputs, outputs, 3], initializer, seed).map(({ kernel }) => kernel)

describe('first weights', () => {
  it.each(initializers)('lie as those of Keras’ %s', (initializer) => {
    const { quantiles, furthest } = kernels[initializer]
    const own = kernelsOf(initializer)[0].toSorted()
    const apart = quantiles.map((value, index) => Math.abs(value - own[200 * index]) / furthest)
    // Of two draws of 60,000 numbers: some .7 % at the most.
    expect(Math.max(...apart)).toBeLessThan(0.02)
    // A normal curve that is not cut off would go twice as far.
    expect(Math.max(own[own.length - 1], -own[0])).toBeLessThan(1.001 * furthest)
  })

  it('are of one kind each: no two initializers give the same', () => {
    expect(new Set(initializers.map((initializer) => kernelsOf(initializer)[0][7])).size).toBe(initializers.length)
  })

  it('are the same for the same seed, of hidden layers alone, with biases of zero', () => {
    expect(kernelsOf('he_normal')).toEqual(kernelsOf('he_normal'))
    expect(kernelsOf('he_normal', 6)[0]).not.toEqual(kernelsOf('he_normal')[0])
    const limit = Math.sqrt(6 / (outputs + 3))
    const last = kernelsOf('he_uniform')[1]
    expect(Math.max(...last.map(Math.abs))).toBeLessThanOrEqual(limit)
    expect(Math.max(...last.map(Math.abs))).toBeGreaterThan(0.95 * limit)
    for (const { bias } of firstWeights([4, 5, 2], 'he_normal', 1)) expect(new Set(bias)).toEqual(new Set([0]))
  })
})
