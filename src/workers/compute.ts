import { proxy, transfer, wrap, type Remote } from 'comlink'
import type { ComputeSession } from '../compute/session'
import { CutpointError } from '../errors'
import type { Progress } from '../types'
import { carryErrors } from './errors'

export type { CutMade } from '../compute/cut'
export type { ImageSource } from '../compute/features'
export type { OpenedModel } from '../compute/opened'
export type { Kept, ModelSource, OpenChoices } from '../compute/session'
export type { LabelledImage } from '../compute/train'

/** What the compute worker answers to: its session, and the two wires it needs. */
export interface ComputeApi extends ComputeSession {
  onProgress(listener: (progress: Progress) => void): void
  connectImages(port: MessagePort): void
}

export interface ComputeWorker {
  readonly api: Remote<ComputeApi>
  /** Lets pictures come over another port, after the image worker was restarted. */
  connectImages(port: MessagePort): void
  terminate(): void
}

/** Starts a compute worker whose progress goes to `onProgress` and whose pictures come over `images`. */
export function createComputeWorker(wires?: {
  onProgress: (progress: Progress) => void
  images: MessagePort
}): ComputeWorker {
  carryErrors()
  const worker = new Worker(new URL('./compute.worker.ts', import.meta.url), { type: 'module' })
  const ended = Promise.withResolvers<never>()
  ended.promise.catch(() => undefined)
  const end = (): void => {
    worker.terminate()
    ended.reject(new CutpointError('cancelled', 'The work was ended.', 'Start it again when you are ready.'))
  }
  worker.addEventListener('error', end)
  const api = settling(wrap<ComputeApi>(worker), ended.promise)
  const connectImages = (port: MessagePort): void => void api.connectImages(transfer(port, [port]))
  if (wires) {
    void api.onProgress(proxy(wires.onProgress))
    connectImages(wires.images)
  }
  return { api, connectImages, terminate: end }
}

/** The same calls, which end when the worker does: comlink's own would wait for ever. */
function settling<T extends object>(remote: T, ended: Promise<never>): T {
  return new Proxy(remote, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key)
      return isCall(member) ? (...args: unknown[]) => Promise.race([member(...args), ended]) : member
    },
  })
}

function isCall(member: unknown): member is (...args: unknown[]) => unknown {
  return typeof member === 'function'
}
