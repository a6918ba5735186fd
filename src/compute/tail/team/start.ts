import type { HelperPort } from './protocol'

/** Most threads that share a step: what each adds to it becomes small beside what it takes to add up their slopes. */
const mostThreads = 4

/** Starts the thread of a helper. */
export function startHelper(): HelperPort {
  return new Worker(new URL('./helper.worker.ts', import.meta.url), { type: 'module' })
}

/** Threads that may share a step here. */
export function threadsHere(): number {
  const cores = (globalThis as { navigator?: { hardwareConcurrency?: number } }).navigator?.hardwareConcurrency ?? 1
  return typeof Worker === 'undefined' ? 1 : Math.min(cores, mostThreads)
}
