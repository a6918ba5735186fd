// The gradients that tfjs' wasm backend lacks, composed of the kernels that it has: a product for each tap of a convolution,
// dy with zeros between and around it for the input's. It is what Cutpoint's own kernels are compared with.
import * as tf from '@tensorflow/tfjs-core'

interface Attributes {
  readonly strides: number | [number, number]
  readonly pad: 'same' | 'valid'
  readonly filterShape: [number, number, number, number]
  readonly inputShape: [number, number, number, number]
}

type Compose = (inputs: Record<'x' | 'dy' | 'filter', tf.Tensor4D>, attributes: Attributes) => tf.Tensor

/** Registers them with the wasm backend; its own gradient of a convolution's input, a plain loop, goes. */
export function registerComposedGradients(): void {
  tf.unregisterKernel('Conv2DBackpropInput', 'wasm')
  const kernels: readonly (readonly [string, Compose])[] = [
    ['Conv2DBackpropFilter', convolutionToFilter],
    ['Conv2DBackpropInput', convolutionToInput],
    ['DepthwiseConv2dNativeBackpropFilter', depthwiseToFilter],
    ['DepthwiseConv2dNativeBackpropInput', depthwiseToInput],
  ]
  for (const [kernelName, compose] of kernels) {
    tf.registerKernel({
      kernelName,
      backendName: 'wasm',
      kernelFunc: ({ inputs, attrs }) =>
        tf.tidy(() => compose(inputs as Parameters<Compose>[0], attrs as unknown as Attributes)),
    })
  }
}

const convolutionToFilter: Compose = ({ x, dy }, { strides, pad, filterShape }) => {
  const rows = tf.reshape(dy, [-1, filterShape[3]])
  const taps = tapsOf(x, { strides, pad, filterShape }, false).map((seen) =>
    tf.matMul(tf.reshape(seen, [-1, filterShape[2]]), rows, true),
  )
  return tf.reshape(taps.length === 1 ? taps[0] : tf.stack(taps), filterShape)
}

const convolutionToInput: Compose = ({ dy, filter }, { strides, pad, inputShape }) => {
  const [height, width, inputs, outputs] = filter.shape
  if (height === 1 && width === 1 && strides.toString() === '1') {
    const product = tf.matMul(tf.reshape(dy, [-1, outputs]), tf.reshape(filter, [inputs, outputs]), false, true)
    return tf.reshape(product, inputShape)
  }
  const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2])
  return tf.conv2d(spread(dy, filter.shape, { strides, pad, inputShape }), turned, 1, 'valid')
}

const depthwiseToFilter: Compose = ({ x, dy }, { strides, pad, filterShape }) => {
  const channels = filterShape[2]
  const ones = tf.ones([1, dy.size / channels])
  const taps = tapsOf(x, { strides, pad, filterShape }, true).map((seen) =>
    tf.matMul(ones, tf.reshape(tf.mul(seen, dy), [-1, channels])),
  )
  return tf.reshape(tf.concat(taps, 0), filterShape)
}

const depthwiseToInput: Compose = ({ dy, filter }, { strides, pad, inputShape }) =>
  tf.depthwiseConv2d(spread(dy, filter.shape, { strides, pad, inputShape }), tf.reverse(filter, [0, 1]), 1, 'valid')

/** What each tap of a filter sees of the input, in the size of the output. */
function tapsOf(
  x: tf.Tensor4D,
  { strides, pad, filterShape }: Pick<Attributes, 'strides' | 'pad' | 'filterShape'>,
  depthwise: boolean,
): tf.Tensor[] {
  const info = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad, undefined, depthwise)
  const { top, bottom, left, right } = info.padInfo
  const padded = tf.pad(x, [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ])
  const [stepY, stepX] = [info.strideHeight, info.strideWidth]
  return Array.from({ length: filterShape[0] * filterShape[1] }, (_, tap) => {
    const [y, x] = [Math.floor(tap / filterShape[1]), tap % filterShape[1]]
    const end = [info.batchSize, y + (info.outHeight - 1) * stepY + 1, x + (info.outWidth - 1) * stepX + 1]
    return tf.stridedSlice(padded, [0, y, x, 0], [...end, info.inChannels], [1, stepY, stepX, 1])
  })
}

/** dy with zeros between and around, so that a convolution with the turned filter and no stride gives the input's slopes. */
function spread(
  dy: tf.Tensor4D,
  filterShape: [number, number, number, number],
  { strides, pad, inputShape }: Pick<Attributes, 'strides' | 'pad' | 'inputShape'>,
): tf.Tensor4D {
  const info = tf.backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, pad)
  const [batch, height, width, channels] = dy.shape
  const [stepY, stepX] = [info.strideHeight, info.strideWidth]
  const apart = tf.pad(tf.reshape(dy, [batch, height, 1, width, 1, channels]), [
    [0, 0],
    [0, 0],
    [0, stepY - 1],
    [0, 0],
    [0, stepX - 1],
    [0, 0],
  ])
  const wide: tf.Tensor4D = tf.reshape(apart, [batch, height * stepY, width * stepX, channels])
  const [top, left] = [filterShape[0] - 1 - info.padInfo.top, filterShape[1] - 1 - info.padInfo.left]
  const [needY, needX] = [inputShape[1] + filterShape[0] - 1, inputShape[2] + filterShape[1] - 1]
  const [haveY, haveX] = [Math.min(height * stepY, needY - top), Math.min(width * stepX, needX - left)]
  return tf.pad(tf.slice(wide, [0, 0, 0, 0], [batch, haveY, haveX, channels]), [
    [0, 0],
    [top, needY - top - haveY],
    [left, needX - left - haveX],
    [0, 0],
  ])
}
