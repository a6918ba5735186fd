import type { BlobStoreKind } from '../../keeping/blobs'
import type { WhyNotKept } from '../../keeping/why'
import { listener } from '../../workers/compute'
import type { FilesPlace } from '../../workers/images'
import { imageWorker, tellImages } from '../workers'

/** How often files were opened: only what was said last counts. */
let latest = 0

/** Has the image worker, and every one started after it, use the first of these places that works, and no other one. */
export function openFiles(places: readonly BlobStoreKind[], onFailed: (why: WhyNotKept) => void): Promise<FilesPlace> {
  const turn = ++latest
  return new Promise((resolve, reject) => {
    tellImages((images) => {
      if (turn === latest) images.useFiles(places, listener(onFailed)).then(resolve, reject)
    })
    imageWorker()
  })
}
