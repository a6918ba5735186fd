import { after, reachedFrom } from './adjacency'
import { trackBatch } from './batch-axis'
import { controlRegions } from './control-regions'
import type { Blocker, CutFacts } from './cut-reasons'
import type { DataFlow } from './flow'
import type { GraphIndex } from './lookup'
import { splitTensor } from './names'
import { nodeEdges, type NodeEdges } from './node-edges'
import { topologicalOrder } from './order'
import type { GraphNode, TensorInfo } from './types'

/** Finds out what must be known to judge every tensor of a graph; linear in nodes and edges. */
export function gatherFacts(
  index: GraphIndex,
  infos: ReadonlyMap<string, TensorInfo>,
  flow: DataFlow,
  image: string | null,
  supported: (node: GraphNode) => string | null,
): CutFacts {
  const edges = nodeEdges(index.graph.nodes)
  const start = image === null ? undefined : flow.ids.get(image)
  return {
    infos,
    image,
    byData: start === undefined ? null : reachedFrom(flow.edges, start),
    related: image === null ? new Set() : nodesAfter(index, edges, splitTensor(image).node),
    batch: image === null ? new Map() : trackBatch(index, infos, flow, image),
    batchSize: (image === null ? undefined : infos.get(image)?.shape?.at(0)) ?? null,
    blockers: firstBlockers(index, edges, supported),
    regions: controlRegions(index),
  }
}

/** Names of the nodes that depend on one, itself included, also by shape only or by control. */
function nodesAfter(index: GraphIndex, { positions, followers }: NodeEdges, name: string): ReadonlySet<string> {
  const start = positions.get(name)
  if (start === undefined) return new Set()
  const reached = reachedFrom(followers, start)
  return new Set(index.graph.nodes.flatMap((node, position) => (reached[position] ? [node.name] : [])))
}

/** For each node that needs an op that no backend runs, the first such op. */
function firstBlockers(
  index: GraphIndex,
  { positions, followers }: NodeEdges,
  supported: (node: GraphNode) => string | null,
): ReadonlyMap<string, Blocker> {
  const { nodes } = index.graph
  const blockers = new Map<string, Blocker>()
  for (const node of topologicalOrder(index.graph)) {
    const start = positions.get(node.name)
    const reason = blockers.has(node.name) ? null : supported(node)
    if (reason === null || start === undefined) continue
    const open = [start]
    for (let position = open.pop(); position !== undefined; position = open.pop()) {
      if (blockers.has(nodes[position].name)) continue
      blockers.set(nodes[position].name, { node, reason })
      for (const follower of after(followers, position)) open.push(follower)
    }
  }
  return blockers
}
