import { deferred } from '../deferred'
import type { PictureShelf } from '../images/shelf'
import type { BlobStore, BlobStoreKind } from '../keeping/files/blobs'
import { contentStore } from '../keeping/files/content-store'
import { openBlobStore } from '../keeping/files/open'
import { memoryStore } from '../keeping/files/memory'
import { mirrored, type Mirror } from '../keeping/files/mirrored'
import { overflowing, type OverflowingStore } from '../keeping/files/overflowing'
import type { WhyNotKept } from '../keeping/why'

/** Files of an earlier visit that are still wanted. */
export interface WantedFiles {
  /** Hashes of pictures. */
  readonly pictures: readonly string[]
  /** Keys of the models. */
  readonly models: readonly string[]
}

/** Where files are, and why in memory if they are. */
export interface FilesPlace {
  readonly kind: BlobStoreKind
  readonly why: WhyNotKept | null
}

/** What hears of the files: the page, which also holds those that are only in memory, since a worker may die. */
export interface FilesListener extends Mirror {
  /** Pictures go on in memory, and why. */
  failed(why: WhyNotKept): void
}

/** A file with its key. */
export type KeyedFile = readonly [key: string, blob: Blob]

/** Files deleted at once, so that others need not wait long for the store. */
const deletedAtOnce = 16

/** A picture is named after its bytes; a thumbnail after its picture, and another version of the browser may write it in more or fewer. */
const isWhole = (key: string, there: Blob, put: Blob): boolean =>
  key.startsWith('thumbnail/') ? there.size > 0 : there.size === put.size

/** Puts in `to` the pictures and thumbnails of `from` that can be read. */
async function carryPictures(from: BlobStore, to: BlobStore): Promise<void> {
  const keys = async (prefix: string): Promise<string[]> => from.keys(prefix).catch(() => [])
  for (const key of [...(await keys('picture/')), ...(await keys('thumbnail/'))]) {
    const blob = await from.get(key).catch(() => null)
    if (blob) await to.put(key, blob)
  }
}

/** What the image worker keeps: pictures on a shelf that goes on in memory once the disk is full, and the model's files. */
export class KeptFiles {
  readonly #opened = deferred<BlobStore>()
  #disk: Promise<BlobStore> = this.#opened.promise
  #listener: FilesListener | null = null
  readonly #inMemory = memoryStore()
  /** Pictures that the disk refused, or all files where there is none. */
  readonly #memory = mirrored(this.#inMemory, {
    held: (key, blob) => this.#listener?.held(key, blob),
    dropped: (keys) => this.#listener?.dropped(keys),
  })
  readonly #open: typeof openBlobStore
  /** The store that was opened last. */
  #store: BlobStore | null = null
  #overflow: OverflowingStore | null = null
  #pictures: BlobStore | null = null
  /** Files nothing refers to any more; on their way out, unless they are wanted again. */
  readonly #doomed = new Set<string>()
  #deleting: Promise<unknown> = Promise.resolve()
  /** Files that came before it was known which ones are old. */
  #fresh: Set<string> | null = new Set()

  constructor(open = openBlobStore) {
    this.#open = open
  }

  /**
   * Opens the first store of `prefer` that works, in place of the one before; whoever asked for a file before has waited
   * for this. Says where files are, and why in memory if they are: there, too, are the pictures of the store before that
   * can still be read.
   */
  async use(prefer: readonly BlobStoreKind[], listener: FilesListener): Promise<FilesPlace> {
    this.#listener = listener
    const { store, why } = await this.#open(prefer)
    const disk = store.kind === 'memory' ? this.#memory : store
    if (disk === this.#memory && this.#store !== null && this.#store !== disk) await carryPictures(this.#store, disk)
    this.#store = disk
    this.#disk = Promise.resolve(disk)
    this.#opened.resolve(disk)
    this.#overflow = null
    this.#pictures = null
    return { kind: disk.kind, why }
  }

  /** Takes in memory what was only in that of a worker before, and is held by the listener. */
  async take(files: readonly KeyedFile[]): Promise<void> {
    for (const [key, blob] of files) await this.#inMemory.put(key, blob)
  }

  /** Puts on disk what went on in memory. Throws what the disk throws. */
  async flush(): Promise<void> {
    await this.#shelves()
    await this.#overflow?.flush()
  }

  /** Deletes all files but the ones wanted, some at a time. */
  async tidy({ pictures, models }: WantedFiles): Promise<void> {
    const disk = await this.#disk
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
    const disk = await this.#disk
    await this.#want(key)
    await disk.put(key, blob)
  }

  async kept(key: string): Promise<Blob | null> {
    return (await this.#disk).get(key)
  }

  async keys(prefix: string): Promise<string[]> {
    return (await this.#disk).keys(prefix)
  }

  async forget(prefix: string): Promise<void> {
    const disk = await this.#disk
    await disk.delete(await disk.keys(prefix))
    await this.#memory.delete(await this.#memory.keys(prefix))
    if (prefix === '') this.#pictures = null
  }

  /** Takes a file out of those that are on their way out. */
  async #want(key: string): Promise<void> {
    this.#fresh?.add(key)
    if (!this.#doomed.delete(key)) await this.#deleting.catch(() => undefined)
  }

  async #shelves(): Promise<BlobStore> {
    const disk = await this.#disk
    if (!this.#pictures) {
      this.#overflow =
        disk === this.#memory ? null : overflowing(disk, (why) => this.#listener?.failed(why), this.#memory)
      this.#pictures = contentStore(this.#overflow ?? disk, isWhole)
    }
    return this.#pictures
  }
}
