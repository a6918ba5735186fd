import { intsAttribute, shapeAttribute } from '../../lookup/attributes'
import { countElements, divideExactly, multiply, type Dims, type SymbolicSize } from '../size'
import {
  agree,
  entriesOf,
  numberIn,
  numbersIn,
  positiveAxes,
  positiveAxis,
  shapeIn,
  tensor,
  typeOf,
  unknownDims,
  type ShapeRule,
} from '../tensor'

/**
 * Reshape keeps the number of elements, so one entry that is -1, or that is not known, follows from the others where
 * those divide the input's elements for certain.
 */
export const reshape: ShapeRule = (node, inputs) => {
  const x = inputs.at(0)
  const target = shapeIn(inputs.at(1))
  const shape = target === null ? null : resolve(target, countElements(x.shape))
  return [tensor(typeOf(node, 'T', x.dtype), shape, x.value)]
}

function resolve(target: Dims, elements: SymbolicSize): Dims {
  const open = target.indexOf(null)
  if (open < 0 || open !== target.lastIndexOf(null)) return target
  const others = target.filter((size) => size !== null).reduce<SymbolicSize>(multiply, 1)
  return target.with(open, divideExactly(elements, others))
}

/** One more dimension of size 1. */
export const expandDims: ShapeRule = (node, inputs) => {
  const x = inputs.at(0)
  const dtype = typeOf(node, 'T', x.dtype)
  if (x.shape === null) return [tensor(dtype, null)]
  const axis = positiveAxis(numberIn(inputs.at(1)), x.shape.length + 1)
  return [tensor(dtype, axis === null ? unknownDims(x.shape.length + 1) : x.shape.toSpliced(axis, 0, 1), x.value)]
}

/** Without the dimensions of size 1 that are named, or without all. */
export const squeeze: ShapeRule = (node, inputs) => {
  const x = inputs.at(0)
  const named = intsAttribute(node, 'squeeze_dims', intsAttribute(node, 'axis', []))
  return [tensor(typeOf(node, 'T', x.dtype), x.shape && squeezed(x.shape, named), x.value)]
}

function squeezed(shape: Dims, named: readonly number[]): Dims | null {
  if (named.length === 0) {
    // Sizes that are not known may be 1, and then the rank is not known either.
    return shape.every((size) => typeof size === 'number') ? shape.filter((size) => size !== 1) : null
  }
  const axes = positiveAxes(named, shape.length)
  return axes === null ? null : shape.filter((_, axis) => !axes.includes(axis))
}

/** The dimensions in another order. */
export const transpose: ShapeRule = (node, inputs) => {
  const x = inputs.at(0)
  const dtype = typeOf(node, 'T', x.dtype)
  const rank = x.shape?.length ?? entriesOf(inputs.at(1))?.length
  const order = numbersIn(inputs.at(1))
  if (rank === undefined) return [tensor(dtype, null)]
  const axes = x.shape && order?.length === rank ? positiveAxes(order, rank) : null
  const { shape } = x
  return [tensor(dtype, axes && shape ? axes.map((axis) => shape[axis]) : unknownDims(rank))]
}

/** The static shape stands in an attribute and must agree with the input's. */
export const ensureShape: ShapeRule = (node, inputs) => {
  const x = inputs.at(0)
  return [tensor(typeOf(node, 'T', x.dtype), agree(x.shape, shapeAttribute(node, 'shape', null)), x.value)]
}

/** Stretched to a shape that is given. */
export const broadcastTo: ShapeRule = (node, inputs) => [
  tensor(typeOf(node, 'T', inputs.at(0).dtype), shapeIn(inputs.at(1))),
]

/** Each dimension as many times as long as is given. */
export const tile: ShapeRule = (node, inputs) => {
  const x = inputs.at(0)
  const multiples = entriesOf(inputs.at(1))
  const rank = x.shape?.length ?? multiples?.length
  const shape = rank === undefined ? null : (x.shape ?? unknownDims(rank))
  const tiled = shape?.map((size, axis) => multiply(size, multiples?.[axis] ?? null)) ?? null
  const [count] = multiples?.length === 1 ? multiples : []
  const value = typeof count === 'number' && x.value ? repeated(x.value, count) : undefined
  return [tensor(typeOf(node, 'T', x.dtype), tiled, value)]
}

function repeated(value: Dims, count: number): Dims | undefined {
  return value.length * count <= 256 ? Array.from({ length: count }, () => value).flat() : undefined
}

/** Reversing keeps the shape; a reversed vector of values is kept too. */
export const reverse: ShapeRule = (node, inputs) => {
  const x = inputs.at(0)
  const value = x.shape?.length === 1 && numbersIn(inputs.at(1))?.length === 1 ? x.value?.toReversed() : undefined
  return [tensor(typeOf(node, 'T', x.dtype), x.shape, value)]
}

/** Where each place went. */
export const invertPermutation: ShapeRule = (node, inputs) => {
  const x = inputs.at(0)
  const order = numbersIn(x)
  return [
    tensor(
      typeOf(node, 'T', x.dtype),
      x.shape,
      order?.map((_, place) => order.indexOf(place)),
    ),
  ]
}

/** A diagonal matrix for each vector in the last dimension. */
export const matrixDiagonal: ShapeRule = (node, inputs) => {
  const x = inputs.at(0)
  return [tensor(typeOf(node, 'T', x.dtype), x.shape?.length ? [...x.shape, x.shape[x.shape.length - 1]] : null)]
}
