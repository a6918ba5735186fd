import { matrix, padded, type Arena, type Matrix } from '../../../compute/kernels/kernel'

/** Rows that are copied into the kernel's memory at a time while they are standardised. */
export const stagedRows = 64

/** Directions that are added to the basis in one round at most. */
export const blockLimit = 48

/** Columns of a gradient that directions are chosen from at most: inner products of all would be labels² numbers. */
export const mostCandidates = 512

/** All memory of one fit, taken at once. */
export interface Workspace {
  /** `[stagedRows, length]`, row major */
  staged: Float32Array
  /** Per feature: the first row, then mean, 1/deviation. */
  shift: Float32Array
  mean: Float32Array
  scale: Float32Array
  sums: Float64Array
  squares: Float64Array
  /** `[images, length]`, standardised */
  features: Matrix
  labels: Int32Array
  weights: Float32Array
  curvature: Float32Array
  /** `[images, classes]` logits, then residuals. */
  logits: Matrix
  /** `[length, classes]` */
  gradient: Matrix
  /** `[length, mostCandidates]`: the longest columns of the gradient, where there are more; else empty. */
  candidates: Matrix
  /** `[length, blockLimit]`: new directions on their way into the basis. */
  directions: Matrix
  /** V, `[length, capacity]`: orthonormal columns; column 0 stays zero, it is the bias's. */
  basis: Matrix
  /** X · V, `[images, capacity]`; column 0 is all ones. */
  reduced: Matrix
  /** `[images, capacity]`, the reduced features weighted by curvature. */
  weighted: Matrix
  /** `[capacity, classes]`: M, and its gradient. */
  reducedPoint: Matrix
  reducedGradient: Matrix
  /** `[capacity, capacity]`: the reduced Hessian, then its inverse. */
  hessian: Matrix
  /** `[capacity, classes]`: vectors on their way through the preconditioner. */
  solveFrom: Matrix
  solveTo: Matrix
  /** `[candidates, candidates]`: their inner products. */
  inner: Matrix
  /** `[candidates, blockLimit]`: combines them into directions. */
  combine: Matrix
}

/** Memory for features `[images, length]` of photos in `classes` labels, all zeros; sizes are padded for the kernel. */
export function createWorkspace(arena: Arena, images: number, length: number, classes: number): Workspace {
  // Two panels at a time are what the kernel likes best.
  const rows = 8 * Math.ceil(images / 8)
  const capacity = padded(Math.min(length, Math.max(192, classes + 2 * blockLimit)) + 1)
  const chosen = Math.min(classes, mostCandidates)
  return {
    staged: arena.float32(stagedRows * length),
    shift: arena.float32(length),
    mean: arena.float32(length),
    scale: arena.float32(length),
    sums: arena.float64(length),
    squares: arena.float64(length),
    features: matrix(arena, rows, padded(length), unaliased(length)),
    labels: arena.int32(rows),
    weights: arena.float32(rows),
    curvature: arena.float32(rows),
    logits: matrix(arena, rows, classes),
    gradient: matrix(arena, length, classes),
    candidates: matrix(arena, classes > mostCandidates ? length : 0, mostCandidates),
    directions: matrix(arena, length, Math.min(classes, blockLimit)),
    basis: matrix(arena, length, capacity),
    reduced: matrix(arena, rows, capacity),
    weighted: matrix(arena, rows, capacity),
    reducedPoint: matrix(arena, capacity, classes),
    reducedGradient: matrix(arena, capacity, classes),
    hessian: matrix(arena, capacity, capacity),
    solveFrom: matrix(arena, capacity, classes),
    solveTo: matrix(arena, capacity, classes),
    inner: matrix(arena, chosen, chosen),
    combine: matrix(arena, chosen, Math.min(classes, blockLimit)),
  }
}

/** A stride of an odd number of cache lines (four columns each), so that panels do not share the same cache sets. */
function unaliased(length: number): number {
  const lines = padded(length) / 4
  return 4 * (lines + (lines % 2 === 0 ? 1 : 0))
}
