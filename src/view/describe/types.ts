import type { Shape, Tellable } from '../../graph/types'
import type { OpCategory } from '../../graph/op-tables/ops'
import type { BoxCost } from '../scene/types'
import type { BlockedOp } from '../../graph/blocked'

export interface TrunkSize {
  readonly operations: number
  readonly ofOperations: number
  readonly parameters: number
  readonly multiplyAdds: number
  readonly weightBytes: number
}

export interface Profile {
  readonly bars: readonly Bar[]
}

/** One stretch of the network's depth. */
export interface Bar {
  readonly parameters: number
  readonly multiplyAdds: number
  /** Its weightiest operation, to go to. */
  readonly node: string
  readonly title: string
  /** Depth at its middle, from 0 (input) to 1 (output). */
  readonly depth: number
}

export interface Crumb {
  readonly path: string
  readonly label: string
}

/** A tensor as a line of a list. */
export interface TensorRow {
  readonly tensor: string
  /** What it is to the node that takes it (`filter`), where that is known. */
  readonly role: string | null
  readonly shape: Shape | null
  readonly dtype: string
  readonly canCut: boolean
  readonly recommended: boolean
  /** For a constant: its data. */
  readonly weight: WeightRow | null
}

export interface WeightRow {
  readonly id: string
  readonly dtype: string
  readonly shape: readonly number[]
  /** As stored in the file. */
  readonly bytes: number
  /** The type it is stored as, where that is another. */
  readonly stored: string | null
}

export interface NodeRow {
  readonly name: string
  readonly title: string
  readonly category: OpCategory
}

/** Amounts, and their shares of the whole network's (0 to 1). */
export interface Amounts extends BoxCost {
  readonly share: { readonly parameters: number; readonly multiplyAdds: number; readonly weightBytes: number }
}

interface Described {
  /** The groups around it, outermost first. */
  readonly crumbs: readonly Crumb[]
}

/** A layer that can be told what it does, because the file does not say it. */
export interface TellableRow extends Tellable {
  readonly layerClass: string
}

export interface NodeDescription extends Described {
  readonly kind: 'node'
  readonly name: string
  readonly op: string
  readonly title: string
  readonly category: OpCategory
  /** Why it cannot be run here, and how many operations depend on it; null where it can. */
  readonly blocked: BlockedOp | null
  /** The code of the sentence that says what the op does (`src/texts/model/operations.ts`). */
  readonly sentence: string | null
  readonly amounts: Amounts | null
  readonly inputs: readonly TensorRow[]
  readonly outputs: readonly TensorRow[]
  /** Who takes its outputs; the first ones, of `takerCount`. */
  readonly takers: readonly NodeRow[]
  readonly takerCount: number
  /** The layer that it is, or is of, where that can be told what it does. */
  readonly tellable: TellableRow | null
  readonly runsAfter: readonly NodeRow[]
  readonly attributes: readonly { readonly name: string; readonly value: string }[]
  readonly weight: WeightRow | null
  /** For an operation of a function's body: the function's name. */
  readonly function: string | null
}

export interface GroupDescription extends Described {
  readonly kind: 'group'
  readonly path: string
  /** A name that stands in the graph: its scope, or that of all its operations; else that of its last operation. */
  readonly name: string
  readonly title: string
  /** `Scope`, `Inverted residual block`, `While loop`, a layer's class … */
  readonly what: string
  readonly sentence: string | null
  readonly operations: number
  readonly constants: number
  /** Where it is a layer that can be told what it does. */
  readonly tellable: TellableRow | null
  readonly amounts: Amounts | null
  readonly entering: readonly TensorRow[]
  readonly leaving: readonly TensorRow[]
  /** Weights used inside, the largest first. */
  readonly weights: readonly TensorRow[]
  /** How many there are, as the three lists hold only the first ones. */
  readonly counts: { readonly entering: number; readonly leaving: number; readonly weights: number }
  /** Configuration of the layer it was, where it was one. */
  readonly config: readonly { readonly name: string; readonly value: string }[]
}

export interface TensorDescription extends Described {
  readonly kind: 'tensor'
  readonly name: string
  readonly shape: Shape | null
  readonly dtype: string
  /** Which of its operation's outputs, from 0. */
  readonly output: number
  /** For one image. */
  readonly bytes: number
  readonly canCut: boolean
  readonly why: string | null
  readonly recommended: boolean
  readonly maker: NodeRow | null
  /** The first ones, of `takerCount`. */
  readonly takers: readonly NodeRow[]
  readonly takerCount: number
  readonly weight: WeightRow | null
}

export type Description = NodeDescription | GroupDescription | TensorDescription
