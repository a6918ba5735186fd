import * as tf from '@tensorflow/tfjs-core'
import { inputOf, replaceKernel, single, type Kernel, type KernelArguments, type CpuBackend } from './replace'

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

function filledWith(value: number): (original: Kernel) => Kernel {
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

function copyFirst(name: string): (original: Kernel) => Kernel {
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
