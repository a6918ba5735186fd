import { axisOf, type BatchAxis } from './operands'
import { constantValues } from '../lookup/constants'
import { indexGraph, type GraphIndex } from '../lookup/graph-index'
import { tensorName } from '../lookup/names'
import { uniqueName } from '../lookup/unique-name'
import type { Graph, GraphNode, TensorInfo } from '../types'
import { constantNode, intWeight, type NewWeight, type NewWeights } from '../lookup/weights'

/**
 * Gives each Reshape that keeps the batch, be it merged with something else, a constant target that leaves that dimension
 * open: `[1, 7, 7, 3]` becomes `[-1, 7, 7, 3]`. Each gets a target of its own, so others that use the old constant are not touched; constants that
 * nobody uses any more are dropped.
 */
export function freeReshapes(
  graph: Graph,
  infos: ReadonlyMap<string, TensorInfo>,
  axes: ReadonlyMap<string, BatchAxis>,
): { graph: Graph; weights: NewWeights } {
  const index = indexGraph(graph)
  const weights = new Map<string, NewWeight>()
  const taken = (name: string): boolean => index.nodes.has(name) || graph.weights.has(name) || weights.has(name)
  const nodes = graph.nodes.flatMap((node) => {
    const target = freeTarget(index, infos, axes, node)
    if (!target) return [node]
    const weight = intWeight(uniqueName(`${node.name}/free_shape`, taken), target)
    weights.set(weight.info.id, weight)
    const [value, , ...more] = node.inputs
    return [constantNode(weight), { ...node, inputs: [value, tensorName(weight.info.id), ...more] }]
  })
  if (weights.size === 0) return { graph, weights }
  return { graph: withoutUnusedConstants({ ...graph, nodes }, graph, weights), weights }
}

/** The target that leaves the batch open; null where the node is no such Reshape or its target needs no change. */
function freeTarget(
  index: GraphIndex,
  infos: ReadonlyMap<string, TensorInfo>,
  axes: ReadonlyMap<string, BatchAxis>,
  node: GraphNode,
): number[] | null {
  if (node.op !== 'Reshape') return null
  const axis = axisOf(axes.get(tensorName(node.name)))
  if (axisOf(axes.get(node.inputs[0])) === null || axis === null) return null
  const target = constantValues(index, node.inputs.at(1))
  if (!target || target[axis] === -1) return null
  const shape = infos.get(tensorName(node.name))?.shape
  const sizes = target.map((size, i) => (size >= 0 ? size : (shape?.at(i) ?? -1)))
  const beside = sizes.toSpliced(axis, 1)
  return beside.includes(-1) ? null : sizes.with(axis, -1)
}

/** Drops constants of `before` that lost their last use, and adds the new ones to the list of weights. */
function withoutUnusedConstants(graph: Graph, before: Graph, added: NewWeights): Graph {
  const used = indexGraph(graph).uses
  const usedBefore = indexGraph(before).uses
  const outputs = new Set(graph.outputs.map((output) => output.tensor))
  const controls = new Set(graph.nodes.flatMap((node) => node.controlInputs))
  const isUnused = ({ op, name }: GraphNode): boolean =>
    op === 'Const' &&
    usedBefore.has(tensorName(name)) &&
    !used.has(tensorName(name)) &&
    !outputs.has(tensorName(name)) &&
    !controls.has(name)
  const nodes = graph.nodes.filter((node) => !isUnused(node))
  const kept = new Set(nodes.map((node) => node.weight))
  const dropped = new Set(graph.nodes.filter(isUnused).map((node) => node.weight))
  const weights = [...before.weights].filter(([id]) => kept.has(id) || !dropped.has(id))
  return { ...graph, nodes, weights: new Map([...weights, ...[...added].map(([id, { info }]) => [id, info] as const)]) }
}
