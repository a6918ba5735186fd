import type { GraphNode } from '../../../graph/types'
import type { TailKernels } from '../kernels/types'

export type Sizes = readonly number[]

/** What is known of a node when a tail is made ready for a number of pictures: all of its sizes. */
export interface NodeFacts {
  readonly node: GraphNode
  /** Which of its outputs is computed. */
  readonly output: number
  /** Sizes of the inputs that are numbers, in their order. */
  readonly inputs: readonly Sizes[]
  readonly shape: Sizes
  /** Whole numbers that one of all its inputs holds, an axis or a shape; throws where they are not known. */
  readonly numbers: (input: number) => readonly number[]
  /** The one number that an input of floats holds; throws where it is no constant. */
  readonly scalar: (input: number) => number
  /** The indices that a StridedSlice takes of each dimension; throws where they are not known. */
  readonly taken: () => readonly (readonly number[])[]
}

/** Where a node's numbers lie. */
export interface Values {
  readonly inputs: readonly Float32Array[]
  readonly output: Float32Array
  /** What `OpSteps.own` asked for; it stays from the way forward to the way back. */
  readonly own: readonly Float32Array[]
}

/** Slopes on their way back. */
export interface Slopes {
  /** Of the node's result. */
  readonly dy: Float32Array
  /** Of one of its inputs. */
  readonly target: Float32Array
  /** Whether the target already holds slopes that these come on top of. */
  readonly accumulate: boolean
}

/** How slopes go back to one input. */
export interface Backward {
  /** Inputs, by their place among those that are numbers, whose values it looks at. */
  readonly inputs?: readonly number[]
  /** Whether it looks at the node's result. */
  readonly output?: true
  /** Whether the target may be `dy` itself, where nothing is accumulated. */
  readonly inPlace?: true
  readonly run: (kernels: TailKernels, values: Values, slopes: Slopes) => void
}

/** How a node is computed. */
export interface OpSteps {
  readonly forward: (kernels: TailKernels, values: Values) => void
  /** Inputs, by their place among those that are numbers, that the result may be written over. */
  readonly inPlace?: readonly number[]
  /** For each input that is numbers; null for one that never learns. */
  readonly back: readonly (Backward | null)[]
  /** Lengths of arrays of its own. */
  readonly own?: readonly number[]
}

/** One operation: its steps, or `same` where its result is its first number input under other sizes. */
export type TailOp = (facts: NodeFacts) => OpSteps | 'same'

/** The number of elements of a shape. */
export const sizeOf = (shape: Sizes): number => shape.reduce((product, size) => product * size, 1)
