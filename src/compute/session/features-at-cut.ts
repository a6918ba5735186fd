import { CutpointError } from '../../errors'
import { featureLength } from '../../graph/graft/graft'
import type { Pool } from '../../graph/graft/pools'
import type { BackendName, Preprocessing } from '../../types'
import { computeFeatures, type FeatureRows, type FeatureSource } from '../features/features'
import { featuresKey } from '../features/features-key'
import type { JobContext } from '../jobs'
import type { SessionParts } from './parts'

/** What features are computed with. */
export type FeatureParts = Pick<SessionParts, 'held' | 'runners' | 'cache' | 'decoder'>

/** Bytes that the features of all photos may take. */
const mostBytes = 2 ** 30

/** How pictures go in, and what becomes of what they give. */
interface Wanted {
  readonly preprocessing: Preprocessing
  readonly pool: Pool
}

/** Features of images at the present cut, pooled so, those that are known as they are kept; and on which backend the trunk runs. */
export function featuresAtCut(
  parts: FeatureParts,
  images: readonly FeatureSource[],
  wanted: Wanted,
  context: JobContext,
): Promise<{ rows: FeatureRows; backend: BackendName }> {
  return featuresAt(parts, images, { ...wanted, cut: parts.held.cut }, context)
}

/** The same at other tensors. Throws CutpointError `no-memory` where they are more than can be held. */
export async function featuresAt(
  { held, runners, cache, decoder }: FeatureParts,
  images: readonly FeatureSource[],
  { preprocessing, cut, pool }: Wanted & { readonly cut: readonly string[] },
  context: JobContext,
): Promise<{ rows: FeatureRows; backend: BackendName }> {
  const model = held.model()
  const { infos, graph } = model.analysed
  requireRoom(featureLength(infos, cut, graph, pool), images.length)
  context.progress('Preparing the network', 0, images.length)
  await context.yieldTurn()
  const place = { cut, pool }
  const { runner, backend } = await runners.require(model, preprocessing, place, () => context.checkCancelled())
  const keyPrefix = featuresKey(model, place, preprocessing, backend)
  const work = { runner, decode: decoder.require(), cache, keyPrefix, preprocessing }
  return { rows: await computeFeatures(images, work, context), backend }
}

/** Throws CutpointError `no-memory` where maps of so many photos at a freeze point are more than can be held. */
export function requireRoomForMaps({ held }: Pick<FeatureParts, 'held'>, freeze: string, photos: number): void {
  const { infos, graph } = held.model().analysed
  requireRoom(featureLength(infos, [freeze], graph, 'flatten'), photos, {
    where: `At “${freeze}”, from where the network is to be trained,`,
    next: 'Train fewer of the last layers, or take fewer photos.',
  })
}

const atCut = {
  where: 'At this cut',
  next: 'Have them averaged over all places, cut further on, or take fewer photos.',
}

/** Throws CutpointError `no-memory` where the features of so many photos are more than can be held. */
function requireRoom(length: number | null, photos: number, { where, next }: typeof atCut = atCut): void {
  const bytes = 4 * (length ?? 0) * photos
  if (bytes <= mostBytes) return
  throw new CutpointError(
    'no-memory',
    `${where} a photo gives ${length?.toLocaleString('en')} numbers, too many to hold those of ${photos} photos.`,
    next,
    { length, photos },
  )
}
