import type { ComputeWorker } from '../../workers/compute'
import { runningCompute } from '../workers/workers'

/** Whether features and trainings are kept on disk in this visit. */
let keeps = false

/** Makes the compute worker, and each that replaces it, keep features and trainings on disk. */
export function keepComputed(): void {
  keeps = true
  const worker = runningCompute()
  if (worker) void restoreComputeDisk(worker)
}

/** Makes a new compute worker keep features and trainings on disk, if they are kept in this visit. */
export function restoreComputeDisk(worker: ComputeWorker['api']): Promise<void> {
  // Nothing waits for it: what cannot be had from disk is computed again.
  if (keeps) worker.keepOnDisk().catch(() => undefined)
  return Promise.resolve()
}
