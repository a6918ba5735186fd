import type { Graph, WeightStore } from '../types'
import { channelsLast } from './passes/channels-last'
import { composeOps } from './compose'
import { dropControlEdges } from './passes/drop-control-edges'
import { dropIdentities } from './passes/drop-identities'
import { foldConstants } from './passes/fold-constants'
import { foldNorms } from './passes/fold-norms'
import { foldPads } from './passes/fold-pads'
import { freeTheBatch } from './passes/free-batch'
import { fuse } from './passes/fuse'
import { plainFloats, plainWholes } from './passes/plain-types'
import { prune } from './passes/prune'
import { splitGroups } from './passes/split-groups'
import { splitSlices } from './passes/split-slices'
import { takeApart } from './passes/take-apart'
import type { Evaluate, Pass, PassContext, Work } from './types'

export type { Evaluate, Evaluated, Pass, PassContext, Work } from './types'

/** Counts up when a pass changes what comes out, be it by rounding: features that are kept carry it in their key. */
export const optimiserVersion = 7

/** What every graph needs before TensorFlow.js can run it, optimised or not. */
export const needed: readonly Pass[] = [
  plainFloats,
  composeOps,
  plainWholes,
  channelsLast,
  takeApart,
  splitGroups,
  splitSlices,
]

/** Everything that is done to a graph to run it faster, in order. */
export const passes: readonly Pass[] = [
  prune,
  dropControlEdges,
  dropIdentities,
  freeTheBatch,
  plainFloats,
  channelsLast,
  foldConstants,
  foldNorms,
  foldPads,
  fuse,
]

/**
 * The same network in fewer and faster operations: its outputs keep names and values (up to rounding), inner tensors may
 * go. `evaluate` works out constants; with `image`, the batch of that input is freed, and `batchFree` says whether it is.
 */
export async function optimise(
  graph: Graph,
  weights: WeightStore,
  evaluate: Evaluate | null,
  image: string | null = null,
): Promise<Work> {
  return runPasses(passes, { graph, weights, batchFree: false }, { evaluate, image })
}

/** Runs some passes in the order given. */
export async function runPasses(some: readonly Pass[], work: Work, context: PassContext): Promise<Work> {
  let current = work
  for (const pass of some) current = await pass.run(current, context)
  return current
}
