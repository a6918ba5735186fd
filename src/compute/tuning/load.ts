import { lazyModule } from '../../lazy-module'

/** What trains the network's own layers, fetched once someone wants that. */
export const tuningModule = lazyModule('What trains layers of the network', () => import('./tuning'))
