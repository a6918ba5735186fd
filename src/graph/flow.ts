import type { GraphIndex } from './lookup'
import { splitTensor, tensorName } from './names'
import type { GraphNode, TensorInfo } from './types'

/** Ops that look only at the shape of what they take: their results carry no data of it. */
const shapeOnlyOps: ReadonlySet<string> = new Set(['Shape', 'ShapeN', 'Size', 'Rank', 'ZerosLike', 'OnesLike'])

/** Whether the results of a node depend on the values it takes, and not only on their shapes. */
export function carriesData(node: GraphNode): boolean {
  return !shapeOnlyOps.has(node.op)
}

/**
 * Where data goes: a directed graph whose vertices are first all tensors, then all nodes, by number. A tensor leads to
 * the nodes that use its values, a node to the tensors it makes.
 */
export interface DataFlow {
  readonly tensors: readonly string[]
  /** The vertex of a tensor. */
  readonly ids: ReadonlyMap<string, number>
  /** Vertices one step further on. */
  readonly after: readonly (readonly number[])[]
  /** The vertex of a node. */
  readonly vertexOfNode: (name: string) => number | undefined
}

/** All tensors of a graph, in node order: those that `infos` knows and those that some node takes. */
export function tensorsByNode(
  index: GraphIndex,
  infos: ReadonlyMap<string, TensorInfo>,
): ReadonlyMap<string, readonly string[]> {
  const made = new Map<string, string[]>(index.graph.nodes.map((node) => [node.name, []]))
  for (const tensor of infos.keys()) made.get(splitTensor(tensor).node)?.push(tensor)
  for (const tensor of index.uses.keys()) {
    if (!infos.has(tensor)) made.get(splitTensor(tensor).node)?.push(tensor)
  }
  return made
}

/** Builds the flow of data; edges that carry only a shape are left out. Linear in nodes and edges. */
export function dataFlow(index: GraphIndex, infos: ReadonlyMap<string, TensorInfo>): DataFlow {
  const made = tensorsByNode(index, infos)
  const tensors = [...made.values()].flat()
  const ids = new Map(tensors.map((tensor, id) => [tensor, id]))
  const nodeIds = new Map([...made.keys()].map((name, position) => [name, tensors.length + position]))
  const after: number[][] = Array.from({ length: tensors.length + nodeIds.size }, () => [])
  for (const node of index.graph.nodes) {
    const nodeId = nodeIds.get(node.name)
    if (nodeId === undefined || !carriesData(node)) continue
    for (const tensor of made.get(node.name) ?? []) link(after, nodeId, ids.get(tensor))
    node.inputs.forEach((tensor, input) => {
      const from = ids.get(tensor)
      // IdentityN hands each input to its own output, so its towers do not meet there.
      const to = node.op === 'IdentityN' ? ids.get(tensorName(node.name, input)) : nodeId
      if (from !== undefined) link(after, from, to)
    })
  }
  return { tensors, ids, after, vertexOfNode: (name) => nodeIds.get(name) }
}

function link(after: number[][], from: number, to: number | undefined): void {
  if (to !== undefined) after[from].push(to)
}

/** 1 for each vertex that data from `start` reaches, `start` included. */
export function reachedFrom(flow: DataFlow, start: number): Uint8Array {
  const reached = new Uint8Array(flow.after.length)
  const open = [start]
  reached[start] = 1
  for (let vertex = open.pop(); vertex !== undefined; vertex = open.pop()) {
    for (const next of flow.after[vertex]) {
      if (reached[next]) continue
      reached[next] = 1
      open.push(next)
    }
  }
  return reached
}
