/**
 * The arithmetic under the heads. A matrix is kept in panels of four rows: element (row, column) stands at
 * `((row >> 2) * stride + column) * 4 + (row & 3)`, so that four rows fill one SIMD register, the transposed product
 * needs no transposed copy, and columns can be added in place. Rows are padded to a multiple of four with zeros.
 */
export interface Matrix {
  /** The panels, one after the other. */
  readonly data: Float32Array
  /** A multiple of four. */
  readonly rows: number
  readonly columns: number
  /** Columns there is room for. */
  readonly stride: number
}

/** Gives out zeroed arrays that live as long as the kernel they belong to. */
export interface Arena {
  float32(length: number): Float32Array
  float64(length: number): Float64Array
  int32(length: number): Int32Array
}

/** What one pass of softmax found over its rows. */
export interface SoftmaxSums {
  /** Sum over rows of weight · cross-entropy. */
  loss: number
  /** Rows of weight above zero whose label has the greatest logit. */
  correct: number
}

/** How weights w change by their gradient g, with what is remembered of earlier ones in a and b, of the same length. */
export type Descent =
  /** w −= rate · g */
  | { readonly rule: 'sgd'; readonly rate: number }
  /** a = decay · a − rate · g; w += a */
  | { readonly rule: 'momentum'; readonly rate: number; readonly decay: number }
  /** a = decay · a + (1 − decay) · g²; w −= rate · g / √(a + epsilon) */
  | { readonly rule: 'rmsprop'; readonly rate: number; readonly decay: number; readonly epsilon: number }
  /** a = first · a + (1 − first) · g; b = second · b + (1 − second) · g²; w −= rate · a / (√b + epsilon) */
  | {
      readonly rule: 'adam'
      readonly rate: number
      readonly first: number
      readonly second: number
      readonly epsilon: number
    }

/** Either the WebAssembly SIMD kernel or the plain one, equal to rounding. Every array must come from its own arena. */
export interface HeadKernel extends Arena {
  readonly name: 'simd' | 'plain'
  /** Adds Σ (x − shift) and Σ (x − shift)² of each column over `rows` of `raw` `[rows, shift.length]`, row major. */
  moments(raw: Float32Array, rows: number, shift: Float32Array, sums: Float64Array, squares: Float64Array): void
  /** Writes (raw − mean) · scale of `rows` raw rows into `target` from row `first` (a multiple of four) on. */
  standardise(
    raw: Float32Array,
    rows: number,
    mean: Float32Array,
    scale: Float32Array,
    target: Matrix,
    first: number,
  ): void
  /** Panels `from` to `to` of target = left · right, or target += left · right. */
  times(left: Matrix, right: Matrix, target: Matrix, from: number, to: number, accumulate: boolean): void
  /** target += leftᵀ · right over the panels `from` to `to`. */
  transposedTimes(left: Matrix, right: Matrix, target: Matrix, from: number, to: number): void
  /** Panels `from` to `to` of target = each row of `source` times its factor. */
  scaleRows(source: Matrix, factors: Float32Array, target: Matrix, from: number, to: number): void
  /**
   * Turns the logits of the panels `from` to `to` into residuals weight · (softmax − one-hot label) and writes each
   * row's curvature, weight · (1 − Σ p²) / classes, the mean diagonal entry of the softmax Hessian.
   */
  softmax(
    logits: Matrix,
    labels: Int32Array,
    weights: Float32Array,
    curvature: Float32Array,
    from: number,
    to: number,
  ): SoftmaxSums
  /**
   * Changes weights by their gradient, which becomes zero. `memory` holds as many arrays as the rule remembers; all
   * are of one length, a multiple of four. Slopes below 1e-16 and memories below 1e-30 may count as zero.
   */
  descend(descent: Descent, weights: Float32Array, gradient: Float32Array, memory: readonly Float32Array[]): void
  /** Ends the kernel's use; its arrays may be given to the next one. */
  close(): void
}

/** Rounds up to a multiple of four. */
export function padded(length: number): number {
  return (length + 3) & ~3
}

/** A matrix of zeros. */
export function matrix(arena: Arena, rows: number, columns: number, stride = columns): Matrix {
  return { data: arena.float32(padded(rows) * stride), rows: padded(rows), columns, stride }
}

/** Some of a matrix's columns, sharing its memory. */
export function columnsOf(whole: Matrix, first: number, columns: number): Matrix {
  return { data: whole.data.subarray(first * 4), rows: whole.rows, columns, stride: whole.stride }
}

/** Where element (row, column) stands in `data`. */
export function at(stride: number, row: number, column: number): number {
  return ((row >> 2) * stride + column) * 4 + (row & 3)
}
