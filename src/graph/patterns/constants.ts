import type { WeightInfo } from '../types'
import { isConstantNode } from '../lookup/constant-node'
import { staysInside, type Fixed, type Op, type Value } from './wiring'

const passingOps = new Set(['Identity', 'ReadVariableOp'])

/** Ops with which frozen graphs work out a scale, a shift or a kernel from constants alone. */
const arithmetic = new Set([
  ...['Add', 'AddV2', 'Sub', 'Mul', 'Div', 'RealDiv', 'Neg', 'Rsqrt', 'Sqrt', 'Square', 'Reciprocal', 'Inv', 'Maximum'],
  ...['Identity', 'ReadVariableOp', 'Cast', 'Reshape', 'ExpandDims', 'Squeeze', 'Transpose'],
  ...['FakeQuantWithMinMaxVars', 'FakeQuantWithMinMaxVarsPerChannel', 'Dequantize'],
])
/** Ops with which a size is worked out from the shape of a tensor. */
const sizing = new Set(['Shape', 'Size', 'StridedSlice', 'Pack', 'ConcatV2', 'Prod', 'GatherV2', 'Gather', 'FloorDiv'])

/** Deeper than anything that is worked out beside a convolution. */
const deepest = 8
const mostOps = 32

/** How a value is worked out from constants alone; null where it depends on the data. */
export function fixed(value: Value | undefined): Fixed | null {
  const op = value?.maker
  return op?.output === value && op ? fixedOp(op, deepest) : null
}

function fixedOp(op: Op, depth: number): Fixed | null {
  // Kept with the op: the same ones are asked for by every step of the search.
  if (op.fixed === undefined) op.fixed = depth === 0 ? null : workedOut(op, depth)
  return op.fixed
}

const nothing: readonly Op[] = []

function workedOut(op: Op, depth: number): Fixed | null {
  if (isConstantNode(op.node)) return ofConstant(op.weight)
  if (!arithmetic.has(op.node.op) || op.inputs.length === 0) return null
  const operands: Fixed[] = []
  for (const value of op.inputs) {
    const operand = value.maker?.output === value ? fixedOp(value.maker, depth - 1) : null
    if (!operand) return null
    operands.push(operand)
  }
  const [first] = operands
  // A constant passed on is a constant still.
  if (passingOps.has(op.node.op) && first.ops.length === 0) return first
  const ops = new Set(operands.flatMap((operand) => operand.ops))
  if (ops.size > mostOps) return null
  const scalar = operands.every((operand) => operand.scalar)
  return {
    scalar,
    perChannel: !scalar && operands.every((operand) => operand.scalar || operand.perChannel),
    shape: operands.reduce<Fixed['shape']>((most, { shape }) => (ranks(shape) > ranks(most) ? shape : most), null),
    ops: [...ops, op],
  }
}

const ranks = (shape: readonly number[] | null): number => shape?.length ?? -1

function ofConstant(weight: WeightInfo | undefined): Fixed {
  const shape = weight?.shape ?? null
  const scalar = shape?.length === 0
  const counting = (shape ?? []).filter((size) => size > 1).length
  return { scalar, perChannel: !scalar && counting <= 1, shape, ops: nothing }
}

/** Whether a value is a constant, or one that is only passed on: no op of a pattern makes it. */
export const isConstant = (value: Value): boolean => fixed(value)?.ops.length === 0

/** The whole numbers of a small constant; undefined where it is none. */
export function smallValues(value: Value | undefined): readonly number[] | undefined {
  let op = value?.maker
  for (let step = 0; step < 2 * deepest && op; step++) {
    if (op.weight) return op.weight.small
    if (!passingOps.has(op.node.op)) return undefined
    op = op.inputs.at(0)?.maker
  }
  return undefined
}

/** The ops that work out a size, as that of a transposed convolution or a reshape, in the order of the data. */
function sizeOps(value: Value | undefined): readonly Op[] {
  const ops = new Set<Op>()
  return value && isSize(value, ops, deepest) ? [...ops] : []
}

function isSize(value: Value, ops: Set<Op>, depth: number): boolean {
  const op = value.maker
  if (!op || depth === 0 || ops.size > mostOps) return false
  if (isConstant(value) || ops.has(op)) return true
  // Of what stands before it, only the shape is wanted.
  const isShape = op.node.op === 'Shape' || op.node.op === 'Size'
  if (!isShape && !sizing.has(op.node.op) && !arithmetic.has(op.node.op)) return false
  if (!isShape && !op.inputs.every((input) => isSize(input, ops, depth - 1))) return false
  ops.add(op)
  return true
}

/** What works out a value, if it does not depend on the data. */
export function fixedOps(value: Value): readonly Op[] {
  // Nearly all are constants, about which nothing else is to be found out.
  return value.maker && isConstantNode(value.maker.node) ? nothing : (fixed(value)?.ops ?? nothing)
}

/** What works out a value, if that is a constant or a size. */
export function operandOps(value: Value): readonly Op[] {
  const ops = fixedOps(value)
  return ops.length > 0 ? ops : sizeOps(value)
}

/**
 * `ops` without those of `aside` that others take, too: what works out a scale that two convolutions share belongs to
 * neither. Within `aside`, makers must come before takers.
 */
export function withoutShared(ops: ReadonlySet<Op>, aside: ReadonlySet<Op>): ReadonlySet<Op> {
  if (aside.size === 0) return ops
  const own = new Set(ops)
  for (const op of [...aside].reverse()) if (op.manyTaken || !staysInside(op.output, own)) own.delete(op)
  return own
}
