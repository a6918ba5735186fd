import type { BlobStoreKind } from '../keeping/files/blobs'
import type { LifeEvents } from './life/lifeline'
import { callsOf, type RemoteWorker } from './remote'

/** What the files worker answers to: it keeps the files of models. */
export interface FilesApi {
  /** Opens the place where files are; before all else. Throws `not-available` where it cannot be opened. */
  use(kind: BlobStoreKind): Promise<void>
  /** Puts a file on disk under its key, `model/<key of the model>/<number>`. Throws CutpointError `disk-full`. */
  keep(key: string, blob: Blob): Promise<void>
  /** null where there is none. */
  read(key: string): Promise<Blob | null>
  /** Deletes the files of all models but these. */
  tidy(models: readonly string[]): Promise<void>
  /** Deletes the files of a model; of all without one. */
  forget(model: string | null): Promise<void>
}

export type FilesWorker = RemoteWorker<FilesApi>

/** Starts the files worker. */
export function createFilesWorker(events: LifeEvents): FilesWorker {
  return callsOf<FilesApi>(
    {
      what: 'What keeps networks',
      start: () => new Worker(new URL('./files.worker.ts', import.meta.url), { type: 'module' }),
    },
    events,
  )
}
