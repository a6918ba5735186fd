import { boolAttribute, dtypeAttribute } from '../../lookup/attributes'
import type { DType, GraphNode } from '../../types'
import { table } from '../../table'
import { arithmetic } from '../arithmetic'
import { each } from './each'
import { add, multiply, type Dims, type SymbolicSize } from '../size'
import {
  numberIn,
  numbersIn,
  positiveAxes,
  positiveAxis,
  tensor,
  typeOf,
  unknownDims,
  type ShapeRule,
  type Rules,
} from '../tensor'

function reduce(dtype?: DType): ShapeRule {
  return (node, inputs) => {
    const x = inputs.at(0)
    const keep = boolAttribute(node, 'keep_dims', boolAttribute(node, 'keepdims', false))
    const shape = reducedShape(x.shape, numbersIn(inputs.at(1)), keep)
    return [tensor(dtype ?? typeOf(node, 'T', x.dtype), shape, reducedValue(node, x.value, shape))]
  }
}

function reducedShape(shape: Dims | null, axes: readonly number[] | null, keep: boolean): Dims | null {
  if (shape === null) return null
  const reduced = positiveAxes(axes, shape.length)
  if (reduced === null) return keep ? unknownDims(shape.length) : null
  if (keep) return shape.map((size, axis) => (reduced.includes(axis) ? 1 : size))
  return shape.filter((_, axis) => !reduced.includes(axis))
}

/** Reductions that are a binary operation again and again. */
const pairwise = table<string>({ Max: 'Maximum', Min: 'Minimum', All: 'LogicalAnd', Any: 'LogicalOr' })

/** Values are carried where all of them go into one. */
function reducedValue(node: GraphNode, value: Dims | undefined, shape: Dims | null): Dims | undefined {
  if (value === undefined || !shape?.every((size) => size === 1)) return undefined
  if (node.op === 'Prod') return [value.reduce<SymbolicSize>(multiply, 1)]
  if (node.op === 'Sum') return [value.reduce<SymbolicSize>(add, 0)]
  const combine = arithmetic.get(pairwise.get(node.op) ?? '')
  return combine && value.length > 0 ? [value.reduce(combine)] : undefined
}

/** The position of the largest or smallest along one dimension. */
const argument: ShapeRule = (node, inputs) => {
  const { shape } = inputs.at(0)
  const dtype = dtypeAttribute(node, 'output_type', 'int64')
  if (!shape) return [tensor(dtype, null)]
  const axis = positiveAxis(numberIn(inputs.at(1)), shape.length)
  return [tensor(dtype, axis === null ? unknownDims(Math.max(0, shape.length - 1)) : shape.toSpliced(axis, 1))]
}

const cumulative: ShapeRule = (node, inputs) => [tensor(typeOf(node, 'T', inputs.at(0).dtype), inputs.at(0).shape)]

const bincount: ShapeRule = (node, inputs) => [tensor(typeOf(node, 'T', inputs.at(2).dtype), [numberIn(inputs.at(1))])]

/** `[size]` for a vector, `[batch, size]` for a matrix. */
const denseBincount: ShapeRule = (node, inputs) => {
  const leading = inputs.at(0).shape?.slice(0, -1) ?? null
  return [tensor(typeOf(node, 'T', inputs.at(2).dtype), leading && [...leading, numberIn(inputs.at(1))])]
}

/** One row a segment; how many segments there are is known only when it runs. */
const segments: ShapeRule = (node, inputs) => {
  const data = inputs.at(0)
  return [tensor(typeOf(node, 'T', data.dtype), data.shape?.length ? data.shape.with(0, null) : null)]
}

const l2Loss: ShapeRule = (node, inputs) => [tensor(typeOf(node, 'T', inputs.at(0).dtype), [])]

/** Operations that sum up over dimensions. */
export const reduceRules: Rules = {
  ...each(['Sum', 'Mean', 'Max', 'Min', 'Prod', 'EuclideanNorm'], reduce()),
  ...each(['All', 'Any'], reduce('bool')),
  ...each(['ArgMax', 'ArgMin'], argument),
  ...each(['Cumsum', 'Cumprod'], cumulative),
  Bincount: bincount,
  DenseBincount: denseBincount,
  ...each(['SegmentSum', 'SegmentMean', 'SegmentMax', 'SegmentMin', 'SegmentProd'], segments),
  ...each(['SparseSegmentSum', 'SparseSegmentMean', 'SparseSegmentSqrtN'], segments),
  L2Loss: l2Loss,
}
