import { transfer, type Remote } from 'comlink'
import type { ImageService } from '../images/service'
import { callsOf } from './remote'

/** What the image worker answers to; any number of callers may share it. */
export interface ImageApi extends ImageService {
  /** Answers on another port too, for the compute worker. */
  connect(port: MessagePort): void
}

export interface ImageWorker {
  readonly api: Remote<ImageApi>
  /** A new port on which the worker answers, to be handed to another worker. */
  port(): MessagePort
  terminate(): void
}

/** Starts the image worker; `onFailed` hears if it dies. */
export function createImageWorker(onFailed: () => void): ImageWorker {
  const { api, terminate } = callsOf<ImageApi>(
    new Worker(new URL('./images.worker.ts', import.meta.url), { type: 'module' }),
    onFailed,
  )
  return {
    api,
    port() {
      const channel = new MessageChannel()
      api.connect(transfer(channel.port1, [channel.port1])).catch(() => undefined)
      return channel.port2
    },
    terminate,
  }
}
