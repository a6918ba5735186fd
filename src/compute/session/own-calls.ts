import type { OwnNetwork } from '../../graph/graft/network/types'
import { lazyModule } from '../../lazy-module'
import type { SessionParts } from './parts'
import { readModel } from './read-model'
import type { ModelSource } from './types'

/** What makes a head of a model, fetched once someone drops one. */
const ownModule = lazyModule('What reads a network of your own', () => import('../own/read-own'))

/** What is done with a network of one’s own that is to be a head. */
export function ownCalls({ turns, held }: Pick<SessionParts, 'turns' | 'held'>) {
  return {
    /** Reads a model to be a head, which is held from then on. Throws CutpointError `cannot-join`, and as opening a model does. */
    readOwnNetwork: (job: string, source: ModelSource): Promise<OwnNetwork> =>
      turns.job(job, async (context) => {
        context.progress('Reading the network', 0, 0)
        const { read } = await readModel(source, {}, context)
        try {
          const { ownNetwork } = await ownModule()
          held.own = await ownNetwork(read)
          return held.own
        } finally {
          await read.close?.()
        }
      }),

    /** Trains with a network that was read before, by this session or another; null for none. */
    useOwnNetwork: (network: OwnNetwork | null): Promise<void> =>
      turns.inTurn(() => {
        held.own = network
      }),
  }
}
