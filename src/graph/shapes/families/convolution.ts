import type { GraphNode } from '../../types'
import { channelAxis, spatialAxes, windowSize } from './window'
import { divideExactly, multiply, type Dims, type SymbolicSize } from '../size'
import { shapeIn, tensor, typeOf, type Inputs, type ShapeRule, type Tensor } from '../tensor'

/**
 * A convolution over `spatial` dimensions. Input `[batch, …spatial, channels]` (or channels second), filter
 * `[…spatial, channels / groups, filters]`; the output has as many channels as `channels` says of the two.
 */
export function convolution(spatial: number, channels: (input: SymbolicSize, filter: Dims) => SymbolicSize): ShapeRule {
  return (node, inputs) => {
    const [x, filter] = [inputs.at(0), inputs.at(1)]
    return [tensor(typeOf(node, 'T', x.dtype), convolved(node, x, filter, spatial, channels))]
  }
}

function convolved(
  node: GraphNode,
  x: Tensor,
  filter: Tensor,
  spatial: number,
  channels: (input: SymbolicSize, filter: Dims) => SymbolicSize,
): Dims | null {
  const rank = spatial + 2
  if ((x.shape && x.shape.length !== rank) || (filter.shape && filter.shape.length !== rank)) return null
  const channel = channelAxis(node, rank)
  const shape: SymbolicSize[] = Array.from({ length: rank }, () => null)
  shape[0] = x.shape?.[0] ?? null
  shape[channel] = filter.shape && channels(x.shape?.[channel] ?? null, filter.shape)
  spatialAxes(node, rank).forEach((axis, place) => {
    shape[axis] = windowSize(node, axis, x.shape?.[axis] ?? null, filter.shape?.[place] ?? null, rank)
  })
  return shape
}

/** As many channels as there are filters. */
export const filters = (_: SymbolicSize, filter: Dims): SymbolicSize => filter[filter.length - 1]

/** Depthwise filters `[height, width, channels, multiplier]`. */
export const depthwise = (_: SymbolicSize, filter: Dims): SymbolicSize => multiply(filter[2], filter[3])

/** Transposed: inputs are the output's shape, the filter `[height, width, filters, channels]` and the value. */
export const transposed: ShapeRule = (node, inputs) => {
  const [filter, value] = [inputs.at(1), inputs.at(2)]
  const dtype = typeOf(node, 'T', value.dtype)
  const asked = shapeIn(inputs.at(0))
  const rank = asked?.length ?? value.shape?.length ?? filter.shape?.length
  if (rank === undefined) return [tensor(dtype, null)]
  const channel = channelAxis(node, rank)
  const known = (axis: number): SymbolicSize => {
    if (axis === 0) return value.shape?.[0] ?? null
    return axis === channel ? (filter.shape?.at(-2) ?? null) : null
  }
  return [
    tensor(
      dtype,
      Array.from({ length: rank }, (_, axis) => asked?.[axis] ?? known(axis)),
    ),
  ]
}

/** Morphological dilation: filter `[height, width, channels]`, padding and `rates` as in a convolution. */
export const dilation: ShapeRule = (node, inputs) => {
  const [x, filter] = [inputs.at(0), inputs.at(1)]
  const dtype = typeOf(node, 'T', x.dtype)
  if (x.shape?.length !== 4) return [tensor(dtype, null)]
  const [batch, height, width, channels] = x.shape
  const size = (axis: number, input: SymbolicSize): SymbolicSize =>
    windowSize(node, axis, input, filter.shape?.[axis - 1] ?? null, 4)
  return [tensor(dtype, [batch, size(1, height), size(2, width), channels])]
}

function blockOf(inputs: Inputs): Dims | null {
  return inputs.at(1).value ?? null
}

/** Batch grows by the block's elements; spatial dimensions are padded, then divided by the block. */
export const spaceToBatch: ShapeRule = (node, inputs) => {
  const x = inputs.at(0)
  const block = blockOf(inputs)
  const paddings = inputs.at(2).value
  const shape = x.shape?.map((size, axis): SymbolicSize => {
    if (axis === 0) return block ? block.reduce(multiply, size) : null
    if (block && axis > block.length) return size
    const [before, after] = [paddings?.[2 * axis - 2] ?? null, paddings?.[2 * axis - 1] ?? null]
    const isKnown = typeof size === 'number' && typeof before === 'number' && typeof after === 'number'
    return isKnown ? divideExactly(size + before + after, block?.[axis - 1] ?? null) : null
  })
  return [tensor(typeOf(node, 'T', x.dtype), shape ?? null)]
}

/** The inverse: batch divided by the block's elements, spatial dimensions multiplied, then cropped. */
export const batchToSpace: ShapeRule = (node, inputs) => {
  const x = inputs.at(0)
  const block = blockOf(inputs)
  const crops = inputs.at(2).value
  const shape = x.shape?.map((size, axis): SymbolicSize => {
    if (axis === 0) return block ? divideExactly(size, block.reduce(multiply, 1)) : null
    if (block && axis > block.length) return size
    const grown = multiply(size, block?.[axis - 1] ?? null)
    const [before, after] = [crops?.[2 * axis - 2] ?? null, crops?.[2 * axis - 1] ?? null]
    const isKnown = typeof grown === 'number' && typeof before === 'number' && typeof after === 'number'
    return isKnown ? grown - before - after : null
  })
  return [tensor(typeOf(node, 'T', x.dtype), shape ?? null)]
}
