import type { Attributes, DType } from '../../types'
import type { NetworkFacts } from './facts'

export type { NetworkEnd, NetworkFacts } from './facts'

/** A node of a network that is joined to another: its names are plain ones, unique in the network. */
export interface NetworkNode {
  readonly name: string
  readonly op: string
  /** Tensors of nodes before it. */
  readonly inputs: readonly string[]
  readonly attributes: Attributes
  /** For a constant: which it is. */
  readonly weight?: string
}

/** A constant of such a network: the numbers of those of float32 lie one after the other in one array; others are here. */
export interface NetworkWeight {
  readonly id: string
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly values?: readonly number[]
}

/** A network of one input and one output without its numbers; small, and the same in memory and in a file. */
export interface NetworkStructure {
  /** The tensor that takes the values of a cut, `[batch, …inputShape]`. */
  readonly input: string
  readonly inputShape: readonly number[]
  /** The tensor of the logits, `[batch, outputs]`. */
  readonly output: string
  readonly outputs: number
  /** Each behind those that it takes. */
  readonly nodes: readonly NetworkNode[]
  readonly weights: readonly NetworkWeight[]
}

/** A network that was read to be a head. */
export interface OwnNetwork {
  readonly facts: NetworkFacts
  readonly structure: NetworkStructure
  /** The numbers of its constants of float32, one after the other. */
  readonly weights: Float32Array
}
