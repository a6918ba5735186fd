import type { GraphNode } from '../../graph/types'
import type { Selection } from '../selection'

/** What can be searched: an entry for each node, then one for each further output that a node has. */
export interface SearchTexts {
  readonly nodes: readonly GraphNode[]
  readonly tensors: readonly string[]
  /** Lower-cased: the name, a line feed, and all that is known of the node without its facts. */
  readonly texts: readonly string[]
  /** Length of the name in each text. */
  readonly nameEnds: Int32Array
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
