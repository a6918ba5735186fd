import * as tf from '@tensorflow/tfjs-core'
import { borrowed } from './borrowed'
import {
  addKernel,
  inputOf,
  kernelOf,
  replaceKernel,
  single,
  type KernelFunction,
  type KernelArguments,
  type WasmBackend,
} from './replace'

const backend = 'wasm'

type Test = (given: KernelArguments) => boolean

const always: Test = () => true

/** Whether any tensor is of one of the types. */
const holds = (...types: tf.DataType[]): Test => {
  const wanted = new Set<tf.DataType>(types)
  return ({ inputs }) => Object.values(inputs).some((tensor) => tensor !== undefined && wanted.has(tensor.dtype))
}

const ofNothing: Test = ({ inputs }) => Object.values(inputs).some((tensor) => tensor?.shape.includes(0))

/** Whether any number is NaN; four sums at once, since each has to wait for itself. */
const holdsNaN: Test = ({ inputs, backend: wasm }) =>
  Object.values(inputs).some((tensor) => {
    if (tensor?.dtype !== 'float32') return false
    const values = (wasm as WasmBackend).typedArrayFromHeap(tensor)
    let [a, b, c, d] = [0, 0, 0, 0]
    const whole = values.length - (values.length % 4)
    // Zero times a number is zero, and NaN once there is one; so it is for infinities, which do no harm.
    for (let at = 0; at < whole; at += 4) {
      a += values[at] * 0
      b += values[at + 1] * 0
      c += values[at + 2] * 0
      d += values[at + 3] * 0
    }
    for (let at = whole; at < values.length; at++) a += values[at] * 0
    return Number.isNaN(a + b + c + d)
  })

/** Kernels that give wrong values, or write beyond their results, for some of what they are given. */
const wrong: readonly (readonly [kernels: string, when: Test])[] = [
  // Ones are written as the integer 1, whatever the type is.
  ['OneHot', always],
  // Truth is one byte, and four are read and written.
  ['Reverse GatherV2 GatherNd ScatterNd Tile Transpose PadV2 MirrorPad SplitV', holds('bool')],
  ['Select', (given) => inputOf(given, 't').dtype === 'bool'],
  // Only the last byte of a number counts.
  ['Cast', ({ attrs }) => attrs?.dtype === 'bool'],
  // Whatever the type is, floats are given where steps are other than one.
  ['StridedSlice', holds('bool', 'int32')],
  // Whole numbers are computed as float32, or taken for float32.
  ['Abs Neg FloorDiv ClipByValue ResizeNearestNeighbor', holds('int32')],
  // What is below zero counts for nothing: the search for the largest starts at the least number above zero.
  ['Dilation2D MaxPoolWithArgmax MaxPool3D', always],
  // NaN has a sign; what is outside the picture is mirrored at other places.
  ['Sign Transform', always],
  // The larger or smaller of a number and NaN is the number.
  ['Maximum Minimum Relu6 ClipByValue', holdsNaN],
  // What is there in memory is taken for the result.
  ['Sum Mean Max Min Prod All Any BatchMatMul', ofNothing],
]

const convolutions = ['Conv2D', 'FusedConv2D', 'DepthwiseConv2dNative', 'FusedDepthwiseConv2D']

/** Kernels that it does not have; without them whole networks would run on the cpu backend. */
const lacking = ['Einsum']

/** Puts right what tfjs-backend-wasm 4.22 computes other than TensorFlow; measured by src/compute/conformance. */
export function correctWasm(): void {
  for (const [names, when] of wrong) {
    for (const name of names.split(' ')) {
      const own = borrowed(name)
      replaceKernel(name, backend, (original) => (given) => (when(given) ? own : original)(given))
    }
  }
  for (const name of convolutions) replaceKernel(name, backend, explicitlyPadded(name.includes('Depthwise')))
  replaceKernel('_FusedMatMul', backend, transposedFirst)
  for (const name of lacking) if (!kernelOf(name, backend)) addKernel(name, backend, borrowed(name))
}

/**
 * The library behind the kernel works out the padding of SAME without regard to a reach that is smaller than the stride:
 * its unsigned number goes below zero, and all that comes out is zero. So it is told the padding.
 */
function explicitlyPadded(depthwise: boolean): (original: KernelFunction) => KernelFunction {
  return (original) => (given) => {
    const { pad, strides, dilations, dimRoundingMode } = given.attrs as unknown as ConvolutionAttributes
    if (pad !== 'same') return original(given)
    const { padInfo } = tf.backend_util.computeConv2DInfo(
      inputOf(given, 'x').shape as Shape4D,
      inputOf(given, 'filter').shape as Shape4D,
      strides,
      dilations ?? [1, 1],
      pad,
      dimRoundingMode,
      depthwise,
    )
    const { top, bottom, left, right } = padInfo
    const explicit = [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ]
    return original({ ...given, attrs: { ...given.attrs, pad: explicit } })
  }
}

type Shape4D = [number, number, number, number]

interface ConvolutionAttributes {
  readonly pad: unknown
  readonly strides: [number, number]
  readonly dilations?: [number, number]
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil'
}

/** A bias goes to the wrong places where a matrix is to be transposed, so that is done before. */
function transposedFirst(original: KernelFunction): KernelFunction {
  return (given) => {
    const { transposeA, transposeB } = given.attrs as unknown as { transposeA: boolean; transposeB: boolean }
    const flags = { a: transposeA, b: transposeB }
    const turned = (['a', 'b'] as const).filter((name) => flags[name]).map((name) => [name, turn(given, name)] as const)
    if (turned.length === 0) return original(given)
    const inputs = { ...given.inputs, ...Object.fromEntries(turned) }
    const result = original({ ...given, inputs, attrs: { ...given.attrs, transposeA: false, transposeB: false } })
    for (const [, tensor] of turned) (given.backend as WasmBackend).disposeData(tensor.dataId)
    return result
  }
}

function turn(given: KernelArguments, name: string): tf.TensorInfo {
  const x = inputOf(given, name)
  const transpose = kernelOf('Transpose', backend)
  if (!transpose) throw new Error('no Transpose')
  return single(transpose.kernelFunc({ inputs: { x }, attrs: { perm: [0, 2, 1] }, backend: given.backend }))
}
