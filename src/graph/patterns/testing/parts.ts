import { boolOf, intsOf, stringOf, stringsOf, type GraphBuilder } from '../../testing/build'

/** Height, width, channels in and out (for a depthwise kernel: the multiplier). */
export type KernelShape = readonly [number, number, number, number]

interface ConvOptions {
  readonly stride?: number
  readonly dilation?: number
  /** What is fused into it; its biases and the like are added. */
  readonly fused?: readonly string[]
}

const attributes = ({ stride = 1, dilation = 1 }: ConvOptions) => ({
  strides: intsOf(1, stride, stride, 1),
  dilations: intsOf(1, dilation, dilation, 1),
  padding: stringOf('SAME'),
  data_format: stringOf('NHWC'),
})

/** A convolution with padding SAME; a `_FusedConv2D` where something is fused into it. */
export function conv(
  build: GraphBuilder,
  name: string,
  input: string,
  kernel: KernelShape,
  options: ConvOptions = {},
): string {
  const inputs = [input, build.constant(`${name}/kernel`, kernel)]
  if (!options.fused) return build.node('Conv2D', name, inputs, attributes(options))
  const extra = options.fused.filter((op) => op === 'BiasAdd' || op === 'Prelu')
  const more = extra.map((op) => build.constant(`${name}/${op}`, [kernel[3]]))
  return build.node('_FusedConv2D', name, [...inputs, ...more], {
    ...attributes(options),
    fused_ops: stringsOf(...options.fused),
  })
}

/** A depthwise convolution with padding SAME. */
export function depthwise(
  build: GraphBuilder,
  name: string,
  input: string,
  kernel: KernelShape,
  options: ConvOptions = {},
): string {
  return build.node(
    'DepthwiseConv2dNative',
    name,
    [input, build.constant(`${name}/kernel`, kernel)],
    attributes(options),
  )
}

/** A matrix product with a constant kernel `[from, to]`. */
export function dense(build: GraphBuilder, name: string, input: string, from: number, to: number): string {
  return build.node('MatMul', name, [input, build.constant(`${name}/kernel`, [from, to])])
}

/** BiasAdd of a constant with a number for each channel. */
export function bias(build: GraphBuilder, name: string, input: string, channels: number): string {
  return build.node('BiasAdd', name, [input, build.constant(`${name}/bias`, [channels])])
}

/** A batch norm as one FusedBatchNormV3 with four constants. */
export function fusedNorm(build: GraphBuilder, name: string, input: string, channels: number): string {
  const weights = ['gamma', 'beta', 'mean', 'variance'].map((part) => build.constant(`${name}/${part}`, [channels]))
  return build.node('FusedBatchNormV3', name, [input, ...weights])
}

/** gamma / √(variance + ε), from constants that are read through Identity as in frozen graphs. */
export function normScale(build: GraphBuilder, name: string, channels: number): string {
  const sum = build.node('Add', `${name}/add`, [
    read(build, `${name}/variance`, channels),
    build.constant(`${name}/y`, []),
  ])
  const root = build.node('Rsqrt', `${name}/Rsqrt`, [sum])
  return build.node('Mul', `${name}/mul`, [root, read(build, `${name}/gamma`, channels)])
}

/** A batch norm as frozen graphs of TensorFlow 1 spell it out, in seven operations. */
export function spelledNorm(
  build: GraphBuilder,
  name: string,
  input: string,
  channels: number,
  scale = normScale(build, name, channels),
): string {
  const scaled = build.node('Mul', `${name}/mul_1`, [input, scale])
  const shift = build.node('Mul', `${name}/mul_2`, [read(build, `${name}/mean`, channels), scale])
  const offset = build.node('Sub', `${name}/sub`, [read(build, `${name}/beta`, channels), shift])
  return build.node('Add', `${name}/add_1`, [scaled, offset])
}

function read(build: GraphBuilder, name: string, channels: number): string {
  return build.node('Identity', `${name}/read`, [build.constant(name, [channels])])
}

/** The mean over height and width. */
export function globalPool(build: GraphBuilder, name: string, input: string, keep = false): string {
  const axes = build.constant(`${name}/axes`, [2], [1, 2])
  return build.node('Mean', name, [input, axes], { keep_dims: boolOf(keep) })
}

/** A 1×1 convolution with bias. */
export function mix(build: GraphBuilder, name: string, input: string, from: number, to: number): string {
  return bias(build, `${name}/BiasAdd`, conv(build, name, input, [1, 1, from, to]), to)
}
