import { imageWorker } from '../workers/workers'

/** Deletes the files that are kept of a model. */
export function forgetModelFiles(key: string): void {
  imageWorker()
    .forgetFiles(`model/${key}/`)
    .catch(() => undefined)
}
