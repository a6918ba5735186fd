import type { ModelFacts } from '../graph/facts'
import type { Graph } from '../graph/types'

/** Takes what there is to see of a model, under the number the page gave it: the view worker, over a port of its own. */
export interface Feed {
  graph(model: number, graph: Graph): Promise<void>
  facts(model: number, facts: ModelFacts): Promise<void>
}

/** Where nobody looks. */
export const noFeed: Feed = { graph: () => Promise.resolve(), facts: () => Promise.resolve() }
