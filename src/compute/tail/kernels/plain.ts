import { plainKernel } from '../../kernels/plain'
import { plainConvolutions, plainPools } from './plain-sliding'
import { plainSpreads, unaryFunction } from './plain-spread'
import type { TailKernels } from './types'

/** The kernels in plain TypeScript: used where WebAssembly SIMD is missing, and what the tests hold the others against. */
export function plainTailKernels(): TailKernels {
  const head = plainKernel()
  return {
    name: 'plain',
    float32: (length) => new Float32Array(length),
    product({ rows, inner, columns }, a, b, target, accumulate) {
      const sums = new Float64Array(columns)
      for (let row = 0; row < rows; row++) {
        const place = row * columns
        sums.fill(0)
        if (accumulate) sums.set(target.subarray(place, place + columns))
        for (let k = 0; k < inner; k++) {
          const value = a.data[row * a.row + k * a.column]
          for (let column = 0; column < columns; column++) sums[column] += value * b.data[k * b.row + column * b.column]
        }
        target.set(sums, place)
      }
    },
    ...plainConvolutions(),
    ...plainPools(),
    ...plainSpreads(),
    unary(of, x, target) {
      const { value } = unaryFunction(of)
      for (let index = 0; index < x.length; index++) target[index] = value(x[index])
    },
    unaryBack(of, y, dy, target, accumulate) {
      const { slope } = unaryFunction(of)
      for (let index = 0; index < y.length; index++) {
        target[index] = dy[index] * slope(y[index]) + (accumulate ? target[index] : 0)
      }
    },
    copy({ rows, columns, from, to }, source, target, accumulate) {
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          const place = row * to + column
          target[place] = source[row * from + column] + (accumulate ? target[place] : 0)
        }
      }
    },
    squares(values) {
      let sum = 0
      for (const value of values) sum += value * value
      return sum
    },
    descend: (descent, weights, gradient, memory) => head.descend(descent, weights, gradient, memory),
    close() {
      // The arrays are ordinary ones.
    },
  }
}
