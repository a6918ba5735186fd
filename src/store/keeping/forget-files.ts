import type { KeptModel } from '../state/types'
import { filesWorker } from '../workers/files-worker'

/** Deletes the files that are kept under a model's key; those that cannot be are deleted in a later visit. */
export async function forgetModelFiles(key: string): Promise<void> {
  await filesWorker()
    .forget(key)
    .catch(() => undefined)
}

/** Deletes the files of a kept model, if it has any. */
export const forgetFilesOf = ({ key, from }: KeptModel): Promise<void> =>
  'files' in from ? forgetModelFiles(key) : Promise.resolve()
