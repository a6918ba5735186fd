import type { Attributes } from '../../../graph/types'
import { NotLowered, type Builder, type KerasLayer, type Lower, type Symbolic } from '../types'
import { activationOf } from './activation'
import { channelsLast, flat2d } from './layout'
import { asFloat, biasAdd, concat, ints, pad, split, text } from './ops'
import { choiceField, flagField, inputOf, needRank, numberField, shapeOf, sizeOf, sizesField } from './read'
import { sizes, type SizeOrAxis } from './sizes'

/** Where a filter is put, for each spatial dimension. */
export interface Window {
  readonly size: readonly number[]
  readonly strides: readonly number[]
  readonly dilations: readonly number[]
  readonly padding: 'same' | 'valid' | 'causal'
}

const paddings = ['same', 'valid', 'causal'] as const

function windowOf(layer: KerasLayer, spatial: number): Window {
  return {
    size: sizesField(layer, 'kernel_size', spatial, 1),
    strides: sizesField(layer, 'strides', spatial, 1),
    dilations: sizesField(layer, 'dilation_rate', spatial, 1),
    padding: choiceField(layer, 'padding', paddings, 'valid'),
  }
}

/** Attributes of Conv2D and its like for images `[batch, height, width, channels]`. */
export function windowAttributes({ strides, dilations, padding }: Window): Attributes {
  return {
    strides: ints([1, ...strides, 1]),
    padding: text(padding === 'same' ? 'SAME' : 'VALID'),
    dilations: ints([1, ...dilations, 1]),
    data_format: text('NHWC'),
  }
}

/** A convolution over one dimension as one over an image of height 1, which is how TensorFlow has it. */
function asImage(window: Window): Window {
  const [size, strides, dilations] = [window.size, window.strides, window.dilations].map(([along]) => [1, along])
  return { size, strides, dilations, padding: window.padding === 'causal' ? 'valid' : window.padding }
}

/** Zeros before the first step, so that no step sees a later one. */
function causalPad(build: Builder, x: Symbolic, { size, dilations, padding }: Window): Symbolic {
  if (padding !== 'causal') return x
  return pad(build, x, [
    [0, 0],
    [dilations[0] * (size[0] - 1), 0],
    [0, 0],
  ])
}

/** Works on images, channels last; what comes out turned back to how the layer's input is laid out. */
type Convolve = (build: Builder, images: Symbolic, window: Window, layer: KerasLayer) => Symbolic

/** The frame of all these layers: layout, the one dimension of 1D, padding, activation. */
function convolution(spatial: 1 | 2, convolve: Convolve): Lower {
  return (layer, call, build) => {
    const input = inputOf(call)
    needRank(input, spatial + 2)
    const window = windowOf(layer, spatial)
    if (window.padding === 'causal' && spatial === 2) throw new NotLowered('It pads an image as if it were a series.')
    const output = channelsLast(layer, build, asFloat(build, input), (x) => {
      if (spatial === 2) return convolve(build, x, window, layer)
      return flat2d(build, causalPad(build, x, window), (image) => convolve(build, image, asImage(window), layer))
    })
    return [activationOf(layer, build, output)]
  }
}

function withBias(build: Builder, x: Symbolic, layer: KerasLayer, index: number): Symbolic {
  if (!flagField(layer, 'use_bias', true)) return x
  return biasAdd(build, x, build.weight(layer, 'bias', index))
}

/** Kernel `[height, width, channels / groups, filters]`. */
const plain: Convolve = (build, images, window, layer) => {
  const groups = numberField(layer, 'groups', 1)
  const filters = sizesField(layer, 'filters', 1, 1)[0]
  const channels = sizeOf(images, -1)
  const attributes = windowAttributes(window)
  if (groups === 1) {
    const kernel = build.weight(layer, 'kernel', 0, [...window.size, channels, filters])
    return withBias(build, build.op('Conv2D', 'Conv2D', [images, kernel], attributes), layer, 1)
  }
  if (!Number.isInteger(groups) || groups < 1 || channels % groups !== 0 || filters % groups !== 0) {
    throw new NotLowered(`Its ${groups} groups do not divide its channels.`)
  }
  // Groups of one channel are what a depthwise convolution is, filter by filter.
  if (groups === channels && window.strides.every((stride) => stride === window.strides[0])) {
    const kernel = build.weight(layer, 'kernel', 0, [...window.size, channels, filters / channels])
    const output = build.op('DepthwiseConv2dNative', 'DepthwiseConv2dNative', [images, kernel], attributes)
    return withBias(build, output, layer, 1)
  }
  const kernel = build.weight(layer, 'kernel', 0, [...window.size, channels / groups, filters])
  const kernels = split(build, kernel, groups, 3, 'split_kernel')
  const parts = split(build, images, groups, 3).map((part, group) =>
    build.op('Conv2D', 'Conv2D', [part, kernels[group]], attributes),
  )
  return withBias(build, concat(build, parts, 3), layer, 1)
}

/** Kernel `[height, width, channels, multiplier]`; Keras 2 calls it `depthwise_kernel`, Keras 3 `kernel`. */
function depthwiseProduct(build: Builder, images: Symbolic, window: Window, layer: KerasLayer): Symbolic {
  const multiplier = sizesField(layer, 'depth_multiplier', 1, 1)[0]
  const shape = [...window.size, sizeOf(images, -1), multiplier]
  const name = build.hasWeight(layer, 'depthwise_kernel', 0) ? 'depthwise_kernel' : 'kernel'
  const kernel = build.weight(layer, name, 0, shape)
  const inputs = [images, kernel]
  return build.op('DepthwiseConv2dNative', 'DepthwiseConv2dNative', inputs, windowAttributes(window))
}

const depthwise: Convolve = (build, images, window, layer) =>
  withBias(build, depthwiseProduct(build, images, window, layer), layer, 1)

/** A depthwise convolution, then one of single pixels `[1, 1, channels · multiplier, filters]`. */
const separable: Convolve = (build, images, window, layer) => {
  const spatial = depthwiseProduct(build, images, window, layer)
  const filters = sizesField(layer, 'filters', 1, 1)[0]
  const kernel = build.weight(layer, 'pointwise_kernel', 1, [1, 1, sizeOf(spatial, -1), filters])
  const attributes = windowAttributes({ size: [1, 1], strides: [1, 1], dilations: [1, 1], padding: 'valid' })
  return withBias(build, build.op('Conv2D', 'Conv2D', [spatial, kernel], attributes), layer, 2)
}

/**
 * The size of a transposed convolution's output, for an input of `size`. Without output_padding the smallest for
 * which the convolution has an input of that size and reaches every pixel.
 * Source: keras/src/backend/common/backend_utils.py, `_get_output_shape_given_tf_padding`
 */
function transposedSize(size: number, kernel: number, stride: number, isSame: boolean, extra: number | null): number {
  if (extra === null) return isSame ? size * stride : size * stride + Math.max(kernel - stride, 0)
  return (size - 1) * stride + kernel + extra - (isSame ? 2 * Math.floor(kernel / 2) : 0)
}

/** Kernel `[height, width, filters, channels]`. */
const transposed: Convolve = (build, images, window, layer) => {
  if (window.dilations.some((dilation) => dilation !== 1)) {
    throw new NotLowered('It is a transposed convolution with dilation, which no backend here computes.')
  }
  if (window.padding === 'causal') throw new NotLowered('It is a transposed convolution with causal padding.')
  const filters = sizesField(layer, 'filters', 1, 1)[0]
  const kernel = build.weight(layer, 'kernel', 0, [...window.size, filters, sizeOf(images, -1)])
  const extras = outputPadding(layer, window.size.length)
  const [batch = null] = shapeOf(images)
  const space = window.size.map((size, place) =>
    transposedSize(sizeOf(images, place + 1), size, window.strides[place], window.padding === 'same', extras[place]),
  )
  const shape: readonly SizeOrAxis[] = [batch ?? { of: images, axis: 0 }, ...space, filters]
  const inputs = [sizes(build, shape, 'output_shape'), kernel, images]
  const attributes = { ...windowAttributes(window), T: { kind: 'dtype', value: 'float32' } } as const
  return withBias(build, build.op('Conv2DBackpropInput', 'Conv2DBackpropInput', inputs, attributes), layer, 1)
}

/** What `output_padding` asks for each of two dimensions of an image; null where it does not ask. */
function outputPadding(layer: KerasLayer, count: number): readonly (number | null)[] {
  const isGiven = (layer.config.output_padding ?? null) !== null
  if (!isGiven) return Array.from({ length: count }, () => null)
  const value = layer.config.output_padding
  const list = typeof value === 'number' ? [value, value] : value
  const isSound = Array.isArray(list) && list.every((entry) => typeof entry === 'number' && Number.isInteger(entry))
  if (!isSound) throw new NotLowered('Its output padding is not given by whole numbers.')
  const entries = list as readonly number[]
  // Of one dimension: an image of height 1 has nothing to pad.
  return entries.length === 1 ? [0, entries[0]] : entries.slice(0, count)
}

export const convolutionLayers: ReadonlyMap<string, Lower> = new Map([
  ['Conv1D', convolution(1, plain)],
  ['Conv2D', convolution(2, plain)],
  ['Convolution1D', convolution(1, plain)],
  ['Convolution2D', convolution(2, plain)],
  ['DepthwiseConv1D', convolution(1, depthwise)],
  ['DepthwiseConv2D', convolution(2, depthwise)],
  ['SeparableConv1D', convolution(1, separable)],
  ['SeparableConv2D', convolution(2, separable)],
  ['SeparableConvolution2D', convolution(2, separable)],
  ['Conv1DTranspose', convolution(1, transposed)],
  ['Conv2DTranspose', convolution(2, transposed)],
  ['Convolution2DTranspose', convolution(2, transposed)],
])
