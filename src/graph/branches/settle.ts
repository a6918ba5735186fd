import { producer, indexGraph } from '../lookup/graph-index'
import { splitTensor, tensorName } from '../lookup/names'
import type { Graph, GraphNode } from '../types'
import { followBranches } from './follow'

/** A graph in which conditions that are the same in every run are decided. */
export interface Settled {
  readonly graph: Graph
  /** Nodes that never run. */
  readonly dead: ReadonlySet<string>
  /** Inputs that were taken to be true or false. */
  readonly flags: ReadonlyMap<string, boolean>
}

/**
 * Decides conditions made of Switch and Merge whose value is a constant or follows from what a trained network is used
 * for: what the branch taken makes is handed on past them. All nodes and their names stay; those of the other branch are
 * named. Values read from what turns out to be a constant are that constant.
 */
export function settleBranches(graph: Graph): Settled {
  if (!graph.nodes.some(({ op }) => op === 'Switch' || op === 'ReadVariableOp')) {
    return { graph, dead: new Set(), flags: new Map() }
  }
  const { removed, dead, aliases, flags } = followBranches(graph.nodes, graph.weights)
  const index = indexGraph(graph)
  const isDead = (name: string): boolean => dead.has(`^${name}`)
  const isSwitch = (name: string): boolean => removed.has(name) && index.nodes.get(name)?.op === 'Switch'
  const past = (tensor: string): string =>
    isSwitch(splitTensor(tensor).node) ? (aliases.get(tensor) ?? tensor) : tensor
  const isPivot = (name: string): boolean => {
    const node = index.nodes.get(name)
    return isSwitch(name) || (node?.op === 'Identity' && isSwitch(splitTensor(node.inputs[0]).node))
  }
  const nodes = graph.nodes.map((node) => {
    if (isDead(node.name) || isSwitch(node.name)) return node
    const inputs = node.inputs.map(past)
    const controlInputs = node.controlInputs.filter((name) => !isPivot(name))
    if (removed.has(node.name)) return joined(node, past(aliases.get(tensorName(node.name)) ?? inputs[0]))
    const settled = { ...node, inputs, controlInputs }
    return isReadConstant(settled) ? { ...settled, op: 'Identity' } : settled
  })
  const never = new Set(graph.nodes.flatMap(({ name }) => (isDead(name) ? [name] : [])))
  return { graph: { ...graph, nodes }, dead: never, flags }

  /** A variable that freezing made a constant. */
  function isReadConstant({ op, inputs }: GraphNode): boolean {
    return op === 'ReadVariableOp' && inputs.length > 0 && producer(index, inputs[0])?.op === 'Const'
  }
}

/** A Merge one of whose inputs always comes. */
function joined(node: GraphNode, input: string): GraphNode {
  return { ...node, op: 'Identity', inputs: [input], controlInputs: [] }
}
