/** What passes from the layout to those who draw: plain data, cloneable between threads. Units are pixels at zoom 1. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** Which way the data flows on screen. */
export type Direction = 'down' | 'right'

export interface Rect extends Point {
  readonly width: number
  readonly height: number
}

/** Where a tensor leaves a box: a point on its lower border (its right one where data flows to the right), absolute. */
export interface OutputPort extends Point {
  readonly tensor: string
}

/** One thing seen: an operation, a folded group, or the frame of an unfolded one. Coordinates are of the top left corner. */
export interface Box extends Rect {
  /** `n:NODE` or `g:PATH`; a node and a scope may have the same name. */
  readonly id: string
  readonly kind: 'node' | 'group'
  /** The node's full name, or the group's path. */
  readonly name: string
  /** The name relative to the enclosing group. */
  readonly label: string
  /** Operations inside, constants not counted; 1 for a node. */
  readonly size: number
  readonly unfolded: boolean
  /** The frame it stands in; null at the top. */
  readonly parent: string | null
  /** Frames around it. */
  readonly depth: number
  /** Place inside the frame. */
  readonly offset: Point
  readonly outputs: readonly OutputPort[]
}

/** One tensor on its way from the box that makes it to a box that takes it. */
export interface Edge {
  readonly id: string
  readonly tensor: string
  /** Ids of boxes that are no frames. */
  readonly from: string
  readonly to: string
  /** Absolute. */
  readonly points: readonly Point[]
  /** Ranks it goes on, between its ends or inside a frame on its way: 1 to the next one, more for a skip; negative against the flow. */
  readonly spans: number
}

export interface LaidOut {
  /** Frames come before what stands in them. */
  readonly boxes: readonly Box[]
  readonly edges: readonly Edge[]
  readonly width: number
  readonly height: number
  /** Groups that had to be arranged for this; the rest came from the cache. */
  readonly arranged: number
}
