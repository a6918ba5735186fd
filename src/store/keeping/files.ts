import type { BlobStoreKind } from '../../keeping/blobs'
import type { WhyNotKept } from '../../keeping/why'
import { listener } from '../../workers/compute'
import type { FilesPlace } from '../../workers/images'
import { imageWorker, tellImages } from '../workers'

/** Has the image worker, and every one started after it, use the first of these places that works. */
export function openFiles(places: readonly BlobStoreKind[], onFailed: (why: WhyNotKept) => void): Promise<FilesPlace> {
  return new Promise((resolve, reject) => {
    tellImages((images) => {
      images.useFiles(places, listener(onFailed)).then(resolve, reject)
    })
    imageWorker()
  })
}
