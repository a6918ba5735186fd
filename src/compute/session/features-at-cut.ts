import type { Pool } from '../../graph/graft/pools'
import type { BackendName, Preprocessing } from '../../types'
import { computeFeatures, type FeatureRows, type FeatureSource } from '../features/features'
import { featuresKey } from '../features/features-key'
import type { JobContext } from '../jobs'
import type { SessionParts } from './parts'

/** What features are computed with. */
export type FeatureParts = Pick<SessionParts, 'held' | 'runners' | 'cache' | 'decoder'>

/** Features of images at the present cut, pooled so, those that are known as they are kept; and on which backend the trunk runs. */
export async function featuresAtCut(
  { held, runners, cache, decoder }: FeatureParts,
  images: readonly FeatureSource[],
  { preprocessing, pool }: { readonly preprocessing: Preprocessing; readonly pool: Pool },
  context: JobContext,
): Promise<{ rows: FeatureRows; backend: BackendName }> {
  context.progress('Preparing the network', 0, images.length)
  await context.yieldTurn()
  const model = held.model()
  const place = { cut: held.cut, pool }
  const { runner, backend } = await runners.require(model, preprocessing, place, () => context.checkCancelled())
  const keyPrefix = featuresKey(model, place, preprocessing, backend)
  const work = { runner, decode: decoder.require(), cache, keyPrefix, preprocessing }
  return { rows: await computeFeatures(images, work, context), backend }
}
