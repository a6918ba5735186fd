import { packEdges, type Adjacency } from './adjacency'
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
 * Where data goes: a directed graph whose vertices are first all tensors, then all nodes in graph order. A tensor leads
 * to the nodes that use its values, a node to the tensors it makes.
 */
export interface DataFlow {
  readonly tensors: readonly string[]
  /** The vertex of a tensor. */
  readonly ids: ReadonlyMap<string, number>
  /** The node that makes each tensor. */
  readonly producers: readonly GraphNode[]
  readonly edges: Adjacency
  /** The vertex of a node. */
  readonly vertexOf: (node: GraphNode) => number
}

/**
 * Builds the flow of data through all tensors that `infos` knows or that some node takes; edges that carry only a shape
 * are left out. Linear in nodes and edges.
 */
export function dataFlow(index: GraphIndex, infos: ReadonlyMap<string, TensorInfo>): DataFlow {
  const { nodes } = index.graph
  const positions = new Map(nodes.map((node, position) => [node.name, position]))
  const tensors: string[] = []
  const producers: GraphNode[] = []
  const owners: number[] = []
  const ids = new Map<string, number>()
  for (const names of [infos.keys(), index.uses.keys()]) {
    for (const tensor of names) {
      const position = ids.has(tensor) ? undefined : positions.get(splitTensor(tensor).node)
      if (position === undefined) continue
      ids.set(tensor, tensors.length)
      tensors.push(tensor)
      owners.push(position)
      producers.push(nodes[position])
    }
  }
  return {
    tensors,
    ids,
    producers,
    edges: flowEdges(nodes, ids, owners),
    vertexOf: (node) => tensors.length + (positions.get(node.name) ?? 0),
  }
}

function flowEdges(
  nodes: readonly GraphNode[],
  ids: ReadonlyMap<string, number>,
  owners: readonly number[],
): Adjacency {
  const from: number[] = []
  const to: number[] = []
  nodes.forEach((node, position) => {
    if (!carriesData(node)) return
    node.inputs.forEach((tensor, input) => {
      const source = ids.get(tensor)
      // IdentityN hands each input to its own output, so its towers do not meet there.
      const target = node.op === 'IdentityN' ? ids.get(tensorName(node.name, input)) : owners.length + position
      if (source === undefined || target === undefined) return
      from.push(source)
      to.push(target)
    })
  })
  owners.forEach((position, tensor) => {
    if (!carriesData(nodes[position])) return
    from.push(owners.length + position)
    to.push(tensor)
  })
  return packEdges(owners.length + nodes.length, from, to)
}
