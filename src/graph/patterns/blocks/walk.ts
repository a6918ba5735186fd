import type { GraphNode } from '../../types'
import { isConstant } from '../constants'
import type { Layer } from '../layer'
import type { Piece } from '../pieces'
import { maker, onlyTaker, result, type Wiring } from '../wiring'

const reshaping = new Set(['Reshape', 'Squeeze', 'ExpandDims', 'Identity', 'StopGradient', 'Flatten'])

/** Whether a piece is a convolution or dense layer. */
export function isLayer(piece: Piece | undefined): piece is Layer {
  return piece !== undefined && 'facts' in piece
}

/** Whether a layer is a 1×1 convolution with stride 1: one that only mixes channels. */
export function isPointwise(piece: Piece | undefined): piece is Layer {
  if (!isLayer(piece) || piece.facts.type !== 'convolution') return false
  return piece.facts.kernel?.every((size) => size === 1) === true && piece.facts.strides.every((stride) => stride === 1)
}

export function isDepthwise(piece: Piece | undefined): piece is Layer {
  return isLayer(piece) && piece.facts.type === 'depthwise'
}

export interface Walked {
  readonly tensor: string
  /** In the order of the data. */
  readonly nodes: readonly GraphNode[]
}

/** Back over what only gives a tensor another form, or none. */
export function backOverForms(wiring: Wiring, start: string): Walked {
  const nodes: GraphNode[] = []
  let tensor = start
  for (
    let node = maker(wiring, tensor);
    node && reshaping.has(node.op) && nodes.length < 6;
    node = maker(wiring, tensor)
  ) {
    if (isConstant(wiring, node)) break
    nodes.unshift(node)
    tensor = node.inputs[0]
  }
  return { tensor, nodes }
}

/** On over what only gives a tensor another form, as long as only one node takes it. */
export function onOverForms(wiring: Wiring, start: string): Walked {
  const nodes: GraphNode[] = []
  let tensor = start
  for (let node = onlyTaker(wiring, tensor); node && reshaping.has(node.op); node = onlyTaker(wiring, tensor)) {
    if (node.inputs[0] !== tensor || nodes.length === 6) break
    nodes.push(node)
    tensor = result(node)
  }
  return { tensor, nodes }
}

const reductions = new Set(['Mean', 'Max', 'Sum'])
const pools = new Set(['AvgPool', 'MaxPool'])

/** Whether a node brings each channel down to one number; of a pooling window that is as good as known. */
export function isGlobalPool(node: GraphNode | undefined): node is GraphNode {
  return node !== undefined && (reductions.has(node.op) || pools.has(node.op))
}
