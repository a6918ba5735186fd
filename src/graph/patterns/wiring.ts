import type { GraphIndex, Use } from '../lookup'
import type { GraphNode } from '../types'

/** A graph with what the search for patterns asks of every tensor. */
export interface Wiring {
  readonly index: GraphIndex
  /** Tensors that the graph gives back. */
  readonly outputs: ReadonlySet<string>
  /** Nodes of which more is taken than the first output. */
  readonly manyTaken: ReadonlySet<string>
}

/** Prepares the look-ups; cost is linear in the tensors. */
export function wire(index: GraphIndex): Wiring {
  const outputs = new Set(index.graph.outputs.map((entry) => entry.tensor))
  const manyTaken = new Set<string>()
  const note = (tensor: string): void => {
    if (!tensor.endsWith(':0')) manyTaken.add(makerName(tensor))
  }
  for (const tensor of index.uses.keys()) note(tensor)
  for (const tensor of outputs) note(tensor)
  return { index, outputs, manyTaken }
}

const none: readonly Use[] = []

/** The node part of `node:output`; quicker than taking the name apart, since this is asked for every edge. */
function makerName(tensor: string): string {
  const colon = tensor.lastIndexOf(':')
  return colon < 0 ? tensor : tensor.slice(0, colon)
}

/** The node that makes a tensor. */
export function maker(wiring: Wiring, tensor: string | undefined): GraphNode | undefined {
  return tensor === undefined ? undefined : wiring.index.nodes.get(makerName(tensor))
}

/** The tensor that a node with one output makes. */
export const result = (node: GraphNode): string => `${node.name}:0`

export function usesOf(wiring: Wiring, tensor: string): readonly Use[] {
  return wiring.index.uses.get(tensor) ?? none
}

/**
 * The node that takes a tensor, if it takes it once, nobody else does, it is no output of the graph, and nothing else
 * is taken from its maker: then both can stand in one box.
 */
export function onlyTaker(wiring: Wiring, tensor: string): GraphNode | undefined {
  const uses = usesOf(wiring, tensor)
  return uses.length === 1 && canBeInside(wiring, tensor) ? uses[0].node : undefined
}

/** Whether a tensor is not given back by the graph, and no other output of its maker is taken. */
function canBeInside(wiring: Wiring, tensor: string): boolean {
  return !wiring.outputs.has(tensor) && !wiring.manyTaken.has(makerName(tensor))
}

/** Whether all that is made of a tensor is made by these nodes. */
export function staysInside(wiring: Wiring, tensor: string, nodes: ReadonlySet<GraphNode>): boolean {
  return canBeInside(wiring, tensor) && usesOf(wiring, tensor).every((use) => nodes.has(use.node))
}

/** Whether no tensor made by these nodes is taken elsewhere, but `output`. */
export function isClosed(wiring: Wiring, nodes: ReadonlySet<GraphNode>, output: string): boolean {
  for (const node of nodes) {
    const tensor = result(node)
    if (tensor !== output && !staysInside(wiring, tensor, nodes)) return false
  }
  return !wiring.manyTaken.has(makerName(output))
}
