import { boolAttribute, dtypeAttribute, intAttribute, intsAttribute, stringAttribute } from '../../lookup/attributes'
import type { DType } from '../../types'
import { add, divideExactly, multiply, type Dims, type SymbolicSize } from '../size'
import { entriesOf, numberIn, scalar, shapeIn, tensor, typeOf, type ShapeRule } from '../tensor'
import { hasChannelsSecond } from './window'

/** Images `[batch, height, width, channels]` to the two entries of `size`. */
export function resize(dtype?: DType): ShapeRule {
  return (node, inputs) => {
    const { shape, dtype: own } = inputs.at(0)
    const size = shapeIn(inputs.at(1))
    const resized = [shape?.at(0) ?? null, size?.at(0) ?? null, size?.at(1) ?? null, shape?.at(3) ?? null]
    return [tensor(dtype ?? typeOf(node, 'T', own), resized)]
  }
}

/** One picture of `crop_size` a box. */
export const cropAndResize: ShapeRule = (_, inputs) => {
  const size = shapeIn(inputs.at(3))
  const boxes = inputs.at(1).shape?.at(0) ?? null
  return [tensor('float32', [boxes, size?.at(0) ?? null, size?.at(1) ?? null, inputs.at(0).shape?.at(3) ?? null])]
}

/** Images seen from elsewhere, of the size that is given. */
export const projectiveTransform: ShapeRule = (node, inputs) => {
  const { shape, dtype } = inputs.at(0)
  const size = shapeIn(inputs.at(2))
  const transformed = [shape?.at(0) ?? null, size?.at(0) ?? null, size?.at(1) ?? null, shape?.at(3) ?? null]
  return [tensor(typeOf(node, 'dtype', dtype), transformed)]
}

/** How many boxes are kept is known only when it runs, unless the result is padded. */
export const suppression: ShapeRule = (node, inputs) => {
  const isPadded = boolAttribute(node, 'pad_to_max_output_size', false)
  const kept: Dims = [isPadded ? numberIn(inputs.at(2)) : null]
  const indices = tensor('int32', kept)
  if (node.op === 'NonMaxSuppressionV4') return [indices, scalar('int32')]
  if (node.op !== 'NonMaxSuppressionV5') return [indices]
  return [indices, tensor(typeOf(node, 'T', inputs.at(1).dtype), kept), scalar('int32')]
}

/** Boxes, scores, classes and their number for each picture of the batch. */
export const combinedSuppression: ShapeRule = (node, inputs) => {
  const batch = inputs.at(0).shape?.at(0) ?? null
  const total = numberIn(inputs.at(3))
  const isPadded = boolAttribute(node, 'pad_per_class', false)
  const kept = isPadded ? null : total
  return [
    tensor('float32', [batch, kept, 4]),
    tensor('float32', [batch, kept]),
    tensor('float32', [batch, kept]),
    tensor('int32', [batch]),
  ]
}

/** A picture file as `[height, width, channels]`. */
export const decode: ShapeRule = (node) => {
  const channels = intAttribute(node, 'channels', 0)
  return [tensor(dtypeAttribute(node, 'dtype', 'uint8'), [null, null, channels > 0 ? channels : null])]
}

/** A picture file of any kind, which may be a film. */
export const decodeAny: ShapeRule = (node) => [tensor(dtypeAttribute(node, 'dtype', 'uint8'), null)]

/** Channels are taken apart into blocks of pixels. */
export const depthToSpace: ShapeRule = (node, inputs) => {
  const block = intAttribute(node, 'block_size', 1)
  return reblocked(inputs.at(0), inputs.at(0).shape, {
    isChannelsSecond: hasChannelsSecond(node),
    space: (size) => multiply(size, block),
    channels: (size) => divideExactly(size, block * block),
  })
}

/** The inverse: blocks of pixels become channels. */
export const spaceToDepth: ShapeRule = (node, inputs) => {
  const block = intAttribute(node, 'block_size', 1)
  return reblocked(inputs.at(0), inputs.at(0).shape, {
    isChannelsSecond: hasChannelsSecond(node),
    space: (size) => divideExactly(size, block),
    channels: (size) => multiply(size, block * block),
  })
}

interface Reblocking {
  readonly isChannelsSecond: boolean
  readonly space: (size: SymbolicSize) => SymbolicSize
  readonly channels: (size: SymbolicSize) => SymbolicSize
}

function reblocked(x: { dtype: DType }, shape: Dims | null, change: Reblocking): ReturnType<ShapeRule> {
  // NCHW_VECT_C, of rank 5, is for other hardware.
  if (shape?.length !== 4) return [tensor(x.dtype, null)]
  const channel = change.isChannelsSecond ? 1 : 3
  const sized = (size: SymbolicSize, axis: number): SymbolicSize =>
    axis === channel ? change.channels(size) : change.space(size)
  return [
    tensor(
      x.dtype,
      shape.map((size, axis) => (axis === 0 ? size : sized(size, axis))),
    ),
  ]
}

/** Every window of an image as one vector. */
export const extractPatches: ShapeRule = (node, inputs) => {
  const x = inputs.at(0)
  const dtype = typeOf(node, 'T', x.dtype)
  if (x.shape?.length !== 4) return [tensor(dtype, null)]
  const [, height = 1, width = 1] = intsAttribute(node, 'ksizes', [])
  const depth = multiply(x.shape[3], height * width)
  const isSame = stringAttribute(node, 'padding', 'VALID') === 'SAME'
  const size = (axis: number): SymbolicSize => {
    const input = x.shape?.[axis] ?? null
    const stride = intsAttribute(node, 'strides', []).at(axis) ?? 1
    const rate = intsAttribute(node, 'rates', []).at(axis) ?? 1
    const window = (intsAttribute(node, 'ksizes', []).at(axis) ?? 1) * rate - rate + 1
    if (typeof input !== 'number') return null
    return isSame ? Math.ceil(input / stride) : Math.floor((input - window) / stride) + 1
  }
  return [tensor(dtype, [x.shape[0], size(1), size(2), depth])]
}

/** `paddings` holds a pair (before, after) for every dimension. */
export const pad: ShapeRule = (node, inputs) => {
  const x = inputs.at(0)
  const paddings = entriesOf(inputs.at(1))
  const shape = x.shape?.map((size, axis) =>
    [paddings?.[2 * axis] ?? null, paddings?.[2 * axis + 1] ?? null].reduce(add, size),
  )
  return [tensor(typeOf(node, 'T', x.dtype), shape ?? null)]
}
