import type { Graph, WeightStore } from '../types'

/** Why a tail cannot begin at a tensor; what is said of it stands in `reasons.ts`. */
export type TailRefusal =
  /** There is an operation behind it that hands no slopes back. */
  | { readonly code: 'operation'; readonly node: string; readonly op: string; readonly why: StoppedBy }
  /** What is behind it takes another tensor of the trunk, too. */
  | { readonly code: 'goes-round'; readonly tensor: string }
  /** What comes behind does not depend on it. */
  | { readonly code: 'not-before' }
  /** Its sizes are not known, or it holds no floats. */
  | { readonly code: 'no-maps' }
  /** Nothing behind it learns. */
  | { readonly code: 'nothing-trained' }

/** What keeps slopes from going back through an operation. */
export type StoppedBy =
  /** It is not one that is known to. */
  | 'unknown'
  /** It computes in another type than float32. */
  | 'type'
  /** It computes its statistics from the batch. */
  | 'batch-statistics'
  /** An axis, a shape or the like is only known when it runs. */
  | 'while-running'
  /** Its kernel comes by groups of channels that are not all of one size. */
  | 'groups'

/** A constant of a tail that learns. */
export interface TrainedWeight {
  readonly id: string
  /** The weight of the file whose values it has, in the same order; most are that themselves. */
  readonly of: string
  readonly shape: readonly number[]
  readonly values: number
  /** Whether it is the kernel of a convolution or a dense layer. */
  readonly isKernel: boolean
}

/** Between which tensors a tail lies. */
export interface TailEnds {
  /** The freeze point. */
  readonly freeze: string
  /** Where it ends. */
  readonly output: string
}

/** The part of a network that is trained: a graph from the maps at the freeze point to its output. */
export interface Tail extends TailEnds {
  /** Among its inputs are the maps, its one output is `output`. */
  readonly graph: Graph
  readonly weights: WeightStore
  readonly trained: readonly TrainedWeight[]
  /** Numbers that learn. */
  readonly parameters: number
  /** Weights of the file that learn here and that the frozen part has, too: there they stay, so that they are two from now on. */
  readonly untied: readonly string[]
}

export type TailFound =
  { readonly tail: Tail; readonly refusal: null } | { readonly tail: null; readonly refusal: TailRefusal }

/** A tensor that all goes through, from which on the network can be trained. */
export interface FreezePoint {
  readonly tensor: string
  /** Convolutions and dense layers behind it. */
  readonly layers: number
  /** Numbers that learn behind it. */
  readonly parameters: number
}

/** Where a tail can begin, in the order of the data, and what keeps it from beginning earlier; null where nothing does. */
export interface FreezePoints {
  readonly points: readonly FreezePoint[]
  readonly stopped: TailRefusal | null
}
