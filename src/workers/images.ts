import { transfer, wrap, type Remote } from 'comlink'
import type { imageService } from '../images/service'
import { carryErrors } from './errors'

/** What the image worker answers to; stateless, so that any number of callers may share it. */
export type ImageApi = typeof imageService & {
  /** Answers on another port too, for the compute worker. */
  connect(port: MessagePort): void
}

export interface ImageWorker {
  readonly api: Remote<ImageApi>
  /** A new port on which the worker answers, to be handed to another worker. */
  port(): MessagePort
  terminate(): void
}

/** Starts the image worker. */
export function createImageWorker(): ImageWorker {
  carryErrors()
  const worker = new Worker(new URL('./images.worker.ts', import.meta.url), { type: 'module' })
  const api = wrap<ImageApi>(worker)
  return {
    api,
    port() {
      const channel = new MessageChannel()
      void api.connect(transfer(channel.port1, [channel.port1]))
      return channel.port2
    },
    terminate: () => worker.terminate(),
  }
}
