import { createPace } from '../../../compute/head/pace'
import { requireTwoLabels } from '../../../compute/head/tools/trainable'
import { at } from '../../../compute/kernels/kernel'
import { openKernel } from '../../../compute/kernels/load'
import { CutpointError } from '../../../errors'
import type { FeatureScale } from '../spec'
import type { Space } from './space'
import { standardise } from './standardise'
import type { LinearProblem } from './types'
import { createWorkspace } from './workspace'

export interface SpaceOptions {
  /** By what centred features are divided; by one number if left out. */
  scale?: FeatureScale
  /** Throws to stop the work; asked about every 30 ms. */
  checkCancelled?: () => void
}

/**
 * Does `work` with the features scaled and the labels set; the weights of the images are not. Throws CutpointError
 * `one-label`, `no-images`, `not-finite`, or what `checkCancelled` throws.
 */
export async function withSpace<Result>(
  problem: LinearProblem,
  { scale = 'global', checkCancelled }: SpaceOptions,
  work: (space: Space) => Promise<Result>,
): Promise<Result> {
  check(problem)
  const { labels, length, classes } = problem
  const { kernel, memory } = await openKernel((arena) => createWorkspace(arena, labels.length, length, classes))
  try {
    const space: Space = { kernel, memory, pace: createPace(checkCancelled), size: 1 }
    memory.labels.set(labels)
    for (let row = 0; row < labels.length; row++) memory.reduced.data[at(memory.reduced.stride, row, 0)] = 1
    await standardise(space, problem, scale)
    return await work(space)
  } finally {
    kernel.close()
  }
}

function check(problem: LinearProblem): void {
  const { features, length, labels, classes } = problem
  requireTwoLabels(labels)
  if (features.length !== labels.length * length || labels.some((label) => label < 0 || label >= classes)) {
    throw new CutpointError('internal', 'The features and labels do not fit together.', 'Report what you did.', {
      features: features.length,
      length,
      images: labels.length,
      classes,
    })
  }
}
