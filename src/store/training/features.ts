import { poolOf } from '../../heads/specs'
import type { FeaturesFormat, Part } from '../../types'
import { saveFile } from '../page/save-file'
import { getState, type State } from '../state/state'
import { ensureBackend } from '../workers/backend'
import { runJob } from '../workers/jobs'
import { computeWorker } from '../workers/workers'
import { rangeSettled } from './input-range'
import { labelledImages, requirePreprocessing } from './training'

/** Whether there are photos, a model that takes them, and a cut to have features at. */
export const hasFeatures = ({ model, preprocessing, cut, photos }: State): boolean =>
  model !== null && preprocessing !== null && cut !== null && photos.length > 0

/** How the head of the settings takes the values at the cut. */
const chosenPool = ({ options: { head } }: State) => poolOf(head.kind, head)

/** Features of the photos of a part (or of all) at the cut, as the head sees them before standardising. */
export async function features(part?: Part): Promise<{ shape: number[]; data: Float32Array; labels: string[] }> {
  requirePreprocessing()
  const photos = getState().photos.filter((photo) => part === undefined || photo.part === part)
  const rows = await runJob('Computing features', async (job, signal) => {
    await rangeSettled()
    const preprocessing = requirePreprocessing()
    await ensureBackend()
    const images = photos.map(({ id, name, hash }) => ({ id, name, hash }))
    return computeWorker({ signal }).features(job, images, preprocessing, chosenPool(getState()))
  })
  return { shape: [photos.length, rows.length], data: rows.data, labels: photos.map((photo) => photo.label) }
}

/** Features of all photos as a file, with their labels, parts and names. Throws CutpointError. */
export async function exportFeatures(format: FeaturesFormat): Promise<Blob> {
  requirePreprocessing()
  const asked = getState()
  const [images, labels, pool] = [labelledImages(asked), [...asked.labels], chosenPool(asked)]
  return runJob('Writing the features', async (job, signal) => {
    await rangeSettled()
    const preprocessing = requirePreprocessing()
    await ensureBackend()
    return computeWorker({ signal }).exportFeatures(job, format, { images, labels, preprocessing, pool })
  })
}

/** Hands the features of all photos to the user as a file. Throws what `exportFeatures` throws. */
export async function downloadFeatures(format: FeaturesFormat): Promise<void> {
  saveFile(await exportFeatures(format), `cutpoint-features.${format}`)
}
