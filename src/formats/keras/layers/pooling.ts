import type { Attributes } from '../../../graph/types'
import { NotLowered, type Builder, type Call, type KerasLayer, type Lower, type Symbolic } from '../types'
import { channelsLast, flat2d } from './layout'
import { asFloat, ints, reduce, text } from './ops'
import { choiceField, field, flagField, inputOf, isChannelsFirst, needRank, rankOf, sizeOf, sizesField } from './read'

type PoolOp = 'MaxPool' | 'AvgPool'

function attributesOf(size: readonly number[], strides: readonly number[], padding: 'same' | 'valid'): Attributes {
  return {
    ksize: ints([1, ...size, 1]),
    strides: ints([1, ...strides, 1]),
    padding: text(padding.toUpperCase()),
    data_format: text('NHWC'),
  }
}

/** Images channels last, or a series; the average counts only pixels inside. */
function pooled(
  build: Builder,
  x: Symbolic,
  op: PoolOp,
  size: readonly number[],
  strides: readonly number[],
  padding: 'same' | 'valid',
): Symbolic {
  if (size.length === 2) return build.op(op, op, [x], attributesOf(size, strides, padding))
  const attributes = attributesOf([1, ...size], [1, ...strides], padding)
  return flat2d(build, x, (image) => build.op(op, op, [image], attributes))
}

/** A pooling layer, or the operation of Keras 3, whose input's rank says over how many dimensions. */
export function pool(op: PoolOp, spatial?: 1 | 2): Lower {
  return (layer, call, build) => {
    const x = asFloat(build, inputOf(call))
    const count = spatial ?? rankOf(x) - 2
    if (count !== 1 && count !== 2) throw new NotLowered('It pools over other than one or two dimensions.')
    needRank(x, count + 2)
    const size = sizesField(layer, field(layer, 'pool_length') === undefined ? 'pool_size' : 'pool_length', count, 2)
    const strides = field(layer, 'strides') === undefined ? size : sizesField(layer, 'strides', count, 1)
    const padding = choiceField(layer, 'padding', ['same', 'valid'], 'valid')
    return [channelsLast(layer, build, x, (turned) => pooled(build, turned, op, size, strides, padding))]
  }
}

function globalPool(op: 'Mean' | 'Max', spatial: 1 | 2): Lower {
  return (layer, call, build) => {
    const x = globalInput(call, build, spatial)
    const first = isChannelsFirst(layer) ? 2 : 1
    const axes = Array.from({ length: spatial }, (_, place) => first + place)
    return [reduce(build, op, x, axes, flagField(layer, 'keepdims', false))]
  }
}

function globalInput(call: Call, build: Builder, spatial: 1 | 2): Symbolic {
  const input = inputOf(call)
  needRank(input, spatial + 2)
  if ((call.kwargs.mask ?? null) !== null) throw new NotLowered('It is called with a mask.')
  return asFloat(build, input)
}

/** To a fixed size, where that divides the input's: then all windows are of one size. */
function adaptivePool(op: PoolOp, spatial: 1 | 2): Lower {
  return (layer: KerasLayer, call, build) => {
    const input = inputOf(call)
    needRank(input, spatial + 2)
    const wanted = sizesField(layer, 'output_size', spatial, 1)
    return [
      channelsLast(layer, build, asFloat(build, input), (x) => {
        const size = wanted.map((count, place) => sizeOf(x, place + 1) / count)
        if (!size.every(Number.isInteger))
          throw new NotLowered('Its output size does not divide the size of its input.')
        return pooled(build, x, op, size, size, 'valid')
      }),
    ]
  }
}

export const poolingLayers: ReadonlyMap<string, Lower> = new Map([
  ['MaxPooling1D', pool('MaxPool', 1)],
  ['MaxPooling2D', pool('MaxPool', 2)],
  ['AveragePooling1D', pool('AvgPool', 1)],
  ['AveragePooling2D', pool('AvgPool', 2)],
  ['GlobalAveragePooling1D', globalPool('Mean', 1)],
  ['GlobalAveragePooling2D', globalPool('Mean', 2)],
  ['GlobalMaxPooling1D', globalPool('Max', 1)],
  ['GlobalMaxPooling2D', globalPool('Max', 2)],
  ['AdaptiveAveragePooling1D', adaptivePool('AvgPool', 1)],
  ['AdaptiveAveragePooling2D', adaptivePool('AvgPool', 2)],
  ['AdaptiveMaxPooling1D', adaptivePool('MaxPool', 1)],
  ['AdaptiveMaxPooling2D', adaptivePool('MaxPool', 2)],
])
