import { describe, expect, it } from 'vitest'
import { uniform } from '../../../random'
import { plainTailKernels } from './plain'
import type { Sliding } from './types'

const kernels = plainTailKernels()

function numbers(length: number, seed: number): Float32Array {
  const random = uniform(seed)
  return Float32Array.from({ length }, () => 2 * random() - 1)
}

function inner(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + value * b[index], 0)
}

const at: Sliding = {
  batch: 2,
  input: { height: 7, width: 5, channels: 3 },
  output: { height: 3, width: 4, channels: 6 },
  kernel: [3, 2],
  strides: [2, 1],
  dilations: [2, 1],
  before: [2, 0],
}
const x = numbers(2 * 7 * 5 * 3, 1)
const dy = numbers(2 * 3 * 4 * 6, 2)

describe('the plain kernels', () => {
  it('slide a filter with strides, dilations and padding', () => {
    const target = new Float32Array(4)
    const line: Sliding = {
      batch: 1,
      input: { height: 1, width: 6, channels: 1 },
      output: { height: 1, width: 4, channels: 1 },
      kernel: [1, 2],
      strides: [1, 2],
      dilations: [1, 3],
      before: [0, 1],
    }
    kernels.convolution(line, Float32Array.of(1, 2, 3, 4, 5, 6), Float32Array.of(10, 1), target)
    // Windows begin at −1, 1, 3 and 5, and their second tap is three on.
    expect([...target]).toEqual([3, 25, 40, 60])
  })

  it.each(['convolution', 'depthwise'] as const)('turn a %s round', (kind) => {
    const filter = numbers(kind === 'convolution' ? 3 * 2 * 3 * 6 : 3 * 2 * 3 * 2, 3)
    const [y, dx, df] = [dy, x, filter].map(({ length }) => new Float32Array(length))
    kernels[kind](at, x, filter, y)
    kernels[`${kind}ToInput`](at, dy, filter, dx, false)
    kernels[`${kind}ToFilter`](at, x, dy, df, false)
    expect(inner(x, dx)).toBeCloseTo(inner(y, dy), 4)
    expect(inner(filter, df)).toBeCloseTo(inner(y, dy), 4)
    const once = dx.slice()
    kernels[`${kind}ToInput`](at, dy, filter, dx, true)
    dx.forEach((value, index) => expect(value).toBeCloseTo(2 * once[index], 4))
  })

  it('pool what lies in the picture alone, and turn that round', () => {
    const pool: Sliding = { ...at, output: { ...at.output, channels: 3 } }
    const slopes = dy.subarray(0, 2 * 3 * 4 * 3)
    const [y, dx] = [new Float32Array(slopes.length), new Float32Array(x.length)]
    kernels.averagePool(
      pool,
      x.map(() => 5),
      y,
    )
    expect(y.every((value) => Math.abs(value - 5) < 1e-6)).toBe(true)
    kernels.averagePool(pool, x, y)
    kernels.averagePoolBack(pool, slopes, dx, false)
    expect(inner(x, dx)).toBeCloseTo(inner(y, slopes), 4)
    kernels.maxPool(pool, x, y)
    kernels.maxPoolBack(pool, x, slopes, dx, false)
    expect(inner(x, dx)).toBeCloseTo(inner(y, slopes), 4)
  })

  it('multiply with strides', () => {
    const [a, b] = [numbers(6, 5), numbers(12, 6)]
    const [plain, turned] = [new Float32Array(8), new Float32Array(8)]
    kernels.product(
      { rows: 2, inner: 3, columns: 4 },
      { data: a, row: 3, column: 1 },
      { data: b, row: 4, column: 1 },
      plain,
      false,
    )
    const across = Float32Array.from({ length: 12 }, (_, index) => b[(index % 3) * 4 + Math.floor(index / 3)])
    kernels.product(
      { rows: 2, inner: 3, columns: 4 },
      { data: a, row: 3, column: 1 },
      { data: across, row: 1, column: 3 },
      turned,
      false,
    )
    expect(plain[5]).toBeCloseTo(a[3] * b[1] + a[4] * b[5] + a[5] * b[9], 6)
    expect(turned).toEqual(plain)
  })

  it('put narrow tensors beside wide ones', () => {
    const spread = { outer: 2, middle: 2, inner: 2 }
    const [wide, narrow, out] = [
      Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8),
      Float32Array.of(10, 20, 30, 40),
      new Float32Array(8),
    ]
    kernels.add(spread, wide, narrow, out)
    expect([...out]).toEqual([11, 22, 13, 24, 35, 46, 37, 48])
    kernels.multiply(spread, wide, narrow, out, true)
    expect([...out]).toEqual([21, 62, 43, 104, 185, 286, 247, 368])
    const sums = Float32Array.of(1, 1, 1, 1)
    kernels.sum(spread, wide, 0.5, sums, true)
    expect([...sums]).toEqual([3, 4, 7, 8])
    kernels.sumOfDeviations(spread, wide, narrow, wide, sums)
    expect([...sums]).toEqual([3 - 9 - 21, 4 - 36 - 64, 7 - 125 - 161, 8 - 204 - 256])
  })

  it.each([
    { kind: 'relu' },
    { kind: 'relu6' },
    { kind: 'leaky-relu', alpha: 0.1 },
    { kind: 'elu' },
    { kind: 'selu' },
    { kind: 'sigmoid' },
    { kind: 'tanh' },
    { kind: 'softplus' },
    { kind: 'exp' },
    { kind: 'sqrt' },
    { kind: 'rsqrt' },
  ] as const)('know the slope of $kind from its value', (of) => {
    const places = [0.3, 1.7, 2.5, 7, ...(of.kind.endsWith('sqrt') ? [] : [-0.4, -2.5])]
    const values = Float32Array.from(places)
    const [y, slopes] = [new Float32Array(places.length), new Float32Array(places.length)]
    kernels.unary(of, values, y)
    kernels.unaryBack(
      of,
      y,
      values.map(() => 1),
      slopes,
      false,
    )
    const value = (x: number): number => {
      const result = new Float32Array(1)
      kernels.unary(of, Float32Array.of(x), result)
      return result[0]
    }
    places.forEach((x, index) => {
      const slope = (value(x + 1e-2) - value(x - 1e-2)) / 2e-2
      expect(Math.abs(slopes[index] - slope)).toBeLessThan(1e-3 * (1 + Math.abs(slope)))
    })
  })
})
