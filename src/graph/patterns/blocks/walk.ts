import { isConstant } from '../constants'
import type { LayerPiece } from '../layer'
import type { PatternPiece } from '../pieces'
import { onlyTaker, type Op, type Value } from '../wiring'

const reshaping = new Set(['Reshape', 'Squeeze', 'ExpandDims', 'Identity', 'StopGradient'])
const mostForms = 6

/** A piece as the convolution or dense layer that it is; null for others. */
export function layer(piece: PatternPiece | undefined): LayerPiece | null {
  return piece && 'facts' in piece ? (piece as LayerPiece) : null
}

/** A 1×1 convolution with stride 1: one that only mixes channels. */
export function pointwise(piece: PatternPiece | undefined): LayerPiece | null {
  const found = layer(piece)
  const { type, kernel, strides } = found?.facts ?? {}
  const isOne = (size: number): boolean => size === 1
  return type === 'convolution' && kernel?.every(isOne) === true && strides?.every(isOne) === true ? found : null
}

/** A piece that is a depthwise convolution, which does not mix channels; null for others. */
export function depthwise(piece: PatternPiece | undefined): LayerPiece | null {
  const found = layer(piece)
  return found?.facts.type === 'depthwise' ? found : null
}

/** A layer that weights all it gets without regard to place: dense, or a 1×1 convolution. */
export function mixing(piece: PatternPiece | undefined): LayerPiece | null {
  const found = layer(piece)
  return found?.facts.type === 'dense' ? found : pointwise(piece)
}

export interface Walked {
  readonly value: Value
  /** In the order of the data. */
  readonly ops: readonly Op[]
}

/** Back over what only gives a tensor another form, or none. */
export function backOverForms(start: Value): Walked {
  const ops: Op[] = []
  let value = start
  for (let op = value.maker; op && reshaping.has(op.node.op) && op.inputs.length > 0; op = value.maker) {
    if (ops.length === mostForms || isConstant(value)) break
    ops.unshift(op)
    value = op.inputs[0]
  }
  return { value, ops }
}

/** On over what only gives a tensor another form, as long as only one op takes it. */
export function onOverForms(start: Value): Walked {
  const ops: Op[] = []
  let value = start
  for (let op = onlyTaker(value); op && reshaping.has(op.node.op); op = onlyTaker(value)) {
    if (op.inputs[0] !== value || ops.length === mostForms) break
    ops.push(op)
    value = op.output
  }
  return { value, ops }
}

const pools = new Set(['Mean', 'Max', 'Sum', 'AvgPool', 'MaxPool'])

/** Whether an op may bring each channel down to one number; what stands around it must tell that it does. */
export const isPool = (op: Op | undefined): op is Op =>
  op !== undefined && pools.has(op.node.op) && op.inputs.length > 0
