import { trackBatch } from './axis'
import type { BatchAxis } from './operands'
import { dataFlow } from '../lookup/flow'
import { indexGraph, producer } from '../lookup/graph-index'
import { opOf } from '../ops'
import type { Graph, GraphNode, TensorInfo } from '../types'

/**
 * What in a graph with a free batch still holds on to one size: nodes that mix pictures or drop their dimension, whose
 * result does not grow with the batch, or that join it with something of a fixed size. Only the first such nodes are
 * named, not those that merely follow. `infos` are of the freed graph; tensors that nobody takes do not count.
 */
export function findBlockers(graph: Graph, infos: ReadonlyMap<string, TensorInfo>, image: string): string[] {
  const index = indexGraph(graph)
  const axes = trackBatch(index, infos, dataFlow(index, infos), image)
  const outputs = new Set(graph.outputs.map((output) => output.tensor))
  const blockers = new Set<string>()
  for (const [tensor, axis] of axes) {
    const node = producer(index, tensor)
    const matters = outputs.has(tensor) || index.uses.has(tensor)
    if (!node || !matters || node.inputs.some((input) => axes.get(input) === 'lost')) continue
    const reason = whyBlocked(node, tensor, axis, { infos, axes, isOutput: outputs.has(tensor) })
    if (reason !== null) blockers.add(`${node.op} “${node.name}” ${reason}.`)
  }
  return [...blockers]
}

interface Tracked {
  readonly infos: ReadonlyMap<string, TensorInfo>
  readonly axes: ReadonlyMap<string, BatchAxis>
  readonly isOutput: boolean
}

function whyBlocked(
  node: GraphNode,
  tensor: string,
  axis: BatchAxis,
  { infos, axes, isOutput }: Tracked,
): string | null {
  const shape = infos.get(tensor)?.shape
  if (axis === 'folded' || typeof axis === 'object') return isOutput ? 'spreads each picture over several rows' : null
  if (axis === 'lost') {
    return shape?.at(0) === 1
      ? 'makes one row, however many pictures go in'
      : 'mixes the pictures, or drops the dimension that counts them'
  }
  if (!shape) return 'has a result whose shape is not known when the batch is free'
  if (isOutput && axis !== 0) return 'does not count the pictures in its first dimension'
  return opOf(node.op)?.sameSizes === true && joinsFixed(node, infos, axes)
    ? 'joins the pictures with something that is made for a fixed number of them'
    : null
}

/** Whether some operand has a fixed size where the others have the batch. */
function joinsFixed(
  node: GraphNode,
  infos: ReadonlyMap<string, TensorInfo>,
  axes: ReadonlyMap<string, BatchAxis>,
): boolean {
  const axis = node.inputs.map((input) => axes.get(input)).find((state) => typeof state === 'number')
  if (axis === undefined) return false
  const rank = Math.max(...node.inputs.map((input) => infos.get(input)?.shape?.length ?? 0))
  return node.inputs.some((input) => {
    const shape = infos.get(input)?.shape
    return shape?.length === rank && typeof shape[axis] === 'number'
  })
}
