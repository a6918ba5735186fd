import * as tf from '@tensorflow/tfjs-core'
import type { BackendName } from '../../types'
import { correctCpu } from './cpu'
import { correctGpu } from './gpu'
import { correctMatMul } from './matmul'
import { registerOwnOps } from './own-op'
import { correctWasm } from './wasm'

/** By backend, what it alone gets wrong. */
const corrections: Record<BackendName, () => void> = {
  cpu: correctCpu,
  wasm: correctWasm,
  webgl: () => correctGpu('webgl'),
  webgpu: () => correctGpu('webgpu'),
}
const corrected = new Set<string>()

/**
 * Puts kernels of our own in the place of those of tfjs' current backend that compute other than TensorFlow, and
 * operations of our own; once a backend, however often it is called.
 */
export function correctKernels(): void {
  if (corrected.size === 0) registerOwnOps()
  const backend = tf.getBackend()
  for (const name of ['cpu', backend] as const) {
    if (corrected.has(name)) continue
    corrected.add(name)
    corrections[name as BackendName]()
    correctMatMul(name)
  }
}
