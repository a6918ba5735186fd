import type { ReadModel } from '../../formats/types'
import type { BlockedOp } from '../../graph/blocked'
import type { NodeCost } from '../../graph/cost'
import type { CutAnalysis } from '../../graph/cuts/analyse'
import type { FirstNorm } from '../../graph/image/norm'
import type { Graph, Tellable, TensorInfo } from '../../graph/types'
import type { ChannelOrder, InputRange, ModelSummary, Preprocessing, TensorValue } from '../../types'

/** An opened model with all that is known of it; what the page gets of it is in `OpenedModel`. */
export interface AnalysedModel {
  readonly read: ReadModel
  /**
   * The graph that is computed. It is the file's, unless that begins with encoded pictures, or with pictures that it
   * resizes itself: then the tensor inside it that holds the prepared picture is an input. Tensors have the same names
   * in both.
   */
  readonly graph: Graph
  /** The same graph from the file's own inputs on. */
  readonly whole: Graph
  /** Nodes of the file's graph that only prepare the picture, and are not run. */
  readonly before: ReadonlySet<string>
  /** Nodes in branches that never run. */
  readonly unused: ReadonlySet<string>
  /**
   * Inputs that switch between training and inference, with the values assumed for them; branches for training were
   * left out.
   */
  readonly flags: ReadonlyMap<string, boolean>
  readonly infos: ReadonlyMap<string, TensorInfo>
  readonly costs: ReadonlyMap<string, NodeCost>
  readonly image: string | null
  /** Why this input is taken for the picture's, or why none is, in a sentence. */
  readonly whyImage: string
  /** Other inputs that take the same picture. */
  readonly samePicture: readonly string[]
  /** How it wants its pictures prepared; null where it takes none. */
  readonly preparation: Preparation | null
  /** Values for the inputs that are not the image. */
  readonly otherFeeds: Map<string, TensorValue>
  readonly otherInputs: readonly string[]
  /** The output that the recommended cuts are on the way to. */
  readonly output: string | null
  readonly cuts: CutAnalysis
  /** Operations that cannot be run here. */
  readonly blocked: ReadonlyMap<string, BlockedOp>
}

/** What the page gets of an opened model; the graph and what is known of each tensor go to the view worker. */
export interface OpenedModel {
  readonly summary: ModelSummary
  /** Shape and type of the picture's input; null where there is none. */
  readonly image: TensorInfo | null
  /** Why the network takes no picture, in a sentence; null where it does. */
  readonly noPicture: string | null
  /** Other inputs that get the same picture. */
  readonly samePicture: readonly string[]
  readonly output: string | null
  /** Names of operations that cannot be run here, in graph order. */
  readonly blocked: readonly string[]
  readonly otherInputs: readonly OtherInput[]
  /** Whether its output classifies pictures by the labels that came with it. */
  readonly classifies: boolean
  /** Width and height that the picture's input is fixed to; null where it takes any. */
  readonly inputSize: { readonly width: number | null; readonly height: number | null }
  readonly preprocessing: Preprocessing | null
  /** Whether it is known how to prepare the picture; if not, the user is asked. */
  readonly preprocessingKnown: boolean
  readonly preprocessingBasis: PreparationBasis
  /** Whether the value range can be measured on photos. */
  readonly measurable: boolean
  /** Layers of which the files do not say what they do, each once, in the order of the graph. */
  readonly tellable: readonly TellableLayer[]
}

/** A layer that can be told what it does. */
export interface TellableLayer extends Tellable {
  readonly layerClass: string
  /** Where it is in the graph. */
  readonly scope: string
}

/** An input that is not the picture's. */
export interface OtherInput {
  readonly tensor: string
  readonly info: TensorInfo
  readonly value: TensorValue | null
}

/** How it is known how a network wants its pictures. */
export type PreparationBasis = 'files' | 'type' | 'graph' | 'convention' | 'assumed'

/** How a network wants its pictures, and how that is known. */
export interface Preparation {
  readonly range: InputRange
  readonly order: ChannelOrder
  readonly basis: PreparationBasis
  /** Completes “The network sees 224 × 224, …”. */
  readonly how: string
  /** The size that the graph resizes pictures to; null where it does not. */
  readonly resized: { readonly height: number; readonly width: number } | null
  /** The batch norm by which the range can be measured; null where there is none. */
  readonly norm: FirstNorm | null
}
