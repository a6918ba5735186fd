import type { CutpointError } from '../../errors'
import { createComputeWorker, type ComputeWorker } from '../../workers/compute'
import { createImageWorker, type ImageWorker } from '../../workers/images'
import { createLastingView, type LastingView } from '../../workers/lasting-view'
import { Lasting, type AskOptions } from '../../workers/life/lasting'
import { createViewWorker } from '../../workers/view'
import { noteProgress } from './progress'
import { tellDied, tellSilent } from './telling'

let view: LastingView | null = null

/** What the compute worker is made for and what becomes of it, which only those know who ask it. */
export interface ComputeCare {
  /** What a new one is brought to where the one before was with, in this order; nothing of it where there was none. */
  readonly restored: readonly ((worker: ComputeWorker['api']) => Promise<void>)[]
  /**
   * A new one cannot be brought there, for example because the model's file is gone. Whether the page goes on without the
   * model; else whoever next needs the worker has it try again.
   */
  readonly lost: (error: unknown) => boolean
  /** Hears why one died, before another takes its place. Whether it has told the user of it. */
  readonly died: (why: CutpointError) => boolean
}

let care: ComputeCare = { restored: [], lost: () => true, died: () => false }

/** Says what is to be done for the compute worker, before one is started. */
export function careForCompute(given: ComputeCare): void {
  care = given
}

/** What an image worker is told whenever one is started. */
const imageGreetings: ((api: ImageWorker['api']) => void)[] = []

const images = new Lasting<ImageWorker>({
  start(events) {
    const started = createImageWorker(events)
    for (const greet of imageGreetings) greet(started.api)
    compute.running?.connectImages(started.port())
    return started
  },
  restore: () => Promise.resolve(),
  lost: () => true,
  died: tellDied,
  silent: (silent) => tellSilent('images', silent, restartImages),
})

const compute = new Lasting<ComputeWorker>({
  start(events) {
    return createComputeWorker({
      events,
      onProgress: noteProgress,
      images: images.start().port(),
      view: startView().feed(),
    })
  },
  async restore({ api }) {
    for (const restore of care.restored) await restore(api)
  },
  lost: (error) => care.lost(error),
  died: (why) => {
    if (!care.died(why)) tellDied(why)
  },
  silent: (silent) => tellSilent('compute', silent, rebuildCompute),
})

/** Tells the image worker something, the one that runs and every one that is started after it. */
export function tellImages(greet: (api: ImageWorker['api']) => void): void {
  imageGreetings.push(greet)
  if (images.running) greet(images.running.api)
}

/** The compute worker that runs, to be told what each new one is told when it is restored; null where none was needed yet. */
export const runningCompute = (): ComputeWorker['api'] | null => compute.running?.api ?? null

/** The view worker, started when first asked for; should it die, another takes its place. */
export function viewWorker(): LastingView['api'] {
  return startView().api
}

function startView(): LastingView {
  view ??= createLastingView(
    (died) => createViewWorker({ died }),
    (port) => compute.running?.connectView(port),
  )
  return view
}

/** The image worker, started when first asked for; what is asked of one that dies is asked of the next. */
export function imageWorker(options?: AskOptions): ImageWorker['api'] {
  images.start()
  return images.calls(options)
}

/**
 * The compute worker, started when first asked for; what is asked of one that dies is asked of the next, once that is in
 * the same place. What takes several calls is to be done by `withCompute`.
 */
export function computeWorker(options?: AskOptions): ComputeWorker['api'] {
  return compute.calls(options)
}

/** Has one compute worker do all of `work`, from the beginning in another one if it is gone in between. */
export function withCompute<T>(work: (worker: ComputeWorker['api']) => Promise<T>, options?: AskOptions): Promise<T> {
  return compute.ask(({ api }) => work(api), options)
}

/** Starts what opening a model needs, so that it is there when a model comes. */
export function warmUp(): void {
  viewWorker()
  compute.start()
}

/** Tells the compute worker to stop a job; it is of no use to start one for that. */
export function stopInCompute(job: string): void {
  compute.running?.api.cancel(job).catch(() => undefined)
}

/** Tells the compute worker to stop a job where it can be gone on with. */
export function pauseInCompute(job: string): void {
  compute.running?.api.pause(job).catch(() => undefined)
}

/**
 * Ends a compute worker that does not answer, and brings a new one to the same place from what the page still has. What
 * else was asked of it is asked again, unless that was cancelled, too.
 */
export const rebuildCompute = (): Promise<void> => compute.renew()

/** Ends the compute worker with all that it does, after the page has forgotten what there was. */
export const clearCompute = (): Promise<void> => compute.clear()

/** Ends an image worker that does not answer; what else was asked of it is asked of the next. */
export const restartImages = (): Promise<void> => images.renew()
