import { at, columnsOf, padded, type Kernel, type Matrix } from '../kernels/kernel'
import { orthonormaliser } from './cholesky'
import { inPieces, type Pace } from './pace'
import { blockLimit, type Workspace } from './workspace'

/** New directions shorter than this share of the longest one wait for a later round. */
const shortest = 1e-2

/** The linear head's problem on standardised features, and the subspace its weights are sought in. */
export interface Space {
  kernel: Kernel
  memory: Workspace
  pace: Pace
  /** Columns of the basis in use, the bias's included. */
  size: number
}

/** The columns in use. */
export function basisOf(space: Space): Matrix {
  return columnsOf(space.memory.basis, 0, space.size)
}

export function reducedOf(space: Space): Matrix {
  return columnsOf(space.memory.reduced, 0, space.size)
}

/** Whether a whole round of new directions still fits. */
export function hasRoom(space: Space): boolean {
  const { basis, directions } = space.memory
  return space.size + Math.min(directions.columns, blockLimit) <= basis.stride
}

/**
 * Orthonormalises `memory.directions` against the basis and adds them and their reduced features.
 * Returns how many were added: fewer than there are when they depend on one another or on the basis.
 */
export async function extend(space: Space): Promise<number> {
  const { memory, kernel, pace } = space
  const { directions, basis, reduced, features } = memory
  const room = Math.min(basis.stride, basis.rows + 1) - space.size
  const first = orthonormalise(space, directions.columns, shortest ** 2, Math.min(blockLimit, room))
  projectOut(space, first)
  // Unit vectors before; what the basis has left of them must be more than rounding.
  const count = orthonormalise(space, first, shortest ** 2, first, 1)
  if (count === 0) return 0
  copyColumns(directions, count, basis, space.size)
  const target = columnsOf(reduced, space.size, count)
  const added = columnsOf(directions, 0, count)
  await inPieces(pace, features.rows / 4, 4 * features.columns * count, (from, to) =>
    kernel.times(features, added, target, from, to, false),
  )
  space.size += count
  return count
}

/** Makes the first `count` directions orthonormal in place; returns how many were kept. */
function orthonormalise(space: Space, count: number, threshold: number, limit: number, scale?: number): number {
  const { kernel, memory } = space
  const { directions, blockInner, combine, gradient } = memory
  const whole = columnsOf(directions, 0, count)
  const products = { ...blockInner, columns: count }
  blockInner.data.fill(0)
  kernel.transposedTimes(whole, whole, products, 0, whole.rows / 4)
  const inner = toRowMajor(products, count)
  const longest = scale ?? Math.max(...Array.from({ length: count }, (_, index) => inner[index * count + index]))
  const { kept, combine: upper } = orthonormaliser(inner, count, threshold * longest, limit)
  combine.data.fill(0)
  for (const [column] of kept.entries()) {
    for (let row = 0; row <= column; row++) {
      combine.data[at(combine.stride, kept[row], column)] = upper[row * kept.length + column]
    }
  }
  // The gradient's memory is free at this point and has the same shape.
  kernel.times(whole, { ...combine, columns: kept.length }, gradient, 0, whole.rows / 4, false)
  copyColumns(gradient, kept.length, directions, 0)
  return kept.length
}

/** Takes from the first `count` directions what the basis already spans. */
function projectOut(space: Space, count: number): void {
  const { kernel, memory } = space
  const basis = basisOf(space)
  const target = columnsOf(memory.directions, 0, count)
  const shares = { ...memory.reducedGradient, columns: count }
  shares.data.fill(0)
  kernel.transposedTimes(basis, target, shares, 0, basis.rows / 4)
  for (let index = 0; index < shares.data.length; index++) shares.data[index] = -shares.data[index]
  kernel.times(basis, shares, target, 0, basis.rows / 4, true)
}

/** Copies a matrix into another of the same shape. */
export function copyPanels(source: Matrix, target: Matrix): void {
  target.data.set(source.data)
}

function copyColumns(source: Matrix, count: number, target: Matrix, first: number): void {
  for (let panel = 0; panel < source.rows / 4; panel++) {
    const start = panel * source.stride * 4
    target.data.set(source.data.subarray(start, start + count * 4), (panel * target.stride + first) * 4)
  }
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
  const { memory } = space
  const waiting = memory.directions.data.slice()
  expand(space, point, 1)
  const moved = await startFrom(space, memory.gradient.data.slice(), biasOf(space, point))
  memory.directions.data.set(waiting)
  return moved
}

/** Begins a basis that spans the given weights (`[length, classes]`, in panels); returns the point that stands for them. */
export async function startFrom(space: Space, weights: Float32Array, bias: Float64Array): Promise<Float64Array> {
  const { kernel, memory } = space
  const { directions, gradient, reducedGradient, basis } = memory
  space.size = 1
  directions.data.set(weights)
  await extend(space)
  gradient.data.set(weights)
  reducedGradient.data.fill(0)
  kernel.transposedTimes(basisOf(space), gradient, reducedGradient, 0, basis.rows / 4)
  const point = Float64Array.from(reducedGradient.data.subarray(0, padded(space.size) * directions.columns))
  for (const [label, value] of bias.entries()) point[label * 4] = value
  return point
}

/** The bias of each class: row 0 of the point. */
export function biasOf(space: Space, point: Float64Array): Float64Array {
  return Float64Array.from({ length: space.memory.logits.columns }, (_, label) => point[label * 4])
}
