import { boolAttribute, dtypeAttribute } from '../../lookup/attributes'
import type { DType } from '../../types'
import type { Arithmetic } from '../arithmetic'
import type { Dims, SymbolicSize } from '../size'
import { numberIn, numbersIn, positiveAxes, positiveAxis, tensor, typeOf, unknownDims, type ShapeRule } from '../tensor'

/** Sums and the like. Small values are carried where all of them go into one, by an operation of two again and again. */
export function reduce(fold?: Fold, dtype?: DType): ShapeRule {
  return (node, inputs) => {
    const x = inputs.at(0)
    const keep = boolAttribute(node, 'keep_dims', boolAttribute(node, 'keepdims', false))
    const shape = reducedShape(x.shape, numbersIn(inputs.at(1)), keep)
    return [tensor(dtype ?? typeOf(node, 'T', x.dtype), shape, reducedValue(fold, x.value, shape))]
  }
}

function reducedShape(shape: Dims | null, axes: readonly number[] | null, keep: boolean): Dims | null {
  if (shape === null) return null
  const reduced = positiveAxes(axes, shape.length)
  if (reduced === null) return keep ? unknownDims(shape.length) : null
  if (keep) return shape.map((size, axis) => (reduced.includes(axis) ? 1 : size))
  return shape.filter((_, axis) => !reduced.includes(axis))
}

/** How values go into one: `from` where there are none, which without it are none. */
export interface Fold {
  readonly combine: Arithmetic
  readonly from?: number
}

function reducedValue(fold: Fold | undefined, value: Dims | undefined, shape: Dims | null): Dims | undefined {
  if (fold === undefined || value === undefined || !shape?.every((size) => size === 1)) return undefined
  if (fold.from !== undefined) return [value.reduce<SymbolicSize>(fold.combine, fold.from)]
  return value.length > 0 ? [value.reduce(fold.combine)] : undefined
}

/** The position of the largest or smallest along one dimension. */
export const argument: ShapeRule = (node, inputs) => {
  const { shape } = inputs.at(0)
  const dtype = dtypeAttribute(node, 'output_type', 'int64')
  if (!shape) return [tensor(dtype, null)]
  const axis = positiveAxis(numberIn(inputs.at(1)), shape.length)
  return [tensor(dtype, axis === null ? unknownDims(Math.max(0, shape.length - 1)) : shape.toSpliced(axis, 1))]
}

/** How often each number comes, up to a size that is given. */
export const bincount: ShapeRule = (node, inputs) => [
  tensor(typeOf(node, 'T', inputs.at(2).dtype), [numberIn(inputs.at(1))]),
]

/** `[size]` for a vector, `[batch, size]` for a matrix. */
export const denseBincount: ShapeRule = (node, inputs) => {
  const leading = inputs.at(0).shape?.slice(0, -1) ?? null
  return [tensor(typeOf(node, 'T', inputs.at(2).dtype), leading && [...leading, numberIn(inputs.at(1))])]
}

/** One row a segment; how many segments there are is known only when it runs. */
export const segments: ShapeRule = (node, inputs) => {
  const data = inputs.at(0)
  return [tensor(typeOf(node, 'T', data.dtype), data.shape?.length ? data.shape.with(0, null) : null)]
}

/** One number for all. */
export const l2Loss: ShapeRule = (node, inputs) => [tensor(typeOf(node, 'T', inputs.at(0).dtype), [])]
