import { proxy, transfer, type ProxyMarked, type Remote } from 'comlink'
import type { ComputeSession } from '../compute/session/session'
import type { Progress } from '../types'
import type { LifeEvents } from './life/lifeline'
import { callsOf } from './remote'

export type { ImageSource } from '../compute/features/features'
export type { RangeFit, RangeMeasurement } from '../compute/features/input-range'
export type { OpenedModel } from '../compute/model/types'
export type { ModelSource, OpenChoices, TrainedHead } from '../compute/session/types'
export type { LabelledImage } from '../compute/features/labelled-image'

/** What the compute worker answers to: its session's calls, and the wires they need. */
export interface ComputeApi extends ComputeSession, ComputeWires {}

/** How a compute worker is connected with the page, the other workers and the disk. */
export interface ComputeWires {
  /** Progress of all jobs goes to `listener`, a comlink proxy. */
  onProgress(listener: (progress: Progress) => void): void
  /** Connects the image worker, whose decoded pictures come straight to the session and not by way of the page. */
  connectImages(port: MessagePort): void
  /** Connects the view worker, to which graphs go straight and not by way of the page. */
  connectView(port: MessagePort): void
  /** Keeps features, and trainings on their way, on disk from now on, where they are there for the next visit. */
  keepOnDisk(): Promise<void>
}

/** A function of the page as an argument of a call: the worker calls it, and it runs here. */
export const listener = <Event>(listen: (event: Event) => void): ((event: Event) => void) & ProxyMarked => proxy(listen)

/** A camera's frame as an argument of a call: it moves to the worker, and is of no use here any more. */
export const handedOver = (frame: ImageBitmap): ImageBitmap => transfer(frame, [frame])

export interface ComputeWorker {
  readonly api: Remote<ComputeApi>
  /** Lets pictures come over another port, after the image worker was restarted. */
  connectImages(port: MessagePort): void
  /** Sends graphs over another port, after the view worker was restarted; the open model's first. */
  connectView(port: MessagePort): void
  terminate(): void
}

export interface Wires {
  readonly events: LifeEvents
  readonly onProgress: (progress: Progress) => void
  /** Where pictures come from: a port of the image worker. */
  readonly images: MessagePort
  /** Where graphs go to be drawn: a port of the view worker. */
  readonly view: MessagePort
}

/** Starts a compute worker; one that only measures a backend needs no wires. */
export function createComputeWorker(wires?: Wires): ComputeWorker {
  const { api, terminate } = callsOf<ComputeApi>(
    {
      what: 'What runs networks',
      start: () => new Worker(new URL('./compute.worker.ts', import.meta.url), { type: 'module' }),
    },
    wires?.events,
  )
  const connectImages = (port: MessagePort): void =>
    void api.connectImages(transfer(port, [port])).catch(() => undefined)
  const connectView = (port: MessagePort): void => void api.connectView(transfer(port, [port])).catch(() => undefined)
  if (wires) {
    void api.onProgress(listener(wires.onProgress))
    connectImages(wires.images)
    connectView(wires.view)
  }
  return { api, connectImages, connectView, terminate }
}
