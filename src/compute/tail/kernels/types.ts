import type { Arena, Descent } from '../../kernels/kernel'

/** Height and width. */
export type Pair = readonly [y: number, x: number]

/** Sizes of a batch of maps but for the batch: row-major `[batch, height, width, channels]`. */
export interface Plane {
  readonly height: number
  readonly width: number
  readonly channels: number
}

/**
 * How a kernel slides over maps. Output (y, x) looks at the inputs (y · stride − before + tap · dilation, …); those outside
 * the input count for nothing. The padding behind follows from the size of the output.
 */
export interface Sliding {
  readonly batch: number
  readonly input: Plane
  readonly output: Plane
  readonly kernel: Pair
  readonly strides: Pair
  readonly dilations: Pair
  /** Rows and columns of padding before the first of the input. */
  readonly before: Pair
}

/** A product of matrices: `[rows, inner]` · `[inner, columns]`. */
export interface ProductSizes {
  readonly rows: number
  readonly inner: number
  readonly columns: number
}

/** A factor of a product: element (i, j) stands at i · row + j · column, so that a transposed one is no copy. */
export interface Factor {
  readonly data: Float32Array
  readonly row: number
  readonly column: number
}

/**
 * A tensor `[outer, middle, inner]` beside a narrow one `[outer, inner]`, which counts for each of the middle. Channels
 * beside maps are outer 1; a factor for each picture's channel is middle height · width; two tensors of one shape are middle
 * 1; a number for each pixel, or one number, is inner 1.
 */
export interface Spread {
  readonly outer: number
  readonly middle: number
  readonly inner: number
}

/** Rows of a tensor beside rows of another one: `from` and `to` are how far one row is from the next. */
export interface Rows {
  readonly rows: number
  readonly columns: number
  readonly from: number
  readonly to: number
}

/** A function of each number for itself. */
export type Unary =
  | {
      readonly kind: 'relu' | 'relu6' | 'elu' | 'selu' | 'sigmoid' | 'tanh' | 'softplus' | 'exp' | 'sqrt' | 'rsqrt'
    }
  /** x above zero, else alpha · x. */
  | { readonly kind: 'leaky-relu'; readonly alpha: number }

/**
 * The arithmetic of a tail's training, on whole tensors: row-major float32, channels last. Either the WebAssembly SIMD
 * kernels or the plain ones, equal to rounding; the same calls give the same bits. Every array comes from the arena, or is a
 * subarray of one that does. Where they need room of their own, it is bounded whatever the sizes.
 *
 * What has `accumulate` writes its target where that is false, and adds to it where it is true. A target may be one of the
 * arrays that are read, beginning at the same place, only where this is said. Sums are accurate: not worse than float32
 * added in blocks. Nothing may be assumed of sizes: 1 is one, too, and 3 no multiple of 4.
 */
export interface TailKernels extends Pick<Arena, 'float32'> {
  readonly name: 'simd' | 'plain'

  /** target (+)= a · b; the target is contiguous. */
  product(sizes: ProductSizes, a: Factor, b: Factor, target: Float32Array, accumulate: boolean): void

  /** A convolution: filter `[height, width, inputs, outputs]`. */
  convolution(at: Sliding, x: Float32Array, filter: Float32Array, target: Float32Array): void
  /** From the slopes of its output those of its input; it is also the transposed convolution. */
  convolutionToInput(
    at: Sliding,
    dy: Float32Array,
    filter: Float32Array,
    target: Float32Array,
    accumulate: boolean,
  ): void
  /** From the slopes of its output those of its filter. */
  convolutionToFilter(at: Sliding, x: Float32Array, dy: Float32Array, target: Float32Array, accumulate: boolean): void

  /** A convolution of each channel by itself: filter `[height, width, channels, multiplier]`, output channel c · multiplier + m. */
  depthwise(at: Sliding, x: Float32Array, filter: Float32Array, target: Float32Array): void
  depthwiseToInput(at: Sliding, dy: Float32Array, filter: Float32Array, target: Float32Array, accumulate: boolean): void
  depthwiseToFilter(at: Sliding, x: Float32Array, dy: Float32Array, target: Float32Array, accumulate: boolean): void

  /** The mean of those in each window that lie in the picture. */
  averagePool(at: Sliding, x: Float32Array, target: Float32Array): void
  averagePoolBack(at: Sliding, dy: Float32Array, target: Float32Array, accumulate: boolean): void
  /** The greatest in each window. */
  maxPool(at: Sliding, x: Float32Array, target: Float32Array): void
  /** The slope goes to the first of the greatest, row by row. */
  maxPoolBack(at: Sliding, x: Float32Array, dy: Float32Array, target: Float32Array, accumulate: boolean): void

  /** target = wide + narrow. The target may be `wide`. */
  add(at: Spread, wide: Float32Array, narrow: Float32Array, target: Float32Array): void
  /** target (+)= wide · narrow. The target may be `wide`. */
  multiply(at: Spread, wide: Float32Array, narrow: Float32Array, target: Float32Array, accumulate: boolean): void
  /** target = wide · scale + offset, both narrow. The target may be `wide`. */
  scaleOffset(at: Spread, wide: Float32Array, scale: Float32Array, offset: Float32Array, target: Float32Array): void
  /** narrow target (+)= factor · Σ wide, over the middle. */
  sum(at: Spread, wide: Float32Array, factor: number, target: Float32Array, accumulate: boolean): void
  /** narrow target (+)= Σ a · b, both wide, over the middle. */
  sumOfProducts(at: Spread, a: Float32Array, b: Float32Array, target: Float32Array, accumulate: boolean): void
  /** narrow target += Σ (x − mean) · dy, x and dy wide and mean narrow, over the middle: a norm's slopes. */
  sumOfDeviations(at: Spread, x: Float32Array, mean: Float32Array, dy: Float32Array, target: Float32Array): void
  /** wide target (+)= factor · narrow. Of middle 1 the target may be `narrow`. */
  spread(at: Spread, narrow: Float32Array, factor: number, target: Float32Array, accumulate: boolean): void

  /** The target may be `x`. */
  unary(of: Unary, x: Float32Array, target: Float32Array): void
  /** target (+)= dy · the function's slope, which follows from what it gave, y. The target may be `dy`. */
  unaryBack(of: Unary, y: Float32Array, dy: Float32Array, target: Float32Array, accumulate: boolean): void

  /** Rows of the target (+)= rows of the source. */
  copy(at: Rows, source: Float32Array, target: Float32Array, accumulate: boolean): void

  /** The sum of the squares, as a float64. */
  squares(values: Float32Array): number
  /** Changes weights by their gradient, which becomes zero, as `HeadKernel.descend` does; any length. */
  descend(descent: Descent, weights: Float32Array, gradient: Float32Array, memory: readonly Float32Array[]): void
  /** Ends the kernels' use; their arrays may be given to the next ones. */
  close(): void
}
