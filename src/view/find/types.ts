import type { GraphNode } from '../../graph/types'

/** What can be searched: an entry for each node, then one for each further output that a node has. */
export interface SearchTexts {
  readonly nodes: readonly GraphNode[]
  readonly tensors: readonly string[]
  /** Lower-cased: the name, a line feed, and all that is known of the node without its facts. */
  readonly texts: readonly string[]
  /** Length of the name in each text. */
  readonly nameEnds: Int32Array
}
