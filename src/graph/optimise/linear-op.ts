import { boolAttribute, dtypeAttribute, stringAttribute, stringsAttribute } from '../lookup/attributes'
import type { GraphIndex } from '../lookup/graph-index'
import { tensorName } from '../lookup/names'
import { opOf } from '../ops'
import type { GraphNode, WeightInfo } from '../types'
import { constantBehind, sizeOf } from './constant'

/** An operation that multiplies with a constant kernel and gives one channel after the other. */
export interface LinearOp {
  readonly node: GraphNode
  readonly output: string
  readonly kernel: WeightInfo
  readonly channels: number
  /** How many values of the kernel in a row belong to the same channel. */
  readonly run: number
  /** The constant added already, where it is a fused op. */
  readonly bias: WeightInfo | null
  /** Dimensions of its result. */
  readonly rank: number
}

/**
 * A node as a linear operation on float32 with channels last and a constant kernel; a fused one only if a constant bias
 * is all that is fused into it. null for any other node.
 */
export function linearOp(node: GraphNode, index: GraphIndex): LinearOp | null {
  const channelsIn = opOf(node.op)?.layer?.channels
  if (!channelsIn || !isFloatChannelsLast(node)) return null
  const kernel = constantBehind(index, node.inputs.at(1))
  const [from, to] = boolAttribute(node, 'transpose_b', false) ? [0, 1] : channelsIn
  if (kernel?.dtype !== 'float32' || kernel.shape.length !== (node.op.endsWith('MatMul') ? 2 : 4)) return null
  const isFused = node.attributes.fused_ops !== undefined
  const bias = isFused ? constantBehind(index, node.inputs.at(2)) : null
  const channels = sizeOf(kernel.shape.slice(from, to))
  if (isFused) {
    const fused = stringsAttribute(node, 'fused_ops', [])
    if (fused.length !== 1 || fused[0] !== 'BiasAdd') return null
    if (bias?.dtype !== 'float32' || bias.shape.length !== 1 || bias.shape[0] !== channels) return null
  }
  return {
    node,
    output: tensorName(node.name),
    kernel,
    channels,
    run: sizeOf(kernel.shape.slice(to)),
    bias: bias ?? null,
    rank: kernel.shape.length,
  }
}

/** Whether a node computes on float32 with channels last (NHWC), which are the defaults where it does not say. */
export function isFloatChannelsLast(node: GraphNode): boolean {
  return dtypeAttribute(node, 'T', 'float32') === 'float32' && stringAttribute(node, 'data_format', 'NHWC') === 'NHWC'
}
