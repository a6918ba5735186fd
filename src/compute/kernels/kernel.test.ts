import { describe, expect, it } from 'vitest'
import { committedText, compileKernel, moduleText } from '../../../tools/kernels/build.mjs'
import { uniform } from '../../random'
import { at, columnsOf, matrix, padded, type Arena, type Descent, type HeadKernel, type Matrix } from './kernel'
import { openKernel } from './load'
import { plainKernel } from './plain'

/** Fills the columns in use, and the room beside them with values that must not be touched or read. */
function fill(target: Matrix, seed: number): void {
  const random = uniform(seed)
  for (let index = 0; index < target.data.length; index++) target.data[index] = 2 * random() - 1
}

interface KernelCase {
  rows: number
  inner: number
  columns: number
  room: number
}

const cases: KernelCase[] = [
  { rows: 4, inner: 1, columns: 1, room: 0 },
  { rows: 8, inner: 3, columns: 2, room: 1 },
  { rows: 12, inner: 5, columns: 5, room: 3 },
  { rows: 72, inner: 21, columns: 10, room: 2 },
  { rows: 140, inner: 34, columns: 13, room: 7 },
]

interface Memory {
  left: Matrix
  right: Matrix
  product: Matrix
  transposed: Matrix
  scaled: Matrix
  labels: Int32Array
  weights: Float32Array
  curvature: Float32Array
}

function allocate(arena: Arena, { rows, inner, columns, room }: KernelCase): Memory {
  return {
    left: matrix(arena, rows, inner, inner + room),
    right: matrix(arena, inner, columns, columns + room),
    product: matrix(arena, rows, columns, columns + room),
    transposed: matrix(arena, inner, columns, columns + room),
    scaled: matrix(arena, rows, inner, inner + room),
    labels: arena.int32(rows),
    weights: arena.float32(rows),
    curvature: arena.float32(rows),
  }
}

/** Runs every operation on the same numbers and gives all memory that was written. */
function exercise(kernel: HeadKernel, memory: Memory, { rows, columns }: KernelCase): number[] {
  const { left, right, product, transposed, scaled, labels, weights, curvature } = memory
  fill(left, 1)
  fill(right, 2)
  fill(product, 3)
  fill(transposed, 4)
  const random = uniform(5)
  for (let row = 0; row < rows; row++) {
    labels[row] = Math.floor(columns * random())
    weights[row] = row % 7 === 3 ? 0 : random()
  }
  const panels = rows / 4
  kernel.times(left, right, product, 0, panels, false)
  kernel.times(left, right, product, 0, panels - 1, true)
  const sums = kernel.softmax(product, labels, weights, curvature, 0, panels)
  kernel.transposedTimes(left, product, transposed, 0, panels)
  kernel.scaleRows(left, curvature, scaled, 0, panels)
  return [sums.loss, sums.correct, ...product.data, ...transposed.data, ...scaled.data, ...curvature]
}

async function openSimd<T>(allocation: (arena: Arena) => T): Promise<{ kernel: HeadKernel; memory: T }> {
  const opened = await openKernel(allocation)
  expect(opened.kernel.name).toBe('simd')
  return opened
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length)
  let largest = 0
  for (let index = 0; index < actual.length; index++) {
    largest = Math.max(largest, Math.abs(actual[index] - expected[index]) / (1 + Math.abs(expected[index])))
  }
  expect(largest).toBeLessThanOrEqual(tolerance)
}

describe('the SIMD kernel', () => {
  it.each(cases)('computes what the plain one does: $rows × $inner × $columns', async (shape) => {
    const plain = plainKernel()
    const expected = exercise(plain, allocate(plain, shape), shape)
    const simd = await openSimd((arena) => allocate(arena, shape))
    expectClose(exercise(simd.kernel, simd.memory, shape), expected, 3e-6)
    simd.kernel.close()
  })

  it('standardises like the plain one, also where nothing is a multiple of four', async () => {
    const [rows, length] = [7, 13]
    const allocation = (arena: Arena) => ({
      raw: arena.float32(rows * length),
      shift: arena.float32(length),
      mean: arena.float32(length),
      scale: arena.float32(length),
      sums: arena.float64(length),
      squares: arena.float64(length),
      target: matrix(arena, 12, length, length + 1),
    })
    const run = (kernel: HeadKernel, memory: ReturnType<typeof allocation>): number[] => {
      const { raw, shift, mean, scale, sums, squares, target } = memory
      const random = uniform(8)
      for (let index = 0; index < raw.length; index++) raw[index] = 100 + random()
      shift.set(raw.subarray(0, length))
      for (let index = 0; index < length; index++) [mean[index], scale[index]] = [100.5, 3 + random()]
      kernel.moments(raw, rows, shift, sums, squares)
      kernel.standardise(raw, rows, mean, scale, target, 4)
      return [...sums, ...squares, ...target.data]
    }
    const plain = plainKernel()
    const expected = run(plain, allocation(plain))
    const simd = await openSimd(allocation)
    expectClose(run(simd.kernel, simd.memory), expected, 1e-6)
    simd.kernel.close()
  })

  it('keeps exp and log accurate over the whole range of logits', async () => {
    const gaps = Float32Array.from({ length: 400 }, (_, index) => -index * 0.25)
    const simd = await openSimd((arena) => ({
      logits: matrix(arena, gaps.length, 2),
      labels: arena.int32(gaps.length),
      weights: arena.float32(gaps.length),
      curvature: arena.float32(gaps.length),
    }))
    const { logits, labels, weights, curvature } = simd.memory
    for (const [row, gap] of gaps.entries()) logits.data[at(2, row, 1)] = gap
    weights.fill(1)
    const { loss } = simd.kernel.softmax(logits, labels, weights, curvature, 0, gaps.length / 4)
    const expected = gaps.reduce((sum, gap) => sum + Math.log1p(Math.exp(gap)), 0)
    expect(Math.abs(loss - expected)).toBeLessThan(1e-5)
    for (const [row, gap] of gaps.entries()) {
      const probability = Math.exp(gap) / (1 + Math.exp(gap))
      const error = Math.abs(logits.data[at(2, row, 1)] - probability)
      // Below exp(−87) float32 runs out of normal numbers.
      expect(error).toBeLessThanOrEqual(4e-7 * probability + 2e-38)
    }
    simd.kernel.close()
  })

  it.each<Descent>([
    { rule: 'sgd', rate: 0.03 },
    { rule: 'momentum', rate: 0.03, decay: 0.9 },
    { rule: 'rmsprop', rate: 0.03, decay: 0.9, epsilon: 1e-7 },
    { rule: 'adam', rate: 0.03, first: 0.9, second: 0.999, epsilon: 1e-7 },
  ])('goes down a gradient with $rule as the plain one does, and clears it', async (descent) => {
    const allocation = (arena: Arena) => ({
      weights: arena.float32(20),
      gradient: arena.float32(20),
      memory: [arena.float32(20), arena.float32(20)],
    })
    const run = (kernel: HeadKernel, { weights, gradient, memory }: ReturnType<typeof allocation>): number[] => {
      const random = uniform(4)
      for (let index = 0; index < weights.length; index++) weights[index] = 2 * random() - 1
      for (let step = 0; step < 3; step++) {
        for (let index = 0; index < 16; index++) gradient[index] = 2 * random() - 1
        // Not the last four, which must stay as they are.
        const parts = [weights, gradient, ...memory].map((whole) => whole.subarray(0, 16))
        kernel.descend(descent, parts[0], parts[1], parts.slice(2))
        expect(gradient.every((slope) => slope === 0)).toBe(true)
      }
      return [...weights, ...memory.flatMap((values) => [...values])]
    }
    const plain = plainKernel()
    const expected = run(plain, allocation(plain))
    const simd = await openSimd(allocation)
    expectClose(run(simd.kernel, simd.memory), expected, 1e-6)
    simd.kernel.close()
  })

  it.each([[[NaN, 1]], [[Infinity, 1]], [[1, NaN]]])('does not give a loss for logits of %s', async (row) => {
    const simd = await openSimd((arena) => ({
      logits: matrix(arena, 4, 2),
      labels: arena.int32(4),
      weights: arena.float32(4),
      curvature: arena.float32(4),
    }))
    const { logits, labels, weights, curvature } = simd.memory
    weights.fill(1)
    for (const [column, logit] of row.entries()) logits.data[at(2, 1, column)] = logit
    expect(simd.kernel.softmax(logits, labels, weights, curvature, 0, 1).loss).toBeNaN()
    simd.kernel.close()
  })

  it('is the committed source, compiled', async () => {
    expect(await committedText('head')).toBe(moduleText('head', await compileKernel('head')))
  })

  it('zeroes the memory it uses again', async () => {
    const first = await openSimd((arena) => arena.float32(1000))
    first.memory.fill(7)
    first.kernel.close()
    const second = await openSimd((arena) => arena.float32(500))
    expect(second.memory.buffer).toBe(first.memory.buffer)
    expect(second.memory.every((value) => value === 0)).toBe(true)
    const third = await openSimd((arena) => arena.float32(10))
    expect(third.memory.buffer).not.toBe(second.memory.buffer)
  })
})

describe('panels', () => {
  it('share columns and pad rows', () => {
    const plain = plainKernel()
    const whole = matrix(plain, 5, 3)
    expect(whole.rows).toBe(8)
    expect(padded(8)).toBe(8)
    columnsOf(whole, 2, 1).data[at(3, 5, 0)] = 4
    expect(whole.data[at(3, 5, 2)]).toBe(4)
  })
})
