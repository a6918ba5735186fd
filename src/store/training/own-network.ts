import type { NetworkFacts } from '../../graph/graft/network/types'
import { specOf, type HeadOptionsOf } from '../../heads/specs'
import type { ComputeWorker, ModelSource } from '../../workers/compute'
import { getState, setState } from '../state/state'
import { ensureBackend } from '../workers/backend'
import { runJob } from '../workers/jobs'
import { computeWorker } from '../workers/workers'
import { setOptions } from './training'

/** The options of a head that is a network of one’s own, as they stand or are offered first. */
function ownOptions(): HeadOptionsOf['own'] {
  const { head } = getState().options
  return head.kind === 'own' ? head : specOf('own').defaults
}

/** Reads a model to be the head, and chooses it. Throws CutpointError `cannot-join`, and as opening a model does. */
export async function takeOwnNetwork(source: ModelSource): Promise<NetworkFacts> {
  await ensureBackend()
  const network = await runJob('Reading the network', (job, signal) =>
    computeWorker({ signal }).readOwnNetwork(job, source),
  )
  setState({ ownNetwork: network })
  // What was chosen of another network’s last layer is nothing to this one.
  setOptions({ head: { ...ownOptions(), network: network.facts, lastLayer: 'kept', learns: 'all' } })
  return network.facts
}

/** Goes on without the network that was to be the head. */
export async function removeOwnNetwork(): Promise<void> {
  setState({ ownNetwork: null })
  setOptions({ head: { ...ownOptions(), network: null, lastLayer: 'kept', learns: 'all' } })
  await computeWorker().useOwnNetwork(null)
}

/** Has a compute worker train with the network that is to be the head. */
export async function restoreOwnNetwork(worker: Pick<ComputeWorker['api'], 'useOwnNetwork'>): Promise<void> {
  const { ownNetwork } = getState()
  if (ownNetwork) await worker.useOwnNetwork(ownNetwork)
}
