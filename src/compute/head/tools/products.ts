import { at, matrix, type Matrix } from '../../kernels/kernel'
import { openKernel } from '../../kernels/load'
import { inPieces, type Pace } from '../pace'

/** Vectors that are multiplied at a time, so that memory for them stays small. */
const block = 128

/** The inner product of each row of `left` with each row of `right`, rows of `length` numbers: `[left, right]`, row by row. */
export function products(left: Float32Array, right: Float32Array, length: number, pace: Pace): Promise<Float32Array> {
  return multiply(left, right, length, pace, false)
}

/** The inner product of each row with each: `[rows, rows]`, symmetric to the bit. */
export async function innerProducts(rows: Float32Array, length: number, pace: Pace): Promise<Float32Array> {
  const result = await multiply(rows, rows, length, pace, true)
  const count = rows.length / length
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < row; column++) result[column * count + row] = result[row * count + column]
  }
  return result
}

/** All products; where `lower` says so, those on and below the diagonal. */
async function multiply(
  left: Float32Array,
  right: Float32Array,
  length: number,
  pace: Pace,
  lower: boolean,
): Promise<Float32Array> {
  const [rows, columns] = [left.length / length, right.length / length]
  const { kernel, memory } = await openKernel((arena) => ({
    left: matrix(arena, rows, length),
    right: matrix(arena, length, block),
    target: matrix(arena, rows, block),
  }))
  try {
    const result = new Float32Array(rows * columns)
    fill(memory.left, left, length)
    for (let first = 0; first < columns; first += block) {
      const count = Math.min(block, columns - first)
      fillTransposed(memory.right, right.subarray(first * length, (first + count) * length), length)
      const begin = lower ? first >> 2 : 0
      await inPieces(pace, memory.left.rows / 4 - begin, 4 * length * block, (from, to) =>
        kernel.times(memory.left, memory.right, memory.target, begin + from, begin + to, false),
      )
      for (let row = 4 * begin; row < rows; row++) {
        for (let column = 0; column < count; column++) {
          result[row * columns + first + column] = memory.target.data[at(block, row, column)]
        }
      }
    }
    return result
  } finally {
    kernel.close()
  }
}

function fill(target: Matrix, source: Float32Array, length: number): void {
  for (let row = 0, from = 0; from < source.length; row++) {
    for (let column = 0; column < length; column++, from++) target.data[at(target.stride, row, column)] = source[from]
  }
}

function fillTransposed(target: Matrix, source: Float32Array, length: number): void {
  for (let column = 0, from = 0; from < source.length; column++) {
    for (let row = 0; row < length; row++, from++) target.data[at(target.stride, row, column)] = source[from]
  }
}
