import { describe, expect, it } from 'vitest'
import { committedText, compileKernel, moduleText } from '../../../../tools/kernels/build.mjs'
import { uniform } from '../../../random'
import type { Arena, Descent } from '../../kernels/kernel'
import { openTailKernels } from './load'
import { plainTailKernels } from './plain'
import type { Pair, Sliding, Spread, TailKernels, Unary } from './types'

/** What stands behind each array, and must stay as it is. */
const behind = 5

type NumberAt = (index: number, random: () => number) => number

const uniformly: NumberAt = (_, random) => 2 * random() - 1

/**
 * Runs the same on the same numbers with both kernels, and gives the largest difference of any array, those that are only
 * read included, measured by its largest number, or by `least`.
 */
async function difference(
  lengths: readonly number[],
  run: (kernels: TailKernels, arrays: readonly Float32Array[]) => void,
  numberAt: NumberAt = uniformly,
  least = 1,
): Promise<number> {
  const allocate = (arena: Pick<Arena, 'float32'>) => lengths.map((length) => arena.float32(length + behind))
  const exercise = (kernels: TailKernels, whole: readonly Float32Array[]): void => {
    whole.forEach((array, seed) => {
      const random = uniform(seed)
      for (let index = 0; index < array.length; index++) array[index] = numberAt(index, random)
    })
    run(
      kernels,
      whole.map((array, index) => array.subarray(0, lengths[index])),
    )
  }
  const plain = plainTailKernels()
  const expected = allocate(plain)
  exercise(plain, expected)
  const simd = await openTailKernels(allocate)
  expect(simd.kernels.name).toBe('simd')
  exercise(simd.kernels, simd.memory)
  simd.kernels.close()
  return Math.max(...simd.memory.map((array, index) => distance(array, expected[index], least)))
}

/** The largest difference beside the largest number, at least `least`; infinite where one alone is no number. */
function distance(actual: Float32Array, expected: Float32Array, least: number): number {
  let [most, scale] = [0, least]
  for (let index = 0; index < expected.length; index++) {
    if (Object.is(actual[index], expected[index])) continue
    const own = Math.abs(actual[index] - expected[index])
    most = Number.isNaN(own) ? Infinity : Math.max(most, own)
    scale = Math.max(scale, Math.abs(expected[index]))
  }
  return most === 0 ? 0 : most / scale
}

function output(size: number, kernel: number, stride: number, dilation: number, padding: number): number {
  return Math.floor((size + padding - ((kernel - 1) * dilation + 1)) / stride) + 1
}

interface Shape {
  readonly batch: number
  readonly size: Pair
  readonly kernel: Pair
  readonly strides: Pair
  readonly dilations: Pair
  readonly before: Pair
  readonly behind: Pair
}

function sliding(shape: Shape, inputs: number, outputs: number): Sliding {
  const { batch, size, kernel, strides, dilations, before, behind } = shape
  const [height, width] = [0, 1].map((axis) =>
    output(size[axis], kernel[axis], strides[axis], dilations[axis], before[axis] + behind[axis]),
  )
  const input = { height: size[0], width: size[1], channels: inputs }
  return { batch, input, output: { height, width, channels: outputs }, kernel, strides, dilations, before }
}

const lengthOf = ({ height, width, channels }: Sliding['input'], batch: number): number =>
  batch * height * width * channels

/** Shapes by hand where something is special, and seeded ones. */
function shapes(): Shape[] {
  const one: Pair = [1, 1]
  const none: Pair = [0, 0]
  const plain = { batch: 2, strides: one, dilations: one, before: none, behind: none }
  const special: Shape[] = [
    { ...plain, size: [3, 5], kernel: one },
    { ...plain, size: [5, 4], kernel: one, strides: [2, 2] },
    { ...plain, size: [5, 5], kernel: one, strides: [3, 2], before: [1, 0] },
    { ...plain, size: [7, 7], kernel: [5, 5], before: [2, 2], behind: [2, 2] },
    { ...plain, size: [8, 6], kernel: [3, 3], strides: [2, 2], behind: [1, 1] },
    { ...plain, size: [2, 2], kernel: [5, 5], before: [2, 2], behind: [2, 2] },
    { ...plain, size: [9, 7], kernel: [3, 2], dilations: [2, 3], before: [2, 1], behind: [2, 2] },
    { ...plain, size: [9, 9], kernel: [3, 3], strides: [2, 3], dilations: [2, 3], before: [1, 2], behind: [2, 1] },
    { ...plain, size: [4, 4], kernel: [4, 4] },
    { ...plain, size: [1, 9], kernel: [1, 3], strides: [1, 4], behind: [0, 2] },
  ]
  const random = uniform(12)
  const whole = (most: number): number => 1 + Math.floor(random() * most)
  const pair = (most: number): Pair => [whole(most), whole(most)]
  for (let seed = 0; seed < 20; seed++) {
    const [kernel, dilations] = [pair(4), pair(2)]
    const padding = (): Pair => [
      Math.floor(random() * kernel[0] * dilations[0]),
      Math.floor(random() * kernel[1] * dilations[1]),
    ]
    const size: Pair = [(kernel[0] - 1) * dilations[0] + whole(6), (kernel[1] - 1) * dilations[1] + whole(6)]
    special.push({
      batch: whole(3),
      size,
      kernel,
      strides: pair(3),
      dilations,
      before: padding(),
      behind: padding(),
    })
  }
  return special
}

describe('the SIMD kernels', () => {
  it('multiply as the plain ones do, whatever the sizes and steps', async () => {
    const sizes = [1, 2, 3, 4, 5, 8, 9, 17]
    const random = uniform(3)
    const any = (): number => sizes[Math.floor(random() * sizes.length)]
    const large = [
      [5, 300, 9],
      [6, 513, 12],
      [4, 3, 1030],
      [9, 257, 520],
      [1, 1000, 1],
    ]
    for (let seed = 0; seed < 60; seed++) {
      const [rows, inner, columns] = large[seed] ?? [any(), any(), any()]
      const [turnA, turnB, accumulate] = [seed & 1, seed & 2, (seed & 4) !== 0]
      const found = await difference([rows * inner, inner * columns, rows * columns], (kernels, [a, b, target]) => {
        kernels.product(
          { rows, inner, columns },
          { data: a, row: turnA ? 1 : inner, column: turnA ? rows : 1 },
          { data: b, row: turnB ? 1 : columns, column: turnB ? inner : 1 },
          target,
          accumulate,
        )
      })
      expect(found, `${rows} × ${inner} × ${columns}, ${seed}`).toBeLessThanOrEqual(3e-6)
    }
  })

  it.each([
    [1, 1],
    [3, 8],
    [4, 5],
    [19, 9],
    [33, 2],
  ])('convolve %i channels to %i, and back, as the plain ones do', async (inputs, outputs) => {
    for (const [index, shape] of shapes().entries()) {
      const at = sliding(shape, inputs, outputs)
      const filter = shape.kernel[0] * shape.kernel[1] * inputs * outputs
      const [x, y] = [lengthOf(at.input, at.batch), lengthOf(at.output, at.batch)]
      const accumulate = index % 2 === 1
      const found = await difference([x, filter, y, y, x, filter], (kernels, [x, filter, y, dy, dx, slopes]) => {
        kernels.convolution(at, x, filter, y)
        kernels.convolutionToInput(at, dy, filter, dx, accumulate)
        kernels.convolutionToFilter(at, x, dy, slopes, accumulate)
      })
      expect(found, JSON.stringify(at)).toBeLessThanOrEqual(3e-6)
    }
  })

  it.each([
    [1, 1],
    [3, 1],
    [4, 1],
    [21, 1],
    [150, 1],
    [3, 2],
    [5, 4],
    [40, 3],
  ])('convolve each of %i channels to %i, and back, as the plain ones do', async (channels, multiplier) => {
    for (const [index, shape] of shapes().entries()) {
      const at = sliding(shape, channels, channels * multiplier)
      const filter = shape.kernel[0] * shape.kernel[1] * channels * multiplier
      const [x, y] = [lengthOf(at.input, at.batch), lengthOf(at.output, at.batch)]
      const accumulate = index % 2 === 1
      const found = await difference([x, filter, y, y, x, filter], (kernels, [x, filter, y, dy, dx, slopes]) => {
        kernels.depthwise(at, x, filter, y)
        kernels.depthwiseToInput(at, dy, filter, dx, accumulate)
        kernels.depthwiseToFilter(at, x, dy, slopes, accumulate)
      })
      expect(found, JSON.stringify(at)).toBeLessThanOrEqual(3e-6)
    }
  })

  it.each([1, 3, 4, 11])('pool %i channels, and back, as the plain ones do', async (channels) => {
    // Paddings are smaller than windows, so that each window sees something.
    for (const [index, shape] of shapes().entries()) {
      if (shape.before.some((padding, axis) => padding >= shape.kernel[axis] || shape.dilations[axis] > 1)) continue
      const at = sliding({ ...shape, behind: [0, 0] }, channels, channels)
      const [x, y] = [lengthOf(at.input, at.batch), lengthOf(at.output, at.batch)]
      const accumulate = index % 2 === 1
      const lengths = [x, y, y, y, x, x]
      const found = await difference(
        lengths,
        (kernels, [x, mean, most, dy, fromMean, fromMost]) => {
          kernels.averagePool(at, x, mean)
          kernels.averagePoolBack(at, dy, fromMean, accumulate)
          kernels.maxPool(at, x, most)
          kernels.maxPoolBack(at, x, dy, fromMost, accumulate)
        },
        // Few values, so that several in a window are the greatest.
        (_, random) => Math.floor(random() * 4) - 2,
      )
      expect(found, JSON.stringify(at)).toBeLessThanOrEqual(1e-6)
    }
  })

  it.each<Spread>([
    { outer: 1, middle: 1, inner: 1 },
    { outer: 1, middle: 9, inner: 5 },
    { outer: 3, middle: 7, inner: 16 },
    { outer: 2, middle: 700, inner: 3 },
    { outer: 1, middle: 300, inner: 1030 },
    { outer: 5, middle: 1, inner: 7 },
    { outer: 4, middle: 13, inner: 1 },
    { outer: 1, middle: 5, inner: 1 },
  ])('put narrow beside wide as the plain ones do: $outer, $middle, $inner', async (at) => {
    const [narrow, wide] = [at.outer * at.inner, at.outer * at.middle * at.inner]
    const lengths = [wide, wide, narrow, narrow, ...Array<number>(7).fill(wide), ...Array<number>(5).fill(narrow)]
    const found = await difference(lengths, (kernels, [a, b, n, o, ...targets]) => {
      const [added, times, more, scaled, spread, own, twice, sums, again, both, bothMore, deviations] = targets
      kernels.add(at, a, n, added)
      kernels.multiply(at, a, n, times, false)
      kernels.multiply(at, a, n, more, true)
      kernels.scaleOffset(at, a, n, o, scaled)
      kernels.spread(at, n, 0.3, spread, false)
      kernels.spread(at, n, 0.3, own, true)
      kernels.add(at, twice, n, twice)
      kernels.multiply(at, twice, n, twice, false)
      kernels.scaleOffset(at, twice, n, o, twice)
      kernels.sum(at, a, 0.7, sums, false)
      kernels.sum(at, a, 0.7, again, true)
      kernels.sumOfProducts(at, a, b, both, false)
      kernels.sumOfProducts(at, a, b, bothMore, true)
      kernels.sumOfDeviations(at, a, n, b, deviations)
    })
    expect(found).toBeLessThanOrEqual(1e-6)
  })

  it('keep long sums accurate', async () => {
    const at: Spread = { outer: 1, middle: 100_000, inner: 3 }
    const found = await difference(
      [at.middle * at.inner, at.inner],
      (kernels, [wide, target]) => kernels.sum(at, wide, 1, target, false),
      (_, random) => 1 + random(),
    )
    expect(found).toBeLessThanOrEqual(2e-6)
  })

  it.each<Unary>([
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
  ])('compute $kind number by number as the plain ones do, and its slope', async (of) => {
    const positive = of.kind.endsWith('sqrt')
    const places = [0, 1e-30, 1e-6, 1e-3, 0.01, 0.3, 0.5, 1, 2.5, 5.9, 6, 6.1, 20, 40, 80].flatMap((place) =>
      positive ? [place + 1e-6] : [place, -place],
    )
    const random = uniform(2)
    while (places.length < 403) places.push(positive ? 9 * random() : 30 * random() - 15)
    // Measured by each number itself, so that small ones count as much as large ones.
    for (const batch of chunks(places)) {
      const given: NumberAt = (index) => batch[index] ?? 7
      const { length } = batch
      const value = await difference([length, length], (kernels, [x, y]) => kernels.unary(of, x, y), given, 0)
      expect(value, String(batch)).toBeLessThanOrEqual(1e-6)
      const slope = await difference(
        [length, length, length],
        (kernels, [y, own, more]) => {
          own.fill(0.5)
          kernels.unary(of, y, y)
          y.set(y.map((value) => Math.round(value * 64) / 64))
          kernels.unaryBack(of, y, own, more, true)
          kernels.unaryBack(of, y, own, own, false)
        },
        given,
        0.1,
      )
      expect(slope, String(batch)).toBeLessThanOrEqual(1e-6)
    }
  })

  it('leave what is not a number as it is', async () => {
    for (const kind of ['relu', 'relu6', 'elu', 'selu', 'sigmoid', 'tanh', 'softplus', 'exp', 'sqrt'] as const) {
      const found = await difference([6, 6], (kernels, [x, y]) => {
        x.fill(NaN)
        kernels.unary({ kind }, x, y)
      })
      expect(found, kind).toBe(0)
    }
  })

  it.each([false, true])('copy rows as the plain ones do, adding them up: %s', async (accumulate) => {
    for (const columns of [1, 3, 4, 9, 16]) {
      const at = { rows: 5, columns, from: columns + 3, to: columns + 1 }
      const found = await difference([5 * (columns + 3), 5 * (columns + 1)], (kernels, [source, target]) =>
        kernels.copy(at, source, target, accumulate),
      )
      expect(found).toBe(0)
    }
  })

  it('add up squares', async () => {
    for (const length of [1, 4, 7, 1000]) {
      const sums: number[] = []
      await difference([length], (kernels, [values]) => sums.push(kernels.squares(values)))
      expect(sums[1]).toBeCloseTo(sums[0], 10)
    }
  })

  it.each<Descent>([
    { rule: 'sgd', rate: 0.03 },
    { rule: 'momentum', rate: 0.03, decay: 0.9 },
    { rule: 'rmsprop', rate: 0.03, decay: 0.9, epsilon: 1e-7 },
    { rule: 'adam', rate: 0.03, first: 0.9, second: 0.999, epsilon: 1e-7 },
  ])('go down a gradient of any length with $rule as the plain ones do', async (descent) => {
    for (const length of [1, 2, 3, 4, 7, 64]) {
      const found = await difference(
        [length, length, length, length],
        (kernels, [weights, gradient, ...memory]) => {
          for (let step = 0; step < 3; step++) {
            gradient.set(weights)
            kernels.descend(descent, weights, gradient, memory)
            expect(gradient.every((slope) => slope === 0)).toBe(true)
          }
        },
        (_, random) => random() + 0.1,
      )
      expect(found).toBeLessThanOrEqual(1e-6)
    }
  })

  it('are the committed source, compiled', async () => {
    expect(await committedText('tail')).toBe(moduleText('tail', await compileKernel('tail')))
  })
})

/** One number at a time where it is small, the others together, in lengths that are no multiple of four. */
function* chunks(places: readonly number[]): Generator<readonly number[]> {
  for (const place of places.slice(0, 30)) yield [place]
  for (let from = 30; from < places.length; from += 23) yield places.slice(from, from + 23)
}
