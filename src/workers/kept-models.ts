import { CutpointError } from '../errors'
import type { BlobStore, BlobStoreKind } from '../keeping/files/blobs'
import { openBlobStore } from '../keeping/files/open'
import { scratch } from '../keeping/files/scratch'
import { Tidying } from '../keeping/files/tidying'
import { whyNotKept } from '../keeping/why'

/** What the keys of all files of models begin with. */
const prefix = 'model/'

/** What the keys of one model's files begin with. */
const prefixOf = (model: string): string => `${prefix}${model}/`

/** The files of models that the files worker keeps, on disk or nowhere. */
export class KeptModels {
  readonly #open: typeof openBlobStore
  #place: Promise<BlobStore> | null = null
  readonly #tidying = new Tidying()

  constructor(open = openBlobStore) {
    this.#open = open
  }

  /** Opens the place where files are; before all else. Throws `not-available` where it cannot be opened. */
  async use(kind: BlobStoreKind): Promise<void> {
    this.#place = this.#opened(kind)
    await this.#place
  }

  /** Puts a file on disk. Throws CutpointError `disk-full`. */
  async keep(key: string, blob: Blob): Promise<void> {
    await this.#tidying.want(key)
    await this.#inPlace((disk) => disk.put(key, blob))
  }

  /** null where there is none. */
  read(key: string): Promise<Blob | null> {
    return this.#inPlace((disk) => disk.get(key))
  }

  /**
   * Deletes the files of all models but these, some at a time. Not begun again in a place that was opened anew: what was
   * put since could not be told from what is old.
   */
  async tidy(models: readonly string[]): Promise<void> {
    const wanted = models.map(prefixOf)
    const isWanted = (key: string): boolean => wanted.some((start) => key.startsWith(start))
    if (!this.#place) throw noPlace(null)
    await this.#tidying.run(await this.#place, [prefix], isWanted)
  }

  /** Deletes the files of a model; of all without one. */
  forget(model: string | null): Promise<void> {
    return this.#inPlace(async (disk) => disk.delete(await disk.keys(model === null ? prefix : prefixOf(model))))
  }

  async #opened(kind: BlobStoreKind): Promise<BlobStore> {
    const { store, why } = await this.#open([kind], scratch.models)
    if (store.kind === 'memory') throw noPlace(why)
    return store
  }

  /** Does `work` in the place that is open; where that is gone, as after site data were deleted, in one that is opened anew. */
  async #inPlace<T>(work: (disk: BlobStore) => Promise<T>): Promise<T> {
    const place = this.#place
    if (!place) throw noPlace(null)
    const disk = await place
    try {
      return await work(disk)
    } catch (error) {
      if (whyNotKept(error) !== 'lost') throw error
      return work(await this.#openedAnew(place, disk.kind))
    }
  }

  /** Opens the place anew once, however many find out that the one before is gone. */
  async #openedAnew(gone: Promise<BlobStore>, kind: BlobStoreKind): Promise<BlobStore> {
    if (this.#place === gone) {
      this.#place = this.#opened(kind).catch((error: unknown) => {
        // Whoever comes next tries again.
        this.#place = gone
        throw error
      })
    }
    return this.#place ?? gone
  }
}

const noPlace = (why: string | null): CutpointError =>
  new CutpointError(
    'not-available',
    'The files of networks cannot be kept or read back here.',
    'Reload the page; if it happens again, save a project.',
    { why },
  )
