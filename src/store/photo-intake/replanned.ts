import { assignParts } from '../../images/split'
import type { TrainOptions } from '../../types'
import type { Photo, PhotoSet } from '../state/types'
import type { Put } from './drops'

/** What plans say of the photos of a drop, by id: the one in force, and the one that takes its place. */
export interface PlanChange {
  readonly from: ReadonlyMap<string, Put | null>
  readonly to: ReadonlyMap<string, Put | null>
}

export interface Replanned extends PhotoSet {
  /** Photos that stay as the user put them by hand, though the new plan puts them elsewhere. */
  readonly stayed: number
}

/**
 * Labels and photos once another plan takes the place of one. What the user has changed by hand since stays: label and
 * part each for itself. Photos that get another label, or are let go by their part, are dealt again. Labels that lose all
 * of theirs go, new ones come behind.
 */
export function replanned({ labels, photos }: PhotoSet, { from, to }: PlanChange, options: TrainOptions): Replanned {
  const dealing = new Set<string>()
  let stayed = 0
  const next = photos.flatMap((photo): Photo[] => {
    const put = to.get(photo.id)
    if (put === undefined) return [photo]
    const { photo: then, stays } = replannedPhoto(photo, from.get(photo.id) ?? null, put)
    if (stays) stayed++
    if (then && !then.pinned && then !== photo) dealing.add(photo.id)
    return then ? [then] : []
  })
  const used = new Set(next.map(({ label }) => label))
  const had = new Set(photos.map(({ label }) => label))
  const stay = labels.filter((label) => used.has(label) || !had.has(label))
  return { labels: [...new Set([...stay, ...used])], photos: dealtAmong(next, dealing, options), stayed }
}

/** One photo, the same one where nothing changes, null where it goes; and whether it stays otherwise than `put` says. */
function replannedPhoto(photo: Photo, had: Put | null, put: Put | null): { photo: Photo | null; stays: boolean } {
  const pin = photo.pinned ? photo.part : null
  const ownLabel = photo.label !== had?.label
  const ownPin = pin !== had?.part
  if (put === null) return ownLabel || ownPin ? { photo, stays: had !== null } : { photo: null, stays: false }
  const label = ownLabel ? photo.label : put.label
  const part = ownPin ? pin : put.part
  const stays = (label !== put.label && put.label !== had?.label) || (part !== put.part && put.part !== had?.part)
  if (label === photo.label && part === pin) return { photo, stays }
  return { photo: { ...photo, label, part: part ?? photo.part, pinned: part !== null }, stays }
}

/** Photos, some of which are dealt to the parts as if they had just come. */
function dealtAmong(
  photos: readonly Photo[],
  ids: ReadonlySet<string>,
  { split, seed }: TrainOptions,
): readonly Photo[] {
  if (ids.size === 0) return photos
  const others = photos.filter(({ id }) => !ids.has(id))
  const dealing = photos.filter(({ id }) => ids.has(id)).map((photo) => ({ ...photo, pin: null }))
  const parts = assignParts(others, dealing, split, seed)
  return photos.map((photo) => ({ ...photo, part: parts.get(photo.id) ?? photo.part }))
}
