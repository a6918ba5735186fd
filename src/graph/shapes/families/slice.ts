import { intAttribute } from '../../lookup/attributes'
import { add, divideExactly, subtract, type Dims, type SymbolicSize } from '../size'
import {
  agree,
  entriesOf,
  numberIn,
  numbersIn,
  positiveAxis,
  shapeIn,
  tensor,
  typeOf,
  unknownDims,
  type Inputs,
  type ShapeRule,
  type Tensor,
} from '../tensor'

/** A size of -1 takes all that is left from `begin` on. */
export const slice: ShapeRule = (node, inputs) => {
  const x = inputs.at(0)
  const dtype = typeOf(node, 'T', x.dtype)
  const begin = entriesOf(inputs.at(1))
  const size = entriesOf(inputs.at(2))
  const rank = x.shape?.length ?? size?.length ?? begin?.length
  if (rank === undefined) return [tensor(dtype, null)]
  const shape = unknownDims(rank).map((_, i): SymbolicSize => {
    const taken = size?.[i] ?? null
    return taken === -1 ? subtract(x.shape?.[i] ?? null, begin?.[i] ?? null) : taken
  })
  const [first, count] = [begin?.[0], shape[0]]
  const isVector = rank === 1 && typeof first === 'number' && typeof count === 'number'
  return [tensor(dtype, shape, isVector ? x.value?.slice(first, first + count) : undefined)]
}

/** `params` with dimension `axis` replaced by the dimensions of `indices` (but its first `batch_dims`). */
export const gather: ShapeRule = (node, inputs) => {
  const [params, indices] = [inputs.at(0), inputs.at(1)]
  const dtype = typeOf(node, 'Tparams', params.dtype)
  const batchDims = intAttribute(node, 'batch_dims', 0)
  if (params.shape === null || indices.shape === null) return [tensor(dtype, null)]
  const leading = batchDims < 0 ? batchDims + indices.shape.length : batchDims
  const axis = node.op === 'GatherV2' ? positiveAxis(numberIn(inputs.at(2)), params.shape.length) : leading
  if (axis === null) return [tensor(dtype, unknownDims(params.shape.length - 1 + indices.shape.length - leading))]
  const shape = params.shape.toSpliced(axis, 1, ...indices.shape.slice(leading))
  return [tensor(dtype, shape, params.shape.length === 1 ? picked(params, indices) : undefined)]
}

function picked(params: Tensor, indices: Tensor): Dims | undefined {
  return indices.value?.map((index) => (typeof index === 'number' ? (params.value?.[index] ?? null) : null))
}

/** The last dimension of `indices` holds an index into the first dimensions of `params`. */
export const gatherNd: ShapeRule = (node, inputs) => {
  const [params, indices] = [inputs.at(0), inputs.at(1)]
  const dtype = typeOf(node, 'Tparams', params.dtype)
  const depth = indices.shape?.at(-1)
  if (params.shape === null || indices.shape === null || typeof depth !== 'number') return [tensor(dtype, null)]
  return [tensor(dtype, [...indices.shape.slice(0, -1), ...params.shape.slice(depth)])]
}

/** A shape that is given, with values at some places. */
export const scatterNd: ShapeRule = (node, inputs) => [
  tensor(typeOf(node, 'T', inputs.at(1).dtype), shapeIn(inputs.at(2))),
]

/** The same of one value a place. */
export const sparseToDense: ShapeRule = (node, inputs) => [
  tensor(typeOf(node, 'T', inputs.at(2).dtype), shapeIn(inputs.at(1))),
]

/** `partsOf` tells the inputs that are joined, `dimension` the one that says along which axis. */
export function concat(partsOf: (inputs: Inputs) => readonly Tensor[], dimension: number): ShapeRule {
  return (node, inputs) => {
    const parts = partsOf(inputs)
    const dtype = typeOf(node, 'T', parts.at(0)?.dtype ?? 'unknown')
    const rank = parts.find((part) => part.shape !== null)?.shape?.length
    const isUneven = parts.some((part) => part.shape !== null && part.shape.length !== rank)
    if (rank === undefined || isUneven) return [tensor(dtype, null)]
    const axis = positiveAxis(numberIn(inputs.at(dimension)), rank)
    if (axis === null) return [tensor(dtype, unknownDims(rank))]
    const joined = parts.map((part) => part.shape?.[axis] ?? null).reduce<SymbolicSize>(add, 0)
    // Beside the axis all parts have the same sizes.
    const beside = parts.map((part) => part.shape?.with(axis, null) ?? null).reduce<Dims | null>(agree, null)
    const values = parts.map((part) => part.value)
    const value = rank === 1 && values.every((known) => known !== undefined) ? values.flat() : undefined
    return [tensor(dtype, beside?.with(axis, joined) ?? null, value)]
  }
}

/** The new dimension goes in at `axis`. */
export const pack: ShapeRule = (node, inputs) => {
  const shape = inputs.all.map((input) => input.shape).reduce(agree, null)
  const dtype = typeOf(node, 'T', inputs.at(0).dtype)
  if (shape === null) return [tensor(dtype, null)]
  const axis = positiveAxis(intAttribute(node, 'axis', 0), shape.length + 1)
  if (axis === null) return [tensor(dtype, null)]
  const value = shape.length === 0 ? inputs.all.map((input) => input.value?.[0] ?? null) : undefined
  return [tensor(dtype, shape.toSpliced(axis, 0, inputs.length), value)]
}

/** One output for each entry along an axis. */
export const unpack: ShapeRule = (node, inputs, outputs) => {
  const x = inputs.at(0)
  const axis = positiveAxis(intAttribute(node, 'axis', 0), x.shape?.length ?? 0)
  const dtype = typeOf(node, 'T', x.dtype)
  const shape = axis === null ? null : (x.shape?.toSpliced(axis, 1) ?? null)
  return Array.from({ length: outputs }, (_, i) => {
    const value = x.shape?.length === 1 && x.value ? [x.value[i] ?? null] : undefined
    return tensor(dtype, shape, value)
  })
}

/** Equal parts along an axis. */
export const split: ShapeRule = (node, inputs, parts) => {
  const x = inputs.at(1)
  const axis = positiveAxis(numberIn(inputs.at(0)), x.shape?.length ?? 0)
  const size = axis === null ? null : divideExactly(x.shape?.[axis] ?? null, parts)
  return pieces(
    typeOf(node, 'T', x.dtype),
    x,
    axis,
    Array.from({ length: parts }, () => size),
  )
}

/** Parts of given sizes along an axis; one of them may be -1, the rest. */
export const splitV: ShapeRule = (node, inputs, outputs) => {
  const x = inputs.at(0)
  const axis = positiveAxis(numberIn(inputs.at(2)), x.shape?.length ?? 0)
  const sizes = entriesOf(inputs.at(1)) ?? unknownDims(outputs)
  const others = sizes.filter((size) => size !== -1).reduce<SymbolicSize>(add, 0)
  const rest = axis === null ? null : subtract(x.shape?.[axis] ?? null, others)
  return pieces(
    typeOf(node, 'T', x.dtype),
    x,
    axis,
    sizes.map((size) => (size === -1 ? rest : size)),
  )
}

function pieces(dtype: Tensor['dtype'], x: Tensor, axis: number | null, sizes: Dims): Tensor[] {
  let start: SymbolicSize = 0
  return sizes.map((size) => {
    const shape = axis === null ? x.shape && unknownDims(x.shape.length) : (x.shape?.with(axis, size) ?? null)
    const first = start
    start = add(start, size)
    const isVector = x.shape?.length === 1 && typeof first === 'number' && typeof size === 'number'
    const value = isVector ? x.value?.slice(first, first + size) : undefined
    return tensor(dtype, shape, value)
  })
}

/** The k largest along the last dimension, and their positions. */
export const topK: ShapeRule = (node, inputs) => {
  const x = inputs.at(0)
  const k = node.op === 'TopK' ? intAttribute(node, 'k', null) : numberIn(inputs.at(1))
  const shape = x.shape?.length ? x.shape.with(-1, k) : null
  return [tensor(typeOf(node, 'T', x.dtype), shape), tensor(typeOf(node, 'index_type', 'int32'), shape)]
}

/** How many differ is known only when it runs. */
export const unique: ShapeRule = (node, inputs, outputs) => {
  const x = inputs.at(0)
  const index = typeOf(node, 'out_idx', 'int32')
  // No axis, as in the first version and for an empty one: x is a vector.
  const hasAxis = node.op.endsWith('V2') && inputs.at(1).value?.length !== 0
  const axis = positiveAxis(hasAxis ? numberIn(inputs.at(1)) : 0, x.shape?.length ?? 0)
  const shape = axis === null ? null : (x.shape?.with(axis, null) ?? null)
  const along = axis === null ? null : (x.shape?.[axis] ?? null)
  const results = [tensor(typeOf(node, 'T', x.dtype), shape), tensor(index, [along]), tensor(index, [null])]
  return results.slice(0, outputs)
}

/** The entries of x that are not in y, and where they stood. */
export const listDiff: ShapeRule = (node, inputs) => {
  const [x, y] = [numbersIn(inputs.at(0)), numbersIn(inputs.at(1))]
  const dtype = typeOf(node, 'T', inputs.at(0).dtype)
  const index = typeOf(node, 'out_idx', 'int32')
  if (x === null || y === null) return [tensor(dtype, [null]), tensor(index, [null])]
  const kept = x.flatMap((entry, place) => (y.includes(entry) ? [] : [place]))
  const values = kept.map((place) => x[place])
  return [tensor(dtype, [kept.length], values), tensor(index, [kept.length], kept)]
}

/** One row of coordinates for each element that is true. */
export const where: ShapeRule = (_, inputs) => [tensor('int64', [null, inputs.at(0).shape?.length ?? null])]

/** Shape of `values` for every row of a sorted table. */
export const searchSorted: ShapeRule = (node, inputs) => [tensor(typeOf(node, 'out_type', 'int32'), inputs.at(1).shape)]

/** Rows put together at the places that are given. */
export const dynamicStitch: ShapeRule = (node, inputs) => {
  const last = inputs.at(-1)
  const rank = inputs.at(inputs.length / 2 - 1).shape?.length
  const rest = rank === undefined ? null : (last.shape?.slice(rank) ?? null)
  return [tensor(typeOf(node, 'T', last.dtype), rest && [null, ...rest])]
}
