import { after, reachedFrom } from '../lookup/adjacency'
import { trackBatch } from '../batch/axis'
import { controlRegions } from './control-regions'
import type { Blocker, CutFacts } from './reasons'
import type { DataFlow } from '../lookup/flow'
import type { GraphIndex } from '../lookup/graph-index'
import { splitTensor } from '../lookup/names'
import { nodeEdges, type NodeEdges } from '../lookup/node-edges'
import { orderOf } from '../lookup/order'
import type { GraphNode, TensorInfo } from '../types'

/** Gathers what decides where a graph can be cut; linear in nodes and edges. */
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
    nodes: index.graph.nodes,
    related: image === null ? null : nodesAfter(edges, splitTensor(image).node),
    batch: image === null ? new Map() : trackBatch(index, infos, flow, image),
    batchSize: (image === null ? undefined : infos.get(image)?.shape?.at(0)) ?? null,
    blockers: firstBlockers(index, edges, supported),
    regions: controlRegions(index.graph.nodes),
  }
}

/**
 * 1 for each node that depends on the one named (itself included), be it only by its shape or by control; by position.
 */
function nodesAfter({ positions, followers }: NodeEdges, name: string): Uint8Array | null {
  const start = positions.get(name)
  return start === undefined ? null : reachedFrom(followers, start)
}

/** For each node that needs an op that no backend runs, the first such op. */
function firstBlockers(
  { graph: { nodes } }: GraphIndex,
  { followers }: NodeEdges,
  supported: (node: GraphNode) => string | null,
): ReadonlyMap<string, Blocker> {
  const blockers = new Map<string, Blocker>()
  for (const start of orderOf(nodes)) {
    const node = nodes[start]
    const reason = blockers.has(node.name) ? null : supported(node)
    if (reason === null) continue
    const open = [start]
    for (let position = open.pop(); position !== undefined; position = open.pop()) {
      if (blockers.has(nodes[position].name)) continue
      blockers.set(nodes[position].name, { node, reason })
      for (const follower of after(followers, position)) open.push(follower)
    }
  }
  return blockers
}
