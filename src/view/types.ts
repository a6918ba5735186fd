/**
 * What passes between the view worker and the page: plain data, cloneable. The page holds no graph, only what is drawn;
 * whatever it wants to know it asks here. Models are told apart by the number under which the page opened them.
 */
import type { ModelFacts } from '../graph/facts'
import type { Graph } from '../graph/types'
import type { Selection } from './selection'
import type { SceneRequest, Scene, Marks } from './scene/types'
import type { PictureLook } from './svg/types'
import type { SearchResults } from './find/types'
import type { TrunkSize, Profile, Description } from './describe/types'

export type { ModelFacts } from '../graph/facts'

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
  /** How deep in the network tensors are made, from 0 (input) to 1 (output), as the stretches of `profile` are; null for what is not there. */
  depths(model: number, tensors: readonly string[]): Promise<readonly (number | null)[] | null>
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
