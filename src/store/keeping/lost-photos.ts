import { getState, setState } from '../state/state'
import { imageWorker } from '../workers/workers'

/** Removes the photos whose pictures are no longer there; gives their number. */
export async function dropLostPhotos(): Promise<number> {
  const { photos } = getState()
  if (photos.length === 0) return 0
  const there = new Set(await imageWorker().keptPictures())
  const lost = new Set(photos.filter(({ hash }) => !there.has(hash)).map(({ id }) => id))
  // Others may have come meanwhile.
  if (lost.size > 0) setState((now) => ({ photos: now.photos.filter(({ id }) => !lost.has(id)) }))
  return lost.size
}
