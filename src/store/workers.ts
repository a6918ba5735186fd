import { createComputeWorker, type ComputeWorker } from '../workers/compute'
import { createImageWorker, type ImageWorker } from '../workers/images'
import { createViewWorker, type ViewWorker } from '../workers/view'
import { noteProgress } from './progress'

let view: ViewWorker | null = null
let images: ImageWorker | null = null
let compute: ComputeWorker | null = null
let ready: Promise<void> | null = null

/** What brings a new compute worker to where the old one was: backend, model, cut. Set by the rooms that know. */
const restorers: (() => Promise<void>)[] = []

/** Registers what has to be done again when the compute worker was ended and made anew; in this order. */
export function onRebuild(restore: () => Promise<void>): void {
  restorers.push(restore)
}

/** The view worker, started when first asked for. */
export function viewWorker(): ViewWorker['api'] {
  view ??= createViewWorker()
  return view.api
}

/** The image worker, started when first asked for. */
export function imageWorker(): ImageWorker['api'] {
  images ??= createImageWorker()
  return images.api
}

/** The compute worker, started when first asked for; while it is being rebuilt, waits for that. */
export async function computeWorker(): Promise<ComputeWorker['api']> {
  await ready
  return startCompute()
}

/** The compute worker without waiting: for cancelling, and for what restores it. */
export function startCompute(): ComputeWorker['api'] {
  images ??= createImageWorker()
  view ??= createViewWorker()
  compute ??= createComputeWorker({ onProgress: noteProgress, images: images.port(), view: view.feed() })
  return compute.api
}

/** Ends a compute worker that does not answer, and brings a new one to the same place from what the page still has. */
export function rebuildCompute(): Promise<void> {
  compute?.terminate()
  compute = null
  ready = restoreAll().catch((error: unknown) => onLost(error))
  return ready
}

/** Ends an image worker that does not answer; a new one starts when it is next needed, and compute is wired to it. */
export function restartImages(): void {
  images?.terminate()
  images = createImageWorker()
  compute?.connectImages(images.port())
}

async function restoreAll(): Promise<void> {
  for (const restore of restorers) await restore()
}

/** What to do when the new worker cannot be brought to where the old one was; set by the room of the model. */
let onLost: (error: unknown) => void = () => undefined

/** Registers what is done when a worker cannot be rebuilt, for example because the model's file is gone. */
export function whenLost(handle: (error: unknown) => void): void {
  onLost = handle
}
