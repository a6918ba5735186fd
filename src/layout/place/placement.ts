import type { Crossing } from '../group/border-crossings'
import type { Point } from '../types'

/**
 * Something to be placed. Placing knows one direction only: the flow runs along y, and x is across it; `arrange` turns
 * things over where the data flows to the right.
 */
export interface Placed {
  readonly id: string
  /** Across the flow. */
  readonly width: number
  /** Along the flow. */
  readonly height: number
}

/** An item of a group; for an unfolded group also where tensors enter and leave it, from its left side. */
export interface Child extends Placed {
  /** Operations inside. */
  readonly size: number
  /** A constant's box; it stands near what uses it. */
  readonly isConstant?: boolean
  readonly entries?: ReadonlyMap<string, number>
  readonly exits?: ReadonlyMap<string, number>
  /** Room that must stay free after it along the flow, for what is written there. */
  readonly after?: number
  /** Of an unfolded group: the tensors with which its main path comes in and goes out. */
  readonly mainEntry?: string
  readonly mainExit?: string
}

/** The width of a port, where a tensor passes the border of a frame: not a box, but the end of a line. */
export const portWidth = 10

/** What is to be placed: the things of a group, ports among them, and the ways of tensors between those. */
export interface PlacementTask {
  readonly items: readonly Child[]
  readonly ways: readonly Crossing[]
  /** Ids of the things that stand on the upper and lower border. */
  readonly upper: ReadonlySet<string>
  readonly lower: ReadonlySet<string>
  readonly gaps: Gaps
}

export interface Gaps {
  /** Between two ranks. */
  readonly rank: number
  /** Between neighbours in a rank. */
  readonly item: number
  /** Between two lines that pass a rank side by side. */
  readonly line: number
}

/** Where a thing stands, and how far its rank reaches: its neighbours may be taller than itself. */
export interface Standing extends Point {
  /** Coordinates are those of its centre. */
  readonly rankTop: number
  readonly rankBottom: number
}

export interface Placement {
  readonly width: number
  readonly height: number
  readonly standing: ReadonlyMap<string, Standing>
  /** For each way that passes ranks: its points between its ends, such that it passes no box. */
  readonly bends: ReadonlyMap<Crossing, readonly Point[]>
  /** How many ranks each way goes on; 1 to the next one, negative against the flow. */
  readonly spans: ReadonlyMap<Crossing, number>
  /** The ways of the main path. */
  readonly main: ReadonlySet<Crossing>
}
