import type { ComputeWorker } from '../../workers/compute'
import { runningCompute } from '../workers/workers'

/** Whether features are kept on disk in this visit. */
let keeps = false

/** Makes the compute worker, and each that replaces it, keep features on disk. */
export function keepFeatures(): void {
  keeps = true
  const worker = runningCompute()
  if (worker) void restoreFeatureShelf(worker)
}

/** Makes a new compute worker keep features on disk, if they are kept in this visit. */
export function restoreFeatureShelf(worker: ComputeWorker['api']): Promise<void> {
  // Nothing waits for it: without a shelf features are only computed again.
  if (keeps) worker.keepFeatures().catch(() => undefined)
  return Promise.resolve()
}
