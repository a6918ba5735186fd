import { boolAttribute, dtypeAttribute } from '../lookup/attributes'
import { producer, type GraphIndex } from '../lookup/graph-index'
import { constantBehind } from '../optimise/constant'
import { opOf } from '../ops'
import type { GraphNode, TensorInfo } from '../types'
import type { StoppedBy } from './types'

/** The inputs that a node hands slopes to, by their place; none of one that hands back none. */
export function numberInputs(node: GraphNode): readonly number[] {
  const range = opOf(node.op)?.trains
  return range ? [...node.inputs.keys()].slice(...range) : []
}

/** Why no slopes go back through a node; null where they do. `infos` are of the graph of `index`. */
export function stoppedBy(
  node: GraphNode,
  index: GraphIndex,
  infos: ReadonlyMap<string, TensorInfo>,
): StoppedBy | null {
  const op = opOf(node.op)
  if (op?.trains === undefined) return 'unknown'
  if (dtypeAttribute(node, 'T', 'float32') !== 'float32') return 'type'
  if (op.norm?.trains === true && boolAttribute(node, 'is_training', true)) return 'batch-statistics'
  if (!sizesAreKnown(node, index)) return 'while-running'
  return op.layer?.type === 'convolution' && isUneven(node, index, infos) ? 'groups' : null
}

/** Ops whose other inputs are only shapes, which follow from those of the results. */
const shapedByResult = new Set([
  'Reshape',
  'Squeeze',
  'ExpandDims',
  'Conv2DBackpropInput',
  'BroadcastTo',
  'OnesLike',
  'ZerosLike',
])

function sizesAreKnown(node: GraphNode, index: GraphIndex): boolean {
  if (shapedByResult.has(node.op)) return true
  const numbers = new Set(numberInputs(node))
  return node.inputs.every((tensor, place) => numbers.has(place) || isFixed(tensor, index))
}

function isFixed(tensor: string, index: GraphIndex): boolean {
  const node = producer(index, tensor)
  return node !== undefined && (constantBehind(index, tensor) !== undefined || opOf(node.op)?.stores === true)
}

/** Whether groups of channels are not all of one size, which TensorFlow refuses, too. */
function isUneven(node: GraphNode, index: GraphIndex, infos: ReadonlyMap<string, TensorInfo>): boolean {
  const kernel = constantBehind(index, node.inputs.at(1))
  const channels = infos.get(node.inputs[0])?.shape?.at(node.attributes.data_format ? channelAxis(node) : 3)
  if (kernel?.shape.length !== 4 || typeof channels !== 'number') return false
  const groups = channels / kernel.shape[2]
  return !Number.isInteger(groups) || kernel.shape[3] % groups !== 0
}

function channelAxis({ attributes: { data_format: format } }: GraphNode): number {
  return format?.kind === 'string' && format.value === 'NCHW' ? 1 : 3
}
