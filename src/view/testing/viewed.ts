import { indexGraph } from '../../graph/lookup/graph-index'
import { scopeTree } from '../../graph/lookup/scopes'
import type { Graph } from '../../graph/types'
import { groupGraph } from '../../layout/group/group'
import type { ViewedModel } from '../viewed-model'
import type { ModelFacts } from '../types'

/** A graph as the view worker holds it. */
export function viewed(graph: Graph, facts: ModelFacts | null = null): ViewedModel {
  const index = indexGraph(graph)
  const tree = scopeTree(graph)
  return { index, tree, grouping: groupGraph(index, tree), functionOf: new Map(), facts }
}
