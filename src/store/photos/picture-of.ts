import type { PictureKind } from '../../images/shelf'
import { imageWorker } from '../workers/workers'

/** A photo's file or its thumbnail, by its hash; null where it is no longer there. */
export function pictureOf(kind: PictureKind, hash: string): Promise<Blob | null> {
  return imageWorker().fetch(kind, hash)
}
