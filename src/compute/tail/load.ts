import { lazyModule } from '../../lazy-module'

/** What computes and trains tails, fetched once one is needed. */
export const tailModule = lazyModule('What computes large heads', () => import('./forward-rows'))
