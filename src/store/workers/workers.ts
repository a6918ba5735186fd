import type { CutpointError } from '../../errors'
import { workerTexts } from '../../texts/page/workers'
import { createComputeWorker, type ComputeWorker } from '../../workers/compute'
import { createImageWorker, type ImageWorker } from '../../workers/images'
import { createLastingView, type LastingView } from '../../workers/lasting-view'
import { Lasting, type AskOptions } from '../../workers/life/lasting'
import { createViewWorker } from '../../workers/view'
import { tellOnce, untell } from '../page/notices'
import { noteProgress } from './progress'

let view: LastingView | null = null

/** What brings a new compute worker to where the old one was: backend, model, cut. Set by the rooms that know. */
const restorers: ((worker: ComputeWorker['api']) => Promise<void>)[] = []

/** Registers what has to be done again when the compute worker died or was ended and made anew; in this order. */
export function onRebuild(restore: (worker: ComputeWorker['api']) => Promise<void>): void {
  restorers.push(restore)
}

/** What to do when a new worker cannot be brought to where the old one was; set by the room of the model. */
let onLost: (error: unknown) => boolean = () => true

/**
 * Registers what is done when a worker cannot be rebuilt, for example because the model's file is gone. It gives whether
 * the page goes on without the model; else whoever next needs the worker has it try again.
 */
export function whenLost(handle: (error: unknown) => boolean): void {
  onLost = handle
}

/** What a worker is told whenever one is started. */
const imageGreetings: ((api: ImageWorker['api']) => void)[] = []
const computeGreetings: ((api: ComputeWorker['api']) => void)[] = []

/** Hears why a compute worker died, before another takes its place; set by the room of the backends. */
let onDied: (why: CutpointError) => boolean = () => false

/** Registers what hears why a compute worker died. It gives whether it has told the user of it. */
export function whenDied(hear: (why: CutpointError) => boolean): void {
  onDied = hear
}

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
  silent: (silent) => tellSilent('images', silent),
})

const compute = new Lasting<ComputeWorker>({
  start(events) {
    const started = createComputeWorker({
      events,
      onProgress: noteProgress,
      images: images.start().port(),
      view: startView().feed(),
    })
    for (const greet of computeGreetings) greet(started.api)
    return started
  },
  async restore({ api }) {
    for (const restore of restorers) await restore(api)
  },
  lost: (error) => onLost(error),
  died: (why) => {
    if (!onDied(why)) tellDied(why)
  },
  silent: (silent) => tellSilent('compute', silent),
})

/** Tells the image worker something, the one that runs and every one that is started after it. */
export function tellImages(greet: (api: ImageWorker['api']) => void): void {
  imageGreetings.push(greet)
  if (images.running) greet(images.running.api)
}

/** As `tellImages`, for the compute worker. */
export function tellCompute(greet: (api: ComputeWorker['api']) => void): void {
  computeGreetings.push(greet)
  if (compute.running) greet(compute.running.api)
}

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

/**
 * Ends a compute worker that does not answer, and brings a new one to the same place from what the page still has. What
 * else was asked of it is asked again, unless that was cancelled, too.
 */
export const rebuildCompute = (): Promise<void> => compute.renew()

/** Ends the compute worker with all that it does, after the page has forgotten what there was. */
export const clearCompute = (): Promise<void> => compute.clear()

/** Ends an image worker that does not answer; what else was asked of it is asked of the next. */
export const restartImages = (): Promise<void> => images.renew()

function tellDied({ code }: CutpointError): void {
  // Not started again: whoever needs it is told.
  if (code === 'part-unreachable') return
  tellOnce('worker-died', { kind: 'remark', title: workerTexts.diedTitle, text: workerTexts.diedText })
}

/** A worker that does not answer may be at hard work: whether it is ended is for the user to say. */
function tellSilent(which: 'compute' | 'images', silent: boolean): void {
  const key = `silent-${which}`
  if (!silent) return untell(key)
  const restart = which === 'compute' ? rebuildCompute : restartImages
  tellOnce(key, {
    kind: 'remark',
    title: workerTexts.silentTitle[which],
    text: workerTexts.silentText,
    stays: true,
    action: { label: workerTexts.startAgain, run: () => void restart() },
  })
}
