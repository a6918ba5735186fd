import { createComputeWorker, type ComputeWorker } from '../workers/compute'
import { createImageWorker, type ImageWorker } from '../workers/images'
import { createLastingView, type LastingView } from '../workers/lasting-view'
import { createViewWorker } from '../workers/view'
import { noteProgress } from './progress'

let view: LastingView | null = null
let images: ImageWorker | null = null
let compute: ComputeWorker | null = null
let ready: Promise<void> | null = null

/** What brings a new compute worker to where the old one was: backend, model, cut. Set by the rooms that know. */
const restorers: (() => Promise<void>)[] = []

/** Registers what has to be done again when the compute worker was ended and made anew; in this order. */
export function onRebuild(restore: () => Promise<void>): void {
  restorers.push(restore)
}

/** What a worker is told whenever one is started. */
const imageGreetings: ((api: ImageWorker['api']) => void)[] = []
const computeGreetings: ((api: ComputeWorker['api']) => void)[] = []

/** Tells the image worker something, the one that runs and every one that is started after it. */
export function tellImages(greet: (api: ImageWorker['api']) => void): void {
  imageGreetings.push(greet)
  if (images) greet(images.api)
}

/** As `tellImages`, for the compute worker. */
export function tellCompute(greet: (api: ComputeWorker['api']) => void): void {
  computeGreetings.push(greet)
  if (compute) greet(compute.api)
}

/** The view worker, started when first asked for; should it die, another takes its place. */
export function viewWorker(): LastingView['api'] {
  return startView().api
}

/** The image worker, started when first asked for. */
export function imageWorker(): ImageWorker['api'] {
  return startImages().api
}

function startView(): LastingView {
  view ??= createLastingView(createViewWorker, (port) => compute?.connectView(port))
  return view
}

function startImages(): ImageWorker {
  if (images) return images
  const started = createImageWorker(() => {
    if (images === started) images = null
  })
  images = started
  for (const greet of imageGreetings) greet(started.api)
  compute?.connectImages(started.port())
  return started
}

/** Starts what opening a model needs, so that it is there when a model comes. */
export function warmUp(): void {
  viewWorker()
  startCompute()
}

/** The compute worker, started when first asked for; while it is being rebuilt, waits for that. */
export async function computeWorker(): Promise<ComputeWorker['api']> {
  await ready
  return startCompute()
}

/** The compute worker without waiting: for cancelling, and for what restores it. */
export function startCompute(): ComputeWorker['api'] {
  if (compute) return compute.api
  compute = createComputeWorker({
    onProgress: noteProgress,
    images: startImages().port(),
    view: startView().feed(),
  })
  for (const greet of computeGreetings) greet(compute.api)
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
  images = null
  startImages()
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
