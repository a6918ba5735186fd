import { arranging } from './arranging'
import { extremes } from './extremes'
import { layers } from './layers'
import { norms } from './norm'
import { pairs } from './pairs'
import { pools } from './pools'
import { sums } from './sums'
import type { TailOp } from './types'
import { units } from './units'

/** How operations are computed in a tail, forward and back: all those whose entry in `src/graph/ops` says that they train. */
export const tailOps: ReadonlyMap<string, TailOp> = new Map(
  [arranging, extremes, layers, norms, pairs, pools, sums, units].flatMap((family) => [...family]),
)
