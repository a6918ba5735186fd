import { assignParts } from '../../images/split'
import type { TrainOptions } from '../../types'
import type { Photo } from '../state/types'

/** Photos that were not pinned, dealt to the parts again by the shares. */
export function dealt(photos: readonly Photo[], { split, seed }: TrainOptions): readonly Photo[] {
  const pinned = photos.filter((photo) => photo.pinned)
  const others = photos.filter((photo) => !photo.pinned).map((photo) => ({ ...photo, pin: null }))
  const parts = assignParts(pinned, others, split, seed)
  return photos.map((photo) => ({ ...photo, part: parts.get(photo.id) ?? photo.part }))
}

/** By what photos are dealt: while it is the same, a photo's part is its own. */
export const dealOf = ({ split, seed }: TrainOptions): string => JSON.stringify([split, seed])
