import { proxy, transfer, wrap, type Remote } from 'comlink'
import type { ComputeSession } from '../compute/session'
import type { Progress } from '../types'
import { carryErrors } from './errors'

export type { CutMade } from '../compute/cut'
export type { ImageSource } from '../compute/features'
export type { OpenedModel } from '../compute/opened'
export type { ModelSource, OpenChoices } from '../compute/session'
export type { LabelledImage } from '../compute/train'

/** What the compute worker answers to: its session, and the two wires it needs. */
export interface ComputeApi extends ComputeSession {
  onProgress(listener: (progress: Progress) => void): void
  connectImages(port: MessagePort): void
}

export interface ComputeWorker {
  readonly api: Remote<ComputeApi>
  terminate(): void
}

/** Starts a compute worker whose progress goes to `onProgress` and whose pictures come over `images`. */
export function createComputeWorker(wires?: {
  onProgress: (progress: Progress) => void
  images: MessagePort
}): ComputeWorker {
  carryErrors()
  const worker = new Worker(new URL('./compute.worker.ts', import.meta.url), { type: 'module' })
  const api = wrap<ComputeApi>(worker)
  if (wires) {
    void api.onProgress(proxy(wires.onProgress))
    void api.connectImages(transfer(wires.images, [wires.images]))
  }
  return { api, terminate: () => worker.terminate() }
}
