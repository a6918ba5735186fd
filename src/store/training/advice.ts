import { adviceTexts } from '../../texts/model/advice'
import type { Advice, AdviceOptions } from '../../types'
import { tensorNamed } from '../model/cut'
import { aboutOpenModel } from '../model/generation'
import { getState, setState } from '../state/state'
import { ensureBackend } from '../workers/backend'
import { runJob, throwIfCancelled } from '../workers/jobs'
import { computeWorker } from '../workers/workers'
import { rangeSettled } from './input-range'
import { adviceHead, adviceKey } from './trained-on'
import { requirePreprocessing } from './training'

/**
 * Compares cuts of the open model on the photos that are trained on, and holds what comes of it; the cut stays. Throws
 * CutpointError `no-model`, `no-image-input`, `no-images`, `one-label`, `bad-option`, `no-such-tensor`, `cannot-cut`, or
 * `cancelled` where another model was opened meanwhile.
 */
export async function advise({ tensors }: AdviceOptions = {}): Promise<Advice> {
  requirePreprocessing()
  return runJob(adviceTexts.job, async (job, signal) => {
    await rangeSettled()
    throwIfCancelled(signal)
    await ensureBackend()
    const basis = getState()
    const preprocessing = requirePreprocessing()
    const { labels, options } = basis
    const images = basis.photos.map(({ id, name, hash, label, part, group, perceptualHash }) => ({
      ...{ id, name, hash, label, part, group, perceptualHash },
    }))
    const asked = {
      head: adviceHead(options),
      classWeights: options.classWeights,
      ...(tensors && { tensors: tensors.map(tensorNamed) }),
    }
    return aboutOpenModel(
      () => computeWorker({ signal }).advise(job, images, [...labels], preprocessing, asked),
      (advice) => {
        setState({ advice: { ...advice, on: adviceKey(basis), at: Date.now() } })
        return advice
      },
    )
  })
}
