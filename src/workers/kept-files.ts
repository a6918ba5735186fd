import type { PictureShelf } from '../images/shelf'
import type { BlobStore, BlobStoreKind } from '../keeping/blobs'
import { contentStore } from '../keeping/content-store'
import { openBlobStore } from '../keeping/open'
import { overflowing } from '../keeping/overflowing'

/** Files of an earlier visit that are still wanted. */
export interface WantedFiles {
  /** Hashes of pictures. */
  readonly pictures: readonly string[]
  /** Keys of the models. */
  readonly models: readonly string[]
}

/** Files deleted at once, so that others need not wait long for the store. */
const deletedAtOnce = 16

/** A picture is named after its bytes; a thumbnail after its picture, and another version of the browser may write it in more or fewer. */
const isWhole = (key: string, there: Blob, put: Blob): boolean =>
  key.startsWith('thumbnail/') ? there.size > 0 : there.size === put.size

/** What the image worker keeps: pictures on a shelf that goes on in memory once the disk is full, and the model's files. */
export class KeptFiles {
  readonly #disk = Promise.withResolvers<BlobStore>()
  #pictures: BlobStore | null = null
  #onFull: (what: 'full') => void = () => undefined
  /** Files nothing refers to any more; on their way out, unless they are wanted again. */
  readonly #doomed = new Set<string>()
  #deleting: Promise<unknown> = Promise.resolve()
  /** Files that came before it was known which ones are old. */
  #fresh: Set<string> | null = new Set()

  /** Opens the first store of `prefer` that works; whoever asked for a file before has waited for this. */
  async use(prefer: readonly BlobStoreKind[], onFull: (what: 'full') => void): Promise<BlobStoreKind> {
    this.#onFull = onFull
    const disk = await openBlobStore(prefer)
    this.#disk.resolve(disk)
    return disk.kind
  }

  /** Deletes all files but the ones wanted, some at a time. */
  async tidy({ pictures, models }: WantedFiles): Promise<void> {
    const disk = await this.#disk.promise
    const wanted = new Set(pictures.flatMap((hash) => [`picture/${hash}`, `thumbnail/${hash}`]))
    const ofModels = models.map((model) => `model/${model}/`)
    for (const key of await disk.keys('')) {
      if (wanted.has(key) || this.#fresh?.has(key) || ofModels.some((start) => key.startsWith(start))) continue
      this.#doomed.add(key)
    }
    this.#fresh = null
    while (this.#doomed.size > 0) {
      const some = [...this.#doomed].slice(0, deletedAtOnce)
      for (const key of some) this.#doomed.delete(key)
      this.#deleting = disk.delete(some)
      await this.#deleting
    }
  }

  readonly shelf: PictureShelf = {
    put: async (kind, hash, blob) => {
      const store = await this.#shelves()
      const key = `${kind}/${hash}`
      await this.#want(key)
      await store.put(key, blob)
    },
    get: async (kind, hash) => (await this.#shelves()).get(`${kind}/${hash}`),
  }

  /** Puts a file on disk. Throws CutpointError `disk-full`. */
  async keep(key: string, blob: Blob): Promise<void> {
    const disk = await this.#disk.promise
    await this.#want(key)
    await disk.put(key, blob)
  }

  async kept(key: string): Promise<Blob | null> {
    return (await this.#disk.promise).get(key)
  }

  async keys(prefix: string): Promise<string[]> {
    return (await this.#disk.promise).keys(prefix)
  }

  async forget(prefix: string): Promise<void> {
    const disk = await this.#disk.promise
    await disk.delete(await disk.keys(prefix))
    if (prefix === '') this.#pictures = null
  }

  /** Takes a file out of those that are on their way out. */
  async #want(key: string): Promise<void> {
    this.#fresh?.add(key)
    if (!this.#doomed.delete(key)) await this.#deleting.catch(() => undefined)
  }

  async #shelves(): Promise<BlobStore> {
    const disk = await this.#disk.promise
    this.#pictures ??= contentStore(
      overflowing(disk, () => this.#onFull('full')),
      isWhole,
    )
    return this.#pictures
  }
}
