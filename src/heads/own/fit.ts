import type { Fittable, Fitted, HeadFit } from '../../compute/head/types'
import type { JobContext } from '../../compute/jobs'
import { lazyModule } from '../../lazy-module'
import type { OwnOptions } from './spec'

/** What trains it, fetched once someone has a network of their own. */
const trainModule = lazyModule('What trains a network of your own', () => import('./fit/train'))

/** How a network of one’s own is trained: by the engine that trains last layers, in rounds. */
export const ownFit: HeadFit<OwnOptions> = {
  settle: null,
  fit: async (given: Fittable, head: OwnOptions, context: JobContext): Promise<Fitted> =>
    (await trainModule()).fitOwn(given, head, context),
  refit: null,
  tuning: null,
}
