import * as tf from '@tensorflow/tfjs-core'
import { CutpointError } from '../../errors'

/** What there is of a graphics processor in TensorFlow.js' backends, by the names that they give it. */
export interface OnGpu {
  readonly gpgpu?: { readonly gl: WebGL2RenderingContext }
  readonly device?: GPUDevice
  readonly commandEncoder?: GPUCommandEncoder | null
  endComputePassEncoder?(): void
  submitQueue?(): void
}

/** The current backend; nothing where none has been started, of which TensorFlow.js would throw. */
export const gpuOf = (): OnGpu => (tf.findBackend(tf.getBackend()) as OnGpu | null) ?? {}

/** Everything that a device says of what it was asked, but its loss. */
const filters: readonly GPUErrorFilter[] = ['validation', 'out-of-memory', 'internal']

const watched = new WeakSet<GPUDevice>()

/**
 * From now on what the current backend's device refuses is caught by `gpuErrors`. WebGPU throws nothing for a program or a
 * size that it does not take: it leaves out all that was recorded with it, and zeros are read.
 */
export function watchGpuErrors(): void {
  const { device } = gpuOf()
  if (!device || watched.has(device)) return
  watched.add(device)
  for (const filter of filters) device.pushErrorScope(filter)
}

/** The first thing that went wrong on the graphics processor since the last call, in its words; null where nothing did. */
export async function gpuErrors(): Promise<string | null> {
  const { device, gpgpu } = gpuOf()
  if (gpgpu) return outOfMemory(gpgpu.gl)
  if (!device || !watched.has(device)) return null
  const ended = filters.map(() => device.popErrorScope())
  for (const filter of filters) device.pushErrorScope(filter)
  // Of a device that is lost there is nothing to be known; the loss is told elsewhere.
  const errors = await Promise.all(ended).catch(() => [])
  return errors.find((error) => error !== null)?.message ?? null
}

/** WebGL too goes on with zeros when there is no room. A context holds but a few flags at a time. */
function outOfMemory(gl: WebGL2RenderingContext): string | null {
  const flags = Array.from({ length: 8 }, () => gl.getError())
  return flags.includes(gl.OUT_OF_MEMORY) ? 'out of memory' : null
}

/**
 * Sends off what is recorded for the graphics processor and not yet sent, so that nothing is left out with what comes
 * next, or with what was recorded before and is refused.
 */
export function sendRecorded(): void {
  const gpu = gpuOf()
  if (!gpu.commandEncoder) return
  gpu.endComputePassEncoder?.()
  gpu.submitQueue?.()
}

/** After work that failed: sends off what is left of it, and forgets what the graphics processor says of it. */
export function forgetFailed(): void {
  sendRecorded()
  void gpuErrors()
}

/** What the graphics processor would not do, as CutpointError `run-failed`. */
export function gpuRefused(reason: string): CutpointError {
  const backend = tf.getBackend()
  const [first] = reason.trim().split('\n')
  return new CutpointError(
    'run-failed',
    `The graphics processor could not compute this with the ${backend} backend: ${first}`,
    'Choose another backend at the top of the page.',
    { backend },
  )
}
