import * as tf from '@tensorflow/tfjs-core'
import { CutpointError } from '../../errors'
import { nextTask } from '../../next-task'
import { gpuErrors, gpuOf, gpuRefused } from './gpu-errors'

/**
 * Calls `onLost` once if the current backend's graphics processor is lost: what waits for it then may wait for ever.
 * Its tensors are gone, and TensorFlow.js cannot start over with it in the same thread.
 */
export function watchGpu(onLost: (error: CutpointError) => void): void {
  const { gpgpu, device } = gpuOf()
  const error = gpuLost(tf.getBackend())
  gpgpu?.gl.canvas.addEventListener('webglcontextlost', () => onLost(error), { once: true })
  void device?.lost.then(() => onLost(error))
}

/**
 * Values of a tensor. Throws CutpointError `gpu-lost` where the graphics processor was lost before they were read, and
 * `run-failed` where it refused something that they come from: what is read then are zeros.
 */
export async function readValues(tensor: tf.Tensor): Promise<Float32Array> {
  const reading = tensor.data<'float32'>()
  // Asked for after all is sent off, which reading does at once.
  const [values, refused] = await Promise.all([reading, gpuErrors()])
  if (gpuOf().gpgpu?.gl.isContextLost()) throw gpuLost(tf.getBackend())
  if (refused !== null) throw gpuRefused(refused)
  return values
}

/** What went wrong, if that was but the loss of the graphics processor: CutpointError `gpu-lost` in place of `error`. */
export async function unlessGpuLost(error: unknown): Promise<unknown> {
  const backend = tf.getBackend()
  const { gpgpu, device } = gpuOf()
  return gpgpu?.gl.isContextLost() || (device && (await isLost(device))) ? gpuLost(backend) : error
}

/** Whether a device is lost; what failed for that may be known before the loss itself. */
function isLost(device: GPUDevice): Promise<boolean> {
  const answered = device.queue
    .onSubmittedWorkDone()
    .catch(() => undefined)
    .then(nextTask)
    .then(nextTask)
  return Promise.race([device.lost.then(() => true), answered.then(() => false)])
}

function gpuLost(backend: string): CutpointError {
  return new CutpointError(
    'gpu-lost',
    'The browser has lost the graphics processor.',
    'Try again, or choose another backend at the top of the page.',
    { backend },
  )
}
