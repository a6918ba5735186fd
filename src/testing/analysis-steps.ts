import { supportedAnywhere } from '../compute/backends/supported'
import { withBodies } from '../graph/calls/bodies'
import { nodeCosts } from '../graph/cost'
import { analyseCuts } from '../graph/cuts/analyse'
import { findInputs } from '../graph/image/input'
import { innerImage } from '../graph/image/start'
import { inlineCalls } from '../graph/calls/inline'
import { modernise } from '../graph/legacy'
import { indexGraph } from '../graph/lookup/graph-index'
import { scopeTree } from '../graph/lookup/scopes'
import { inferShapes } from '../graph/shapes'
import type { Graph } from '../graph/types'
import { crossings } from '../layout/group/border-crossings'
import { groupGraph } from '../layout/group/group'
import { openingView } from '../layout/opening'
import { networkOf } from '../view/scene/network'

/** What is worked out of a graph between its file and its drawing, step by step. */
export const analysisSteps: Readonly<Record<string, (graph: Graph) => void>> = {
  'old operations': (graph) => modernise(graph),
  'calls inlined': (graph) => {
    const fetches = graph.outputs.map(({ tensor }) => tensor)
    inlineCalls(graph, fetches)
  },
  costs: (graph) => nodeCosts(graph, inferShapes(graph)),
  inputs: (graph) => {
    const infos = inferShapes(graph)
    findInputs(graph, infos)
    innerImage(graph, infos)
  },
  cuts: (graph) => {
    const output = graph.outputs.at(0)?.tensor ?? null
    analyseCuts(graph, inferShapes(graph), { image: 'image:0', output, supported: supportedAnywhere })
  },
  groups: (graph) => {
    const index = indexGraph(withBodies(graph).graph)
    const grouping = groupGraph(index, scopeTree(index.graph))
    openingView(grouping, crossings(index.graph, grouping))
  },
  network: (graph) => networkOf(graph),
}
