import { wrap } from 'comlink'
import type { LayoutEngine } from '../layout/types'
import { carryErrors } from './errors'

export interface LayoutWorker {
  readonly api: LayoutEngine
  terminate(): void
}

/** Starts a layout worker. Its `api` is a plain object, so that it may be handed to components as a prop. */
export function createLayoutWorker(): LayoutWorker {
  carryErrors()
  const worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' })
  const remote = wrap<LayoutEngine>(worker)
  return {
    api: { open: (graph) => remote.open(graph), layout: (unfolded) => remote.layout(unfolded) },
    terminate: () => worker.terminate(),
  }
}
