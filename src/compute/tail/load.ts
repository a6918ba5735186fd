import { lazyModule } from '../../lazy-module'

/** What trains heads on maps, on several threads. */
export const teamModule = lazyModule('What trains heads of convolutions', () => import('./team'))

/** What computes and trains tails, fetched once one is needed. */
export const tailModule = lazyModule('What computes large heads', () => import('./forward-rows'))
