import { trackBatch } from './batch-axis'
import { controlRegions } from './control-regions'
import type { Blocker, CutFacts } from './cut-reasons'
import { reachedFrom, type DataFlow } from './flow'
import { producer, type GraphIndex } from './lookup'
import { splitTensor } from './names'
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
  const followers = followersOf(index)
  const start = image === null ? undefined : flow.ids.get(image)
  return {
    infos,
    image,
    producer: (tensor) => producer(index, tensor),
    byData: start === undefined ? null : reachedFrom(flow, start),
    related: image === null ? new Set() : nodesAfter(followers, splitTensor(image).node),
    batch: image === null ? new Map() : trackBatch(index, infos, image),
    batchSize: (image === null ? undefined : infos.get(image)?.shape?.at(0)) ?? null,
    blockers: firstBlockers(index, followers, supported),
    regions: controlRegions(index),
  }
}

/** For each node the names of those that take it, by data or control. */
function followersOf(index: GraphIndex): ReadonlyMap<string, readonly string[]> {
  const followers = new Map<string, string[]>(index.graph.nodes.map((node) => [node.name, []]))
  for (const node of index.graph.nodes) {
    for (const tensor of node.inputs) followers.get(splitTensor(tensor).node)?.push(node.name)
    for (const before of node.controlInputs) followers.get(before)?.push(node.name)
  }
  return followers
}

/** A node and all that depend on it, also by shape only or by control; not looking beyond nodes in `known`. */
function nodesAfter(
  followers: ReadonlyMap<string, readonly string[]>,
  start: string,
  known: { has(name: string): boolean } = new Set<string>(),
): Set<string> {
  const found = new Set<string>([start])
  // The set grows while it is walked.
  for (const name of found) {
    for (const follower of followers.get(name) ?? []) {
      if (!known.has(follower)) found.add(follower)
    }
  }
  return found
}

/** For each node that needs an op that no backend runs, the first such op. */
function firstBlockers(
  index: GraphIndex,
  followers: ReadonlyMap<string, readonly string[]>,
  supported: (node: GraphNode) => string | null,
): ReadonlyMap<string, Blocker> {
  const blockers = new Map<string, Blocker>()
  for (const node of topologicalOrder(index.graph)) {
    const reason = blockers.has(node.name) ? null : supported(node)
    if (reason === null) continue
    for (const name of nodesAfter(followers, node.name, blockers)) blockers.set(name, { node, reason })
  }
  return blockers
}
