import { splitTensor, tensorName } from './names'
import type { GraphNode } from '../types'

/**
 * Who takes what, with every name looked up once: nodes are numbered by their position. What node `n` takes by data
 * stands at `starts[n]` up to, not including, `starts[n + 1]`, in the order of its inputs, and what it waits for by
 * control likewise.
 */
export interface Links extends LinkArrays {
  readonly positions: ReadonlyMap<string, number>
}

/** The links without names: all that has to travel. */
export interface LinkArrays {
  readonly starts: Int32Array
  /** The node that makes each input; -1 where it is not in the graph. */
  readonly makers: Int32Array
  /** Which of its maker's outputs each input is. */
  readonly outputs: Int32Array
  readonly controlStarts: Int32Array
  readonly before: Int32Array
}

/** Kept as long as the nodes are, which never change: nearly every function on a graph begins with these. */
const knownLinks = new WeakMap<readonly GraphNode[], Links>()
const knownOutputs = new WeakMap<readonly GraphNode[], readonly string[]>()

/** The links of a graph's nodes; linear in nodes and edges the first time, at once from then on. */
export function linksOf(nodes: readonly GraphNode[]): Links {
  const before = knownLinks.get(nodes)
  if (before) return before
  const links = withPositions(nodes, link(nodes))
  knownLinks.set(nodes, links)
  return links
}

/**
 * The name of each node's first output. The same strings every time: looking one up again in a map is then a comparison
 * of addresses, not of letters.
 */
export function firstOutputs(nodes: readonly GraphNode[]): readonly string[] {
  const before = knownOutputs.get(nodes)
  if (before) return before
  const outputs = nodes.map((node) => tensorName(node.name))
  knownOutputs.set(nodes, outputs)
  return outputs
}

/** Takes over what another thread found out about the same nodes. */
export function adoptLinks(nodes: readonly GraphNode[], links: LinkArrays, outputs: readonly string[]): void {
  knownLinks.set(nodes, withPositions(nodes, links))
  knownOutputs.set(nodes, outputs)
}

function withPositions(nodes: readonly GraphNode[], links: LinkArrays): Links {
  let positions: ReadonlyMap<string, number> | undefined
  return {
    ...links,
    get positions() {
      return (positions ??= numbered(nodes.map((node) => node.name)))
    },
  }
}

function numbered(names: readonly string[]): ReadonlyMap<string, number> {
  const positions = new Map<string, number>()
  names.forEach((name, position) => positions.set(name, position))
  return positions
}

function link(nodes: readonly GraphNode[]): LinkArrays {
  // Most inputs are first outputs, and found as they are written.
  const makersOfFirst = numbered(firstOutputs(nodes))
  const starts = startsOf(nodes, (node) => node.inputs.length)
  const controlStarts = startsOf(nodes, (node) => node.controlInputs.length)
  const makers = new Int32Array(starts[nodes.length])
  const outputs = new Int32Array(starts[nodes.length])
  const before = new Int32Array(controlStarts[nodes.length])
  let edge = 0
  let controlEdge = 0
  for (const node of nodes) {
    for (const tensor of node.inputs) {
      const maker = makersOfFirst.get(tensor)
      const source = maker === undefined ? splitTensor(tensor) : null
      makers[edge] = maker ?? (source && makersOfFirst.get(tensorName(source.node))) ?? -1
      outputs[edge] = source?.output ?? 0
      edge += 1
    }
    for (const name of node.controlInputs) {
      before[controlEdge] = makersOfFirst.get(tensorName(name)) ?? -1
      controlEdge += 1
    }
  }
  return { starts, makers, outputs, controlStarts, before }
}

function startsOf(nodes: readonly GraphNode[], count: (node: GraphNode) => number): Int32Array {
  const starts = new Int32Array(nodes.length + 1)
  nodes.forEach((node, position) => {
    starts[position + 1] = starts[position] + count(node)
  })
  return starts
}
