import { dropControlEdges } from '../optimise/passes/drop-control-edges'
import { dropIdentities } from '../optimise/passes/drop-identities'
import { freeTheBatch } from '../optimise/passes/free-batch'
import { plainFloats } from '../optimise/passes/plain-types'
import { prune } from '../optimise/passes/prune'
import { takeApart } from '../optimise/passes/take-apart'
import type { Pass } from '../optimise/types'
import { unfuse } from './unfuse'

/** What takes a network apart so that each weight stands by itself; tensors that stay keep their names and values. */
export const loosening: readonly Pass[] = [
  prune,
  dropControlEdges,
  dropIdentities,
  freeTheBatch,
  plainFloats,
  unfuse,
  takeApart,
  unfuse,
]
