import { isDiskFull } from '../../keeping/disk-full'
import { keepingTexts } from '../../texts/page/keeping'
import type { ModelSource } from '../../workers/compute'
import { tell, tellError } from '../page/notices'
import { noteProgress } from '../workers/progress'
import type { KeptModel } from '../state/types'
import { filesWorker, startFilesWorker } from '../workers/files-worker'
import { forgetModelFiles } from './forget-files'
import { keeps } from './keeping'

export interface ModelFile {
  readonly path: string
  readonly blob: Blob
}

/** A new random key for a model: 24 hexadecimal digits. */
export const newModelKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Whether a model can be kept by its address alone: it is served with the page. */
const isBesidePage = (url: string): boolean => URL.canParse(url) && new URL(url).origin === location.origin

interface Copying {
  readonly key: string
  readonly job: string
  /** The files of the model, from the worker in which it is open. */
  readonly read: () => Promise<readonly ModelFile[]>
}

/**
 * Copies the files of a model to those that are kept, under its key. `read` gives those of a model from an address,
 * which the compute worker has once it is open. null where they cannot be kept, of which the user is told.
 */
async function copyModel(source: ModelSource, { key, job, read }: Copying): Promise<KeptModel['from'] | null> {
  if (!(await keeps())) return null
  if ('url' in source && isBesidePage(source.url)) return source
  try {
    return { files: await copyFiles('files' in source ? source.files : await read(), key, job) }
  } catch (error) {
    void forgetModelFiles(key)
    if (isDiskFull(error)) {
      tell({
        kind: 'error',
        title: keepingTexts.modelTooLargeTitle,
        text: keepingTexts.modelTooLargeText,
      })
    } else tellError(error)
    return null
  }
}

/** The files of a kept model; null where one of them is not there. */
export async function keptFiles(from: KeptModel['from']): Promise<ModelSource | null> {
  if ('url' in from) return from
  const files: ModelFile[] = []
  for (const { path, key } of from.files) {
    const blob = await filesWorker().read(key)
    if (!blob) return null
    files.push({ path, blob })
  }
  return { files }
}

async function copyFiles(
  files: readonly ModelFile[],
  model: string,
  job: string,
): Promise<{ path: string; key: string }[]> {
  const total = files.reduce((sum, { blob }) => sum + blob.size, 0)
  const copied: { path: string; key: string }[] = []
  let done = 0
  for (const { path, blob } of files) {
    noteProgress({ job, what: keepingTexts.keepingModel, done, total, unit: 'bytes' })
    const key = `model/${model}/${copied.length}`
    await filesWorker().keep(key, blob)
    copied.push({ path, key })
    done += blob.size
  }
  return copied
}

/** Has what keeps files started while a model is read, whose files are kept once it is known to be one. */
export async function prepareToKeep(source: ModelSource): Promise<void> {
  if ('files' in source && (await keeps())) startFilesWorker()
}

/** The copying of one model's files, which goes on while the model is analysed. */
export class ModelCopy {
  readonly #source: ModelSource
  readonly #key: string
  readonly #job: string
  #copying: Promise<KeptModel['from'] | null> | null = null

  constructor(source: ModelSource, key: string, job: string) {
    this.#source = source
    this.#key = key
    this.#job = job
  }

  /** To be called once the files are known to be a model; those of an address are copied by `end` only. */
  begin(): void {
    if ('files' in this.#source) void this.end(() => Promise.resolve([]))
  }

  /** Resolves to where the files are, once all are copied; `read` gives those of an address. */
  end(read: Copying['read']): Promise<KeptModel['from'] | null> {
    this.#copying ??= copyModel(this.#source, { key: this.#key, job: this.#job, read })
    return this.#copying
  }

  /** Deletes the copies of a model that did not open. */
  abandon(): void {
    void this.#copying?.then((from) => {
      if (from && 'files' in from) void forgetModelFiles(this.#key)
    })
  }
}
