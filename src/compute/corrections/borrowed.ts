import * as tf from '@tensorflow/tfjs-core'
import { kernelOf, type KernelFunction, type KernelArguments, type CpuBackend, type WasmBackend } from './replace'

/** A kernel of the cpu backend that takes and gives tensors of the wasm backend. */
export function borrowed(kernelName: string): KernelFunction {
  return ({ inputs, attrs, backend }) => {
    const wasm = backend as WasmBackend
    const cpu = tf.engine().findBackend('cpu') as unknown as CpuBackend
    const config = kernelOf(kernelName, 'cpu')
    if (!config) throw new Error(`no kernel ${kernelName}`)
    const copies = copied(inputs, wasm, cpu)
    const results = config.kernelFunc({ inputs: copies, attrs, backend: cpu })
    const back = [results].flat().map((result) => {
      const made = wasm.makeOutput(result.shape, result.dtype)
      wasm.typedArrayFromHeap(made).set(cpu.readSync(result.dataId) as tf.TypedArray)
      return made
    })
    for (const tensor of [...[results].flat(), ...Object.values(copies)]) {
      if (tensor) cpu.disposeData(tensor.dataId, true)
    }
    return Array.isArray(results) ? back : back[0]
  }
}

type Inputs = KernelArguments['inputs']

/** Copies: the heap moves when it grows, and kernels of the cpu backend may write into what they are given. */
function copied(inputs: Inputs, wasm: WasmBackend, cpu: CpuBackend): Inputs {
  const copies = Object.entries(inputs).map(([name, tensor]) => {
    if (!tensor) return [name, tensor] as const
    const values = wasm.typedArrayFromHeap(tensor).slice()
    return [name, cpu.makeTensorInfo(tensor.shape, tensor.dtype, values)] as const
  })
  // Kernels that take any number of tensors get a list.
  const list: unknown = copies.map(([, tensor]) => tensor)
  return Array.isArray(inputs) ? (list as Inputs) : Object.fromEntries(copies)
}
