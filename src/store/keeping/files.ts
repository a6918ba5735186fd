import { asCutpointError } from '../../errors'
import type { BlobStoreKind } from '../../keeping/files/blobs'
import type { WhyNotKept } from '../../keeping/why'
import { filesListener, type FilesListener, type FilesPlace, type ImageWorker } from '../../workers/images'
import { imageWorker, tellImages } from '../workers/workers'

/** How often `openFiles` was called: only the last call counts. */
let latest = 0

/** Pictures that are only in the image worker's memory, by key: a new image worker is given them. */
const held = new Map<string, Blob>()

/** Files handed over at a time: thousands at once would hold the page up. */
const handedOver = 100

/**
 * Makes the image worker, and each that replaces it, use the first of these places that works, and no other. `onFailed`
 * is also called where one that replaces another cannot open the place that was in use.
 */
export function openFiles(places: readonly BlobStoreKind[], onFailed: (why: WhyNotKept) => void): Promise<FilesPlace> {
  const turn = ++latest
  const listener: FilesListener = {
    failed: onFailed,
    held: (key, blob) => void held.set(key, blob),
    dropped: (keys) => keys.forEach((key) => held.delete(key)),
  }
  return new Promise((resolve, reject) => {
    let opened: FilesPlace | null = null
    let deaths = 0
    const open = async (images: ImageWorker['api']): Promise<void> => {
      try {
        const place = await openIn(images, places, listener)
        if (opened && opened.kind !== place.kind) onFailed('lost')
        opened ??= place
        resolve(place)
      } catch (error) {
        const known = asCutpointError(error)
        // A new worker tries the same; what kills two would kill a third.
        if (known.code === 'worker-died' && ++deaths < 2) imageWorker()
        else reject(known)
      }
    }
    tellImages((images) => {
      if (turn === latest) void open(images)
    })
    imageWorker()
  })
}

/** Has all pictures deleted but those of these hashes, and those that come meanwhile. */
export function tidyPictures(hashes: readonly string[]): void {
  // By this image worker alone: the next one, if it dies, would not know which ones have come meanwhile.
  imageWorker({ again: false })
    .tidyPictures(hashes)
    .catch(() => undefined)
}

/** Hands over the held files before the place is opened, so that none is looked up before it is there. */
async function openIn(
  images: ImageWorker['api'],
  places: readonly BlobStoreKind[],
  listener: FilesListener,
): Promise<FilesPlace> {
  const files = [...held]
  for (let at = 0; at < files.length; at += handedOver) await images.takeFiles(files.slice(at, at + handedOver))
  return images.useFiles(places, filesListener(listener))
}
