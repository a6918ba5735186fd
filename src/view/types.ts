/**
 * What passes between the view worker and the page: plain data, cloneable. The page holds no graph, only what is drawn;
 * whatever it wants to know it asks here. Models are told apart by the number under which the page opened them.
 */
import type { BlockedOp } from '../graph/blocked'
import type { ModelFacts } from '../graph/facts'
import type { OpCategory } from '../graph/op-tables/ops'
import type { Graph, Shape, Tellable } from '../graph/types'
import type { Box, Direction, Edge, OutputPort } from '../layout/types'

export type { ModelFacts } from '../graph/facts'

/** A node, a group of the view (by its path) or a tensor. */
export interface Selection {
  readonly kind: 'node' | 'scope' | 'tensor'
  readonly name: string
}

/** What the view worker takes from the compute worker, over a port between the two. */
export interface ViewFeed {
  /** As soon as a file is read: enough to draw. */
  graph(model: number, graph: Graph): void
  /** As soon as they are known; again when another output is chosen. */
  facts(model: number, facts: ModelFacts): void
}

/** The view worker, as the page sees it. Calls about a model that is not there resolve to null. */
export interface ViewEngine {
  /** Waits for the model's graph and groups it; null if the model is dropped before it comes. */
  opened(model: number): Promise<Overview | null>
  /** Waits for the model's facts; false if it is dropped before they come. */
  understood(model: number): Promise<boolean>
  /** Forgets a model. */
  drop(model: number): Promise<void>
  /** What is seen with these groups unfolded; null when a newer request overtook this one. */
  scene(model: number, request: SceneRequest): Promise<Scene | null>
  /** How the boxes of the last scene stand to a cut, for when only the cut has changed. */
  marks(model: number, cut: readonly string[]): Promise<Marks | null>
  /** All there is to say about something; null if it is not there. */
  describe(model: number, selection: Selection): Promise<Description | null>
  /** Nodes, groups and tensors whose name, op, shape or attributes hold every word; null when overtaken by a newer query. */
  find(model: number, query: string, limit: number): Promise<SearchResults | null>
  /** Where something is to be seen, and what must be unfolded for it. */
  locate(model: number, selection: Selection): Promise<NodePlace | null>
  /** What unfolding all inside a group means; '' is the whole graph. */
  inside(model: number, path: string): Promise<Inside | null>
  /** What would be kept by a cut at these tensors. */
  preview(model: number, tensors: readonly string[]): Promise<TrunkSize | null>
  /** Where along the depth of the network parameters and computation sit. */
  profile(model: number, bars: number): Promise<Profile | null>
  /** The whole view as an SVG document of its own, drawn from the layout. */
  picture(model: number, request: SceneRequest, look: PictureLook): Promise<string | null>
}

/** What the page knows of a graph when it can be drawn. */
export interface Overview {
  /** Paths of the groups unfolded in the opening view. */
  readonly opening: readonly string[]
  readonly operations: number
  readonly constants: number
}

export interface SceneRequest {
  readonly unfolded: readonly string[]
  readonly direction: Direction
  /** Whether constants and weights get boxes of their own. */
  readonly constants: boolean
  readonly cut: readonly string[]
}

export interface Scene {
  /** Frames come before what stands in them. */
  readonly boxes: readonly SceneBox[]
  readonly edges: readonly Edge[]
  readonly width: number
  readonly height: number
  readonly direction: Direction
  readonly marks: Marks
  /** Whether shapes, costs and cuts were known when this was made. */
  readonly complete: boolean
}

/** What a box stands for; the screen words and shapes it accordingly. */
export type BoxLook = 'op' | 'constant' | 'pattern' | 'scope' | 'run' | 'blocks' | 'function' | 'loop'

export interface SceneBox extends Box {
  readonly look: BoxLook
  /** What it is, in the field's terms: `Conv 3×3, 32, stride 2 · BN · ReLU6`. */
  readonly title: string
  /** Its name as seen from the frame around it; the whole one is in `name`. */
  readonly label: string
  /** Further lines: weights' shapes (`kernel 3×3×3×32`), or how much is inside. */
  readonly lines: readonly string[]
  /** Lines that the title takes. */
  readonly titleRows: 1 | 2
  /** For screen readers: `Conv2D, expanded_conv/depthwise, output 56×56×48`. */
  readonly spoken: string
  /** Whether groups or patterns stand in it. */
  readonly nested: boolean
  /** Op categories inside with their shares, the largest first. */
  readonly categories: readonly { readonly category: OpCategory; readonly share: number }[]
  /** How many operations in it cannot be run here. */
  readonly blocked: number
  readonly cost: BoxCost | null
  readonly ports: readonly Port[]
}

export interface BoxCost {
  readonly parameters: number
  readonly multiplyAdds: number
  /** Bytes as stored. */
  readonly weightBytes: number
  /** Bytes of all that leaves it, for one image. */
  readonly outputBytes: number
}

/** Where a tensor leaves a box, and what is known of it. */
export interface Port extends OutputPort {
  /** `112×112×32`, without the batch; '' while it is not known. */
  readonly shape: string
  readonly dtype: string
  readonly canCut: boolean
  /** Why not. */
  readonly why: string | null
  readonly recommended: boolean
  /** Whether that is shown: at the end of a part of the network, and at the suggested one. */
  readonly marked: boolean
}

/** How the boxes of a scene stand to the cut. */
export interface Marks {
  /** Ids of the boxes that hold something of the trunk; null where nothing is cut. */
  readonly lit: readonly string[] | null
  /** Folded groups with a cut tensor inside that does not leave them. */
  readonly cutInside: readonly string[]
  /** Operations between each box and the cut, negative before it, by box id; empty where nothing is cut. */
  readonly distance: Readonly<Record<string, number>>
}

export interface NodePlace {
  /** The box that shows it. */
  readonly box: string
  /** Paths of the groups around it, outermost first. */
  readonly unfold: readonly string[]
}

export interface Inside {
  readonly operations: number
  /** Boxes there would be. */
  readonly boxes: number
  /** The group itself and all groups in it. */
  readonly paths: readonly string[]
}

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

export interface SearchResults {
  readonly total: number
  readonly results: readonly FoundResult[]
}

export interface FoundResult {
  readonly selection: Selection
  /** The whole name. */
  readonly name: string
  /** `Conv2D · 112×112×32`. */
  readonly detail: string
  /** For what makes a tensor: whether it can be cut. */
  readonly tensor: { readonly name: string; readonly canCut: boolean; readonly recommended: boolean } | null
}

/** Colours of an exported picture, as CSS colours. */
export interface PictureLook {
  readonly background: string
  readonly box: string
  readonly frame: string
  readonly border: string
  readonly text: string
  readonly quiet: string
  readonly line: string
  readonly cut: string
  readonly categories: Readonly<Record<OpCategory, string>>
  /** The colour of each box by id, where boxes are coloured by something else than their category. */
  readonly fills?: Readonly<Record<string, string>>
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
