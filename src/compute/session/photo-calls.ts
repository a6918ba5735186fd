import { CutpointError } from '../../errors'
import type { Pool } from '../../graph/graft/pools'
import type { Preprocessing } from '../../types'
import { requireFeaturesFormat, writeFeatures } from '../export/features-file/write'
import type { FeatureRows, ImageSource } from '../features/features'
import { decodeAll, measureInputRange, measuringGraph, type RangeMeasurement } from '../features/input-range'
import type { LabelledImage } from '../features/labelled-image'
import type { JobContext } from '../jobs'
import { featuresAtCut, type FeatureParts } from './features-at-cut'
import type { SessionParts } from './parts'

/** Photos whose features are written, and how they are made. */
interface PhotosToWrite {
  readonly images: readonly LabelledImage[]
  readonly labels: readonly string[]
  readonly preprocessing: Preprocessing
  readonly pool: Pool
}

/** What the open model makes of photos: features at the cut, and the range that fits its input. */
export function photoCalls(parts: FeatureParts & Pick<SessionParts, 'turns'>) {
  const { turns, held, runners, decoder } = parts
  return {
    /** Features of images at the cut, pooled so, as the head sees them before standardising: `[images, length]`. */
    features: (
      job: string,
      images: readonly ImageSource[],
      preprocessing: Preprocessing,
      pool: Pool = 'average',
    ): Promise<FeatureRows> =>
      turns.job(job, async (context) => (await featuresAtCut(parts, images, { preprocessing, pool }, context)).rows),

    /**
     * Features of photos at the cut as a file, with their labels, parts and names. Throws CutpointError `no-images`, or
     * `not-available` for a format that is not written.
     */
    exportFeatures: (job: string, format: string, photos: PhotosToWrite): Promise<Blob> =>
      turns.job(job, (context) => exportFeatures(parts, format, photos, context)),

    /**
     * How well photos in each range fit what the network was trained on; null where the model has nothing to compare
     * with. The photos are sized as `preprocessing` says.
     */
    measureRange: (
      job: string,
      images: readonly ImageSource[],
      preprocessing: Preprocessing,
    ): Promise<RangeMeasurement | null> =>
      turns.job(job, async (context) => {
        const { analysed } = held.model()
        const graph = measuringGraph(analysed)
        if (!graph) return null
        await runners.chooseBackend(graph)
        const decoded = decodeAll(images, decoder.require(), preprocessing)
        return measureInputRange(analysed, decoded, preprocessing, context)
      }),
  }
}

async function exportFeatures(
  parts: FeatureParts,
  format: string,
  { images, labels, preprocessing, pool }: PhotosToWrite,
  context: JobContext,
): Promise<Blob> {
  const known = requireFeaturesFormat(format)
  if (images.length === 0) {
    throw new CutpointError('no-images', 'There are no photos whose features could be written.', 'Add some photos.')
  }
  const { rows } = await featuresAtCut(parts, images, { preprocessing, pool }, context)
  const { data, length } = rows
  return writeFeatures(known, { photos: images, labels, data, length }, context)
}
