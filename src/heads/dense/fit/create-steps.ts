import * as tf from '@tensorflow/tfjs-core'
import { kernelSteps } from './kernel-steps'
import type { Steps, StepsOptions } from './steps'
import { TensorSteps } from './tensor-steps'

/** Backends that compute on the processor, where the kernel is faster than many small ones of tfjs. */
const onProcessor = ['cpu', 'wasm']

/** Steps on the training kernel or, where the current backend is the graphics card's, there. */
export function createSteps(options: StepsOptions): Promise<Steps> {
  return onProcessor.includes(tf.getBackend()) ? kernelSteps(options) : Promise.resolve(new TensorSteps(options))
}
