import * as tf from '@tensorflow/tfjs-core'
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'

/** What kernels of our own use of a backend, which tfjs hands to them as any object. */
export type CpuBackend = Pick<MathBackendCPU, 'data' | 'readSync' | 'makeTensorInfo' | 'disposeData'>
export type WasmBackend = Pick<BackendWasm, 'makeOutput' | 'typedArrayFromHeap' | 'disposeData'>
export type AnyBackend = Pick<tf.KernelBackend, 'disposeData'>

/** A kernel's function. */
export type KernelFunction = tf.KernelFunc
export type KernelArguments = Parameters<KernelFunction>[0]

/** The kernel of a backend; undefined where it has none (tfjs declares that there is always one). */
export function kernelOf(kernel: string, backend: string): tf.KernelConfig | undefined {
  const find: (kernel: string, backend: string) => tf.KernelConfig | undefined = tf.getKernel
  return find(kernel, backend)
}

/** Puts a kernel of our own in the place of a backend's, made from that one. */
export function replaceKernel(
  kernelName: string,
  backendName: string,
  make: (original: KernelFunction) => KernelFunction,
): void {
  const original = kernelOf(kernelName, backendName)
  if (!original) throw new Error(`no kernel ${kernelName} on ${backendName}`)
  tf.unregisterKernel(kernelName, backendName)
  tf.registerKernel({ ...original, kernelFunc: make(original.kernelFunc) })
}

/** Gives a backend a kernel that it does not have. */
export function addKernel(kernelName: string, backendName: string, kernelFunc: KernelFunction): void {
  tf.registerKernel({ kernelName, backendName, kernelFunc })
}

/** One tensor among a kernel's inputs. */
export function inputOf({ inputs }: KernelArguments, name: string): tf.TensorInfo {
  const input = inputs[name]
  if (input === undefined) throw new Error(`no input ${name}`)
  return input
}

/** The one tensor that a kernel gives. */
export function single(result: ReturnType<KernelFunction>): tf.TensorInfo {
  if (Array.isArray(result)) throw new Error('more than one result')
  return result
}
