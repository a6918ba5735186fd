import { createFilesWorker, type FilesWorker } from '../../workers/files'
import { Lasting } from '../../workers/life/lasting'
import { getState } from '../state/state'
import { tellDied, tellSilent } from './telling'

/** Whether the files of models are still to be tidied in this visit. */
let untidy = false

const files: Lasting<FilesWorker> = new Lasting<FilesWorker>({
  start: createFilesWorker,
  async restore({ api }) {
    const { kind, networks } = getState().keeping
    await api.use(kind)
    if (!untidy) return
    // By the first one alone: what another one finds there may be of a model that is being kept, and in no record yet.
    untidy = false
    api.tidy(networks.map(({ model }) => model.key)).catch(() => undefined)
  },
  lost: () => false,
  died: tellDied,
  silent: (silent) => tellSilent('files', silent, () => files.renew()),
})

/**
 * The files worker, started when the files of a model are first kept or read back; what is asked of one that dies is asked
 * of the next. Rejects with `not-available` where nothing is kept.
 */
export const filesWorker = (): FilesWorker['api'] => files.calls()

/** Starts the files worker, so that it is there when it is needed. */
export function startFilesWorker(): void {
  files.start()
}

/** Has what no kept network refers to deleted, once a files worker is needed. */
export function tidyModels(): void {
  untidy = true
}
