import * as tf from '@tensorflow/tfjs-core'
import {
  inputOf,
  kernelOf,
  replaceKernel,
  single,
  type KernelFunction,
  type KernelArguments,
  type CpuBackend,
} from './replace'

const backend = 'cpu'

/** Puts right what tfjs-backend-cpu 4.22 computes other than TensorFlow; measured by src/compute/conformance. */
export function correctCpu(): void {
  // Whole numbers are computed as float32.
  replaceKernel('Abs', backend, (original) => (given) => {
    if (inputOf(given, 'x').dtype !== 'int32') return original(given)
    return elementwise(given, Math.abs)
  })
  // NaN has no sign, and stays NaN.
  replaceKernel('Sign', backend, () => (given) => elementwise(given, Math.sign))
  replaceKernel('Pow', backend, onesToTheOdd)
  for (const [name, value] of ofNothing) replaceKernel(name, backend, filledWith(value))
  // The tensor that is updated is written into.
  replaceKernel('TensorScatterUpdate', backend, copyFirst('tensor'))
}

/** What reductions give where there is nothing to reduce. */
const ofNothing = [
  ['Max', -Infinity],
  ['Min', Infinity],
  ['Mean', NaN],
  ['All', 1],
] as const

function filledWith(value: number): (original: KernelFunction) => KernelFunction {
  return (original) => (given) => {
    const result = single(original(given))
    if (!inputOf(given, 'x').shape.includes(0)) return result
    const { values } = (given.backend as CpuBackend).data.get(result.dataId)
    const held = values as tf.TypedArray
    held.fill(value)
    return result
  }
}

function elementwise(given: KernelArguments, of: (value: number) => number): tf.TensorInfo {
  const cpu = given.backend as CpuBackend
  const { shape, dtype, dataId } = inputOf(given, 'x')
  const values = cpu.readSync(dataId) as Float32Array | Int32Array
  return cpu.makeTensorInfo(shape, dtype, values.map(of))
}

/** 1 to the power of anything is 1, of NaN too, and so is −1 to that of an infinity; JavaScript's are NaN. */
function onesToTheOdd(original: KernelFunction): KernelFunction {
  return (given) => {
    const cpu = given.backend as CpuBackend
    const [base, exponent] = [inputOf(given, 'a'), inputOf(given, 'b')]
    const powers = single(original(given))
    const exponents = cpu.readSync(exponent.dataId) as tf.TypedArray
    if (exponents.every(Number.isFinite)) return powers
    const bases = cpu.readSync(base.dataId) as tf.TypedArray
    // Products tell which is which, in the shape of the result: 1 with NaN, 1 or −1 with an infinity.
    const ones = Float32Array.from(bases, (value) => (Math.abs(value) === 1 ? value : 0))
    const odd = Float32Array.from(exponents, (value) => (Number.isNaN(value) ? 2 : Number.isFinite(value) ? 0 : 3))
    const a = cpu.makeTensorInfo(base.shape, 'float32', ones)
    const b = cpu.makeTensorInfo(exponent.shape, 'float32', odd)
    const multiply = kernelOf('Multiply', backend)
    if (!multiply) throw new Error('no Multiply')
    const products = single(multiply.kernelFunc({ inputs: { a, b }, attrs: {}, backend: given.backend }))
    const held = cpu.readSync(powers.dataId) as tf.TypedArray
    ;(cpu.readSync(products.dataId) as Float32Array).forEach((product, at) => {
      if (product === 2 || Math.abs(product) === 3) held[at] = 1
    })
    for (const { dataId } of [a, b, products]) cpu.disposeData(dataId)
    return powers
  }
}

function copyFirst(name: string): (original: KernelFunction) => KernelFunction {
  return (original) => (given) => {
    const cpu = given.backend as CpuBackend
    const { shape, dtype, dataId } = inputOf(given, name)
    const values = cpu.readSync(dataId) as tf.TypedArray
    const copy = cpu.makeTensorInfo(shape, dtype, values.slice())
    const result = original({ ...given, inputs: { ...given.inputs, [name]: copy } })
    cpu.disposeData(copy.dataId)
    return result
  }
}
