import type { GraphIndex } from '../graph/lookup/graph-index'
import type { ScopeTree } from '../graph/lookup/scopes'
import type { Grouping } from '../layout/group/grouping'
import type { ModelFacts } from './types'

/** A model as the view worker holds it. */
export interface ViewedModel {
  /** Look-ups on the graph as shown, with the bodies of functions in it. */
  readonly index: GraphIndex
  readonly tree: ScopeTree
  readonly grouping: Grouping
  /** For each node that stands in a function's body: the function's name. */
  readonly functionOf: ReadonlyMap<string, string>
  /** null until they come. */
  readonly facts: ModelFacts | null
}
