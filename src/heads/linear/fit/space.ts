import { at, columnsOf, padded, type HeadKernel, type Matrix } from '../../../compute/kernels/kernel'
import { orthonormaliser } from './cholesky'
import { inPieces, type Pace } from '../../../compute/head/pace'
import { largestEntry } from './vectors'
import { blockLimit, type Workspace } from './workspace'

/** New directions shorter than this share of the longest one wait for a later round. */
const shortest = 1e-2
/** What is left of weights under this share of their largest is rounding. */
const rounding = 1e-6

/** The linear head's problem on standardised features, and the subspace its weights are sought in. */
export interface Space {
  kernel: HeadKernel
  memory: Workspace
  pace: Pace
  /** Columns of the basis in use, the bias's included. */
  size: number
}

/** The columns in use. */
export function basisOf(space: Space): Matrix {
  return columnsOf(space.memory.basis, 0, space.size)
}

/** X · V for the columns in use: `[images, size]`, the bias's column of ones first. */
export function reducedOf(space: Space): Matrix {
  return columnsOf(space.memory.reduced, 0, space.size)
}

/** Whether a whole round of new directions still fits, or all directions there are. */
export function hasRoom(space: Space): boolean {
  const { basis, directions, mean } = space.memory
  return Math.min(space.size + Math.min(directions.columns, blockLimit), mean.length + 1) <= basis.stride
}

/**
 * Orthonormalises the columns of `memory.gradient` against the basis and adds them and their reduced features. Returns
 * how many were added: fewer than there are where they depend on one another or on the basis.
 */
export async function extend(space: Space): Promise<number> {
  const { memory, kernel, pace } = space
  const { gradient, directions, basis, reduced, features, mean } = memory
  const room = Math.min(basis.stride, mean.length + 1) - space.size
  const first = orthonormalise(space, candidatesOf(space, gradient), directions, Math.min(blockLimit, room))
  const found = columnsOf(directions, 0, first)
  projectOut(space, found)
  // Unit vectors before: what the basis has left of them must be more than rounding.
  const count = orthonormalise(space, found, columnsOf(basis, space.size, first), first, 1)
  const added = columnsOf(basis, space.size, count)
  const target = columnsOf(reduced, space.size, count)
  // The basis is kept like a matrix of weights, so it can be multiplied as one.
  await inPieces(pace, features.rows / 4, 4 * features.columns * count, (from, to) =>
    kernel.times(features, added, target, from, to, false),
  )
  space.size += count
  return count
}

/** The columns that directions are chosen from: all of `source`, or of very many the longest. */
function candidatesOf({ memory: { candidates } }: Space, source: Matrix): Matrix {
  if (source.columns <= candidates.columns) return source
  const squares = new Float64Array(source.columns)
  for (let row = 0; row < source.rows; row++) {
    for (let column = 0; column < source.columns; column++) {
      squares[column] += source.data[at(source.stride, row, column)] ** 2
    }
  }
  const byLength = Array.from(squares.keys()).sort((a, b) => squares[b] - squares[a] || a - b)
  for (const [place, column] of byLength.slice(0, candidates.columns).entries()) {
    for (let row = 0; row < source.rows; row++) {
      candidates.data[at(candidates.stride, row, place)] = source.data[at(source.stride, row, column)]
    }
  }
  return candidates
}

/**
 * Writes an orthonormal basis of the columns of `source` to `target`, `limit` columns at most, and returns their
 * number. Lengths are compared with `longest`, by default that of the longest column.
 */
function orthonormalise(space: Space, source: Matrix, target: Matrix, limit: number, longest?: number): number {
  const { kernel, memory } = space
  const count = source.columns
  const products = columnsOf(memory.inner, 0, count)
  memory.inner.data.fill(0)
  kernel.transposedTimes(source, source, products, 0, source.rows / 4)
  const inner = toRowMajor(products, count)
  const length = longest ?? Math.sqrt(Math.max(...Array.from({ length: count }, (_, row) => inner[row * count + row])))
  const { kept, combine: upper } = orthonormaliser(inner, count, (shortest * length) ** 2, limit)
  const { combine } = memory
  combine.data.fill(0)
  for (const [column] of kept.entries()) {
    for (let row = 0; row <= column; row++) {
      combine.data[at(combine.stride, kept[row], column)] = upper[row * kept.length + column]
    }
  }
  kernel.times(source, columnsOf(combine, 0, kept.length), target, 0, source.rows / 4, false)
  return kept.length
}

/** Takes from the directions what the basis already spans. */
function projectOut(space: Space, directions: Matrix): void {
  const { kernel, memory } = space
  const basis = basisOf(space)
  const shares = columnsOf(memory.reducedGradient, 0, directions.columns)
  shares.data.fill(0)
  kernel.transposedTimes(basis, directions, shares, 0, basis.rows / 4)
  for (let index = 0; index < shares.data.length; index++) shares.data[index] = -shares.data[index]
  kernel.times(basis, shares, directions, 0, basis.rows / 4, true)
}

/** The first `size` rows and columns, row major in float64. */
export function toRowMajor(source: Matrix, size: number): Float64Array {
  const result = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      result[row * size + column] = source.data[at(source.stride, row, column)]
    }
  }
  return result
}

/** Writes factor · V · M into `memory.gradient`. */
export function expand(space: Space, point: Float64Array, factor: number): void {
  const { kernel, memory } = space
  const { reducedPoint, gradient } = memory
  for (let index = 0; index < point.length; index++) reducedPoint.data[index] = factor * point[index]
  const basis = basisOf(space)
  kernel.times(basis, reducedPoint, gradient, 0, basis.rows / 4, false)
}

/** Makes the columns of the present weights V · M the whole basis; returns the same point in the new one. */
export async function rebase(space: Space, point: Float64Array): Promise<Float64Array> {
  const { gradient } = space.memory
  const waiting = gradient.data.slice()
  expand(space, point, 1)
  const moved = await startFrom(space, gradient.data.slice(), biasOf(space, point))
  gradient.data.set(waiting)
  return moved
}

/**
 * Begins a basis that spans the given weights (`[length, classes]`, in panels), a block of directions at a time; returns
 * the point that stands for them. What were left out would be lost, and the search begin there again and again.
 */
export async function startFrom(space: Space, weights: Float32Array, bias: Float64Array): Promise<Float64Array> {
  const { kernel, memory } = space
  const { gradient, reducedGradient, basis } = memory
  space.size = 1
  gradient.data.set(weights)
  const least = rounding * largestEntry(weights)
  while (space.size <= gradient.columns && largestEntry(gradient.data) > least) {
    if ((await extend(space)) === 0) break
    projectOut(space, gradient)
  }
  gradient.data.set(weights)
  reducedGradient.data.fill(0)
  kernel.transposedTimes(basisOf(space), gradient, reducedGradient, 0, basis.rows / 4)
  const point = Float64Array.from(reducedGradient.data.subarray(0, padded(space.size) * gradient.columns))
  for (const [label, value] of bias.entries()) point[label * 4] = value
  return point
}

/** The bias of each class: row 0 of the point. */
export function biasOf(space: Space, point: Float64Array): Float64Array {
  return Float64Array.from({ length: space.memory.logits.columns }, (_, label) => point[label * 4])
}
