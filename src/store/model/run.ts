import type { TensorValue } from '../../types'
import { ensureBackend } from '../workers/backend'
import { runJob } from '../workers/jobs'
import { computeWorker } from '../workers/workers'

/** Runs any part of the open model, optimised unless told not to be, on values given by tensor name; results come by the names asked for. */
export async function runModel(
  feeds: Record<string, TensorValue>,
  fetches: readonly string[],
  { optimise = true }: { readonly optimise?: boolean } = {},
): Promise<Record<string, TensorValue>> {
  return runJob('Running the network', async (job, signal) => {
    await ensureBackend()
    return computeWorker({ signal }).run(job, feeds, fetches, { optimise })
  })
}
