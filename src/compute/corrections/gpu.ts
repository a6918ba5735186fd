import * as tf from '@tensorflow/tfjs-core'
import {
  inputOf,
  kernelOf,
  replaceKernel,
  single,
  type AnyBackend,
  type KernelFunction,
  type KernelArguments,
} from './replace'

type GpuName = 'webgl' | 'webgpu'

/** Puts right what tfjs-backend-webgl and tfjs-backend-webgpu 4.22 compute other than TensorFlow; measured by src/compute/conformance. */
export function correctGpu(backend: GpuName): void {
  for (const [name, value] of reductionsOfNothing) replaceKernel(name, backend, ofNothing(value, backend))
  replaceKernel('BatchMatMul', backend, productOfNothing(backend))
  for (const name of ['Conv2D', 'FusedConv2D']) replaceKernel(name, backend, ofNoPictures(backend))
  for (const name of ['PadV2', 'MirrorPad']) replaceKernel(name, backend, oneAfterTheOther)
}

/** What reductions give where there is nothing to reduce. */
const reductionsOfNothing = [
  ['Sum', 0],
  ['Mean', NaN],
  ['Max', -Infinity],
  ['Min', Infinity],
  ['Prod', 1],
  ['All', 1],
  ['Any', 0],
] as const

type Correction = (original: KernelFunction) => KernelFunction

/** There are no textures or buffers of no size: what is made of nothing is filled. */
function ofNothing(value: number, backend: GpuName): Correction {
  return (original) => (given) => {
    const { shape, dtype } = inputOf(given, 'x')
    if (!shape.includes(0)) return original(given)
    const { axis, reductionIndices, keepDims } = given.attrs as unknown as ReductionAttributes
    const axes = tf.util.parseAxisParam(axis ?? reductionIndices ?? [], shape)
    const [reduced] = tf.backend_util.computeOutAndReduceShapes(shape, axes)
    const kept = tf.backend_util.expandShapeToKeepDim(reduced, axes)
    return filled(given, backend, keepDims === true ? kept : reduced, dtype, value)
  }
}

interface ReductionAttributes {
  readonly axis?: number | number[]
  readonly reductionIndices?: number | number[]
  readonly keepDims?: boolean
}

/** Sums of no products. */
function productOfNothing(backend: GpuName): Correction {
  return (original) => (given) => {
    const [a, b] = [inputOf(given, 'a'), inputOf(given, 'b')]
    if (!a.shape.includes(0) && !b.shape.includes(0)) return original(given)
    const { transposeA, transposeB } = given.attrs as unknown as {
      readonly transposeA: boolean
      readonly transposeB: boolean
    }
    const batch = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2))
    const sides = [a.shape.at(transposeA ? -1 : -2) ?? 0, b.shape.at(transposeB ? -2 : -1) ?? 0]
    return filled(given, backend, [...batch, ...sides], a.dtype, 0)
  }
}

/** The shape of a convolution of no pictures is lost on the way. */
function ofNoPictures(backend: GpuName): Correction {
  return (original) => (given) => {
    const [x, filter] = [inputOf(given, 'x'), inputOf(given, 'filter')]
    if (!x.shape.includes(0)) return original(given)
    const { strides, pad, dilations, dimRoundingMode, dataFormat } = given.attrs as unknown as ConvolutionAttributes
    const { outShape } = tf.backend_util.computeConv2DInfo(
      x.shape as Shape4D,
      filter.shape as Shape4D,
      strides,
      dilations ?? [1, 1],
      pad,
      dimRoundingMode,
      false,
      tf.backend_util.convertConv2DDataFormat(dataFormat ?? 'NHWC'),
    )
    return filled(given, backend, outShape, x.dtype, 0)
  }
}

type Shape4D = [number, number, number, number]

interface ConvolutionAttributes {
  readonly strides: [number, number]
  readonly pad: Parameters<typeof tf.backend_util.computeConv2DInfo>[4]
  readonly dilations?: [number, number]
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil'
  readonly dataFormat?: 'NHWC' | 'NCHW'
}

function filled(
  { backend: given }: KernelArguments,
  backend: GpuName,
  shape: number[],
  dtype: tf.DataType,
  value: number,
): tf.TensorInfo {
  const fill = kernelOf('Fill', backend)
  if (!fill) throw new Error('no Fill')
  return single(fill.kernelFunc({ inputs: {}, attrs: { shape, value, dtype }, backend: given }))
}

/**
 * Pads of more than four dimensions are not in the programs of GPUs. Each dimension is padded for itself, all before it and
 * all after it taken as one: what is padded with, be it a number or a mirror, is the same then.
 */
const oneAfterTheOther: Correction = (original) => (given) => {
  const { paddings } = given.attrs as unknown as { readonly paddings: readonly (readonly [number, number])[] }
  const start = inputOf(given, 'x')
  if (start.shape.length <= 4 || start.shape.includes(0)) return original(given)
  const shape = [...start.shape]
  let current: tf.TensorInfo | null = null
  for (const [dimension, [before, after]] of paddings.entries()) {
    if (before === 0 && after === 0) continue
    const sizes = [shape.slice(0, dimension), [shape[dimension]], shape.slice(dimension + 1)].map((part) =>
      tf.util.sizeFromShape(part),
    )
    const x: tf.TensorInfo = { ...(current ?? start), shape: sizes }
    const attrs: KernelArguments['attrs'] = {
      ...given.attrs,
      paddings: [
        [0, 0],
        [before, after],
        [0, 0],
      ],
    }
    const next = single(original({ ...given, inputs: { x }, attrs }))
    if (current) (given.backend as AnyBackend).disposeData(current.dataId)
    shape[dimension] += before + after
    current = next
  }
  if (current !== null) return { ...current, shape }
  const x: tf.TensorInfo = { ...start, shape: [tf.util.sizeFromShape(shape)] }
  return { ...single(original({ ...given, inputs: { x }, attrs: { ...given.attrs, paddings: [[0, 0]] } })), shape }
}
