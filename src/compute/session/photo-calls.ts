import type { Preprocessing } from '../../types'
import type { FeatureRows, ImageSource } from '../features/features'
import { decodeAll, measureInputRange, measuringGraph, type RangeMeasurement } from '../features/input-range'
import { featuresAtCut, type FeatureParts } from './features-at-cut'
import type { SessionParts } from './parts'

/** What the open model makes of photos: features at the cut, and the range that fits its input. */
export function photoCalls(parts: FeatureParts & Pick<SessionParts, 'turns'>) {
  const { turns, held, runners, decoder } = parts
  return {
    /** Features of images at the cut, as the head sees them before standardising: `[images, length]`. */
    features: (job: string, images: readonly ImageSource[], preprocessing: Preprocessing): Promise<FeatureRows> =>
      turns.job(
        job,
        async (context) => (await featuresAtCut(parts, images, { preprocessing, pool: 'average' }, context)).rows,
      ),

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
