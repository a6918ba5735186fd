import { packEdges, type Adjacency } from './adjacency'
import { boolAttribute } from './attributes'
import type { GraphIndex } from './graph-index'
import { firstOutputs, linksOf } from './links'
import { splitTensor, tensorName } from './names'
import { opOf } from '../ops'
import type { GraphNode, TensorInfo } from '../types'

/** Whether the results of a node depend on the values it takes, and not only on their shapes. */
export function carriesData(node: GraphNode): boolean {
  return opOf(node.op)?.readsOnlyShape !== true
}

/** Whether a tensor of a node is what training found, whatever the picture: mean and variance of a batch norm in use. */
export function isStatistic(node: GraphNode, tensor: string): boolean {
  return (
    opOf(node.op)?.norm?.trains === true && !boolAttribute(node, 'is_training', true) && splitTensor(tensor).output > 0
  )
}

/**
 * Where data goes: a directed graph whose vertices are first all tensors, then all nodes in graph order. A tensor leads
 * to the nodes that use its values, a node to the tensors it makes.
 */
export interface DataFlow {
  readonly tensors: readonly string[]
  /** The vertex of a tensor. */
  readonly ids: ReadonlyMap<string, number>
  /** The position of the node that makes each tensor. */
  readonly makers: Int32Array
  readonly edges: Adjacency
  /** The vertex of a node. */
  readonly vertexOf: (node: GraphNode) => number
}

/**
 * Builds the flow of data through all tensors that `infos` knows or that some node takes; edges that carry only a shape
 * are left out. Linear in nodes and edges.
 */
export function dataFlow({ graph: { nodes } }: GraphIndex, infos: ReadonlyMap<string, TensorInfo>): DataFlow {
  const links = linksOf(nodes)
  const firsts = firstOutputs(nodes)
  const tensors: string[] = []
  const makers: number[] = []
  const ids = new Map<string, number>()
  const add = (tensor: string, maker: number): void => {
    ids.set(tensor, tensors.length)
    tensors.push(tensor)
    makers.push(maker)
  }
  let next = 0
  for (const tensor of infos.keys()) {
    // Infos come in the order of the nodes, so the next one's first output is tried before it is looked up.
    const maker = tensor === firsts[next] ? next : links.positions.get(splitTensor(tensor).node)
    if (maker === undefined) continue
    add(tensor, maker)
    next = maker + 1
  }
  nodes.forEach((node, position) => {
    node.inputs.forEach((tensor, input) => {
      const maker = links.makers[links.starts[position] + input]
      if (maker >= 0 && !ids.has(tensor)) add(tensor, maker)
    })
  })
  return {
    tensors,
    ids,
    makers: Int32Array.from(makers),
    edges: flowEdges(nodes, ids, makers, tensors),
    vertexOf: (node) => tensors.length + (links.positions.get(node.name) ?? 0),
  }
}

function flowEdges(
  nodes: readonly GraphNode[],
  ids: ReadonlyMap<string, number>,
  makers: readonly number[],
  tensors: readonly string[],
): Adjacency {
  const from: number[] = []
  const to: number[] = []
  const carries = Uint8Array.from(nodes, (node) => Number(carriesData(node)))
  nodes.forEach((node, position) => {
    if (carries[position] === 0) return
    node.inputs.forEach((tensor, input) => {
      const source = ids.get(tensor)
      // IdentityN hands each input to its own output, so its towers do not meet there.
      const target = node.op === 'IdentityN' ? ids.get(tensorName(node.name, input)) : makers.length + position
      if (source === undefined || target === undefined) return
      from.push(source)
      to.push(target)
    })
  })
  makers.forEach((maker, tensor) => {
    if (carries[maker] === 0 || isStatistic(nodes[maker], tensors[tensor])) return
    from.push(makers.length + maker)
    to.push(tensor)
  })
  return packEdges(makers.length + nodes.length, from, to)
}
