import type { Prediction } from '../../types'
import { handedOver } from '../../workers/compute'
import { ensureBackend } from '../workers/backend'
import { newId } from '../state/ids'
import { rangeSettled } from './input-range'
import { runJob } from '../workers/jobs'
import { requirePreprocessing } from './training'
import { computeWorker } from '../workers/workers'

/** All labels with their probabilities for a picture, by the head or by the model's own classifier. Throws `not-trained`. */
export async function predict(image: Blob): Promise<Prediction[]> {
  requirePreprocessing()
  return runJob('Looking at the photo', async (job, signal) => {
    await rangeSettled()
    const preprocessing = requirePreprocessing()
    await ensureBackend()
    return computeWorker({ signal }).predict(job, image, preprocessing)
  })
}

/** The same without a job to be shown, for what is over in a blink: a camera's frame, or a photo asked about again. */
export async function glance(image: Blob | ImageBitmap): Promise<Prediction[]> {
  const preprocessing = requirePreprocessing()
  await ensureBackend()
  return image instanceof Blob
    ? computeWorker().predict(newId('glance'), image, preprocessing)
    : computeWorker({ again: false }).predict(newId('glance'), handedOver(image), preprocessing)
}
