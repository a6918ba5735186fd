import { restoreComputeDisk } from './keeping/compute-disk'
import { restoreCut } from './model/cut'
import { restoreHead } from './model/heads'
import { goOnWithoutModel, restoreInputs, restoreModel, restoreOutput } from './model/restore-model'
import { restoreOwnNetwork } from './training/own-network'
import { countLoss, restoreBackend } from './workers/backend'
import { restorePausing } from './workers/jobs'
import type { ComputeCare } from './workers/workers'

/** What becomes of the compute worker: each new one is brought, step by step, to where the page is. */
export const computeCare: ComputeCare = {
  restored: [
    restoreComputeDisk,
    restoreBackend,
    restoreModel,
    restoreOutput,
    restoreInputs,
    restoreCut,
    restoreHead,
    restorePausing,
    restoreOwnNetwork,
  ],
  lost: goOnWithoutModel,
  died: countLoss,
}
