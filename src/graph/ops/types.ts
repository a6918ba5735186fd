import type { BatchRule } from '../batch/operands'
import type { MultiplyAdds } from '../multiply-adds'
import type { Compose } from '../optimise/compose/types'
import type { ShapeRule } from '../shapes/tensor'

/** What kind of work an op does, for colours and folding. */
export type OpCategory =
  | 'convolution'
  | 'matmul'
  | 'normalisation'
  | 'activation'
  | 'pool'
  | 'elementwise'
  | 'shape'
  | 'reduction'
  | 'control'
  | 'input'
  | 'constant'
  | 'image'
  | 'other'

/** All that is known of one operation. What is not said of it is not so. */
export interface OpSpec {
  readonly category: OpCategory
  /**
   * Of old ops, and of such that only check or mark: the op of today that takes the same inputs and attributes and computes
   * the same. Source: TensorFlow's op definitions (`deprecated`), https://github.com/tensorflow/tensorflow/tree/master/tensorflow/core/ops
   */
  readonly today?: string
  /**
   * The names of its arguments in their order, as TensorFlow's definition has them; `…` ends one that takes any number of
   * tensors. Empty where it takes nothing, or nothing is known of that.
   */
  readonly takes: string
  /** How many outputs it has, where that is neither one nor fixed and several (those have names, in output-names.ts). */
  readonly outputs?: number | CountedOutputs
  /** Shapes, types and small values of its outputs; null where nothing can be said of them. */
  readonly shape: ShapeRule | null
  /** Where the batch of pictures goes. */
  readonly batch: BatchRule
  /** Whether its inputs must have the same size along the batch: nothing is broadcast. */
  readonly sameSizes?: true
  /** Multiply-adds for one picture; none where it computes no products. */
  readonly multiplyAdds?: MultiplyAdds

  /** The code of the sentence that says what it does (`src/texts/model/operations.ts`). */
  readonly sentence?: string
  /** What people call it, where that is not its name. */
  readonly title?: string
  /** What an activation is called in the title of a layer. */
  readonly word?: string

  /**
   * Of an operation that a tail can be trained through: which of its inputs it hands slopes back to, from the first on, up to
   * the second (`src/compute/tail/ops` has how). The others, axes and shapes, must be known before it runs.
   */
  readonly trains?: readonly [from: number, to?: number]
  /** Of a layer: an operation with a kernel. */
  readonly layer?: Layer
  /** Whether every backend of TensorFlow.js can fuse it, an activation, into such a layer. */
  readonly fusible?: true
  /** By which of its inputs is laid out as `data_format` says. */
  readonly laidOut?: number
  /** Whether it takes each value for itself, whatever the layout. */
  readonly anyLayout?: true
  /** What comes in its place where TensorFlow.js lacks it or computes it otherwise. */
  readonly compose?: Compose
  /** Whether it gives the same for the same, one output, and nothing besides: of constants it is worked out once. */
  readonly foldable?: true

  /** Whether its first output is its first input: it names, watches or checks it, or stops its gradient. */
  readonly handsOn?: true
  /** Whether it hands on a weight, at most in another type or arrangement. */
  readonly handsWeightOn?: true
  /** Whether it is where a constant, or a variable's value, stands. */
  readonly stores?: true
  /** Whether its results depend on the shapes of its inputs alone. */
  readonly readsOnlyShape?: true
  /** Of a batch normalisation. */
  readonly norm?: BatchNorm
  /** Whether it is part of a loop or a branch that is spelled out in the graph: what runs is only known while running. */
  readonly controlsFlow?: true
  /** Of an operation that runs functions. */
  readonly calls?: Calls

  /** What it does to a picture on its way to the first convolution. */
  readonly onPicture?: 'passes' | 'computes' | 'bounds' | 'resizes'
  /** Whether it follows a classifier and nothing else: probabilities, and the choice among classes. */
  readonly decides?: true
  /** What becomes of each number of a constant that it takes alone. */
  readonly ofNumber?: (x: number) => number
  /** The same of two constants. */
  readonly ofNumbers?: (x: number, y: number) => number
}

/** A number of outputs that stands in an attribute: the number itself, or a list with an entry an output. */
export interface CountedOutputs {
  readonly countedBy: string
  /** Outputs that are there anyway. */
  readonly beside?: number
}

/** What a layer is, as far as its operation tells. */
export interface Layer {
  readonly type: 'convolution' | 'depthwise' | 'transposed' | 'dense' | 'product'
  /** Which input carries the data. */
  readonly data: number
  /** The dimensions of the kernel's shape that are channels: those from the first on, up to the second. */
  readonly channels?: readonly [from: number, to: number]
  /** The op with a bias and an activation in it that TensorFlow.js has for it. Source: tfjs-converter 4.22, `operations/op_list`. */
  readonly fusedAs?: string
  /** The op that it is where each channel has kernels of its own. */
  readonly depthwise?: string
}

/** Where a batch normalisation has what training found. */
export interface BatchNorm {
  /** Which of its inputs are what training found. */
  readonly mean: number
  readonly variance: number
  /** Whether it may train, and its further outputs are mean and variance. */
  readonly trains: boolean
}

/** What of an operation that runs functions is handed on to them. */
export interface Calls {
  /** How many of its inputs are not handed on to the functions: the condition, or which branch. */
  readonly own: number
  /** The attribute that names the types of the others. */
  readonly types: string
}
