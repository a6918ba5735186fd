import { deferred } from '../deferred'
import type { PictureShelf } from '../images/shelf'
import type { BlobStore, BlobStoreKind } from '../keeping/files/blobs'
import { contentStore } from '../keeping/files/content-store'
import { openBlobStore } from '../keeping/files/open'
import { memoryStore } from '../keeping/files/memory'
import { mirrored, type Mirror } from '../keeping/files/mirrored'
import { overflowing, type OverflowingStore } from '../keeping/files/overflowing'
import { scratch } from '../keeping/files/scratch'
import { Tidying } from '../keeping/files/tidying'
import type { WhyNotKept } from '../keeping/why'

/** Where pictures are, and why in memory if they are. */
export interface FilesPlace {
  readonly kind: BlobStoreKind
  readonly why: WhyNotKept | null
}

/** What hears of pictures: the page, which also holds those that are only in memory, since a worker may die. */
export interface FilesListener extends Mirror {
  /** Pictures go on in memory, and why. */
  failed(why: WhyNotKept): void
}

/** A file with its key. */
export type KeyedFile = readonly [key: string, blob: Blob]

/** What the keys of pictures and their thumbnails begin with. */
const prefixes = ['picture/', 'thumbnail/'] as const

/** A picture is named after its bytes; a thumbnail after its picture, and another version of the browser may write it in more or fewer. */
const isWhole = (key: string, there: Blob, put: Blob): boolean =>
  key.startsWith('thumbnail/') ? there.size > 0 : there.size === put.size

/** Puts in `to` the pictures and thumbnails of `from` that can be read. */
async function carryPictures(from: BlobStore, to: BlobStore): Promise<void> {
  for (const prefix of prefixes) {
    for (const key of await from.keys(prefix).catch(() => [])) {
      const blob = await from.get(key).catch(() => null)
      if (blob) await to.put(key, blob)
    }
  }
}

/** The pictures that the image worker keeps, on a shelf that goes on in memory once the disk is full. */
export class KeptPictures {
  readonly #opened = deferred<BlobStore>()
  #disk: Promise<BlobStore> = this.#opened.promise
  #listener: FilesListener | null = null
  readonly #inMemory = memoryStore()
  /** Pictures that the disk refused, or all where there is none. */
  readonly #memory = mirrored(this.#inMemory, {
    held: (key, blob) => this.#listener?.held(key, blob),
    dropped: (keys) => this.#listener?.dropped(keys),
  })
  readonly #open: typeof openBlobStore
  /** The store that was opened last. */
  #store: BlobStore | null = null
  #overflow: OverflowingStore | null = null
  #pictures: BlobStore | null = null
  readonly #tidying = new Tidying()

  constructor(open = openBlobStore) {
    this.#open = open
  }

  /**
   * Opens the first store of `prefer` that works, in place of the one before; whoever asked for one before has waited for
   * this. Says where pictures are, and why in memory if they are: there, too, are the pictures of the store before that
   * can still be read.
   */
  async use(prefer: readonly BlobStoreKind[], listener: FilesListener): Promise<FilesPlace> {
    this.#listener = listener
    const { store, why } = await this.#open(prefer, scratch.pictures)
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

  /** Deletes all pictures but those of these hashes, some at a time. */
  async tidy(pictures: readonly string[]): Promise<void> {
    const wanted = new Set(pictures.flatMap((hash) => prefixes.map((prefix) => `${prefix}${hash}`)))
    await this.#tidying.run(await this.#disk, prefixes, (key) => wanted.has(key))
  }

  readonly shelf: PictureShelf = {
    put: async (kind, hash, blob) => {
      const store = await this.#shelves()
      const key = `${kind}/${hash}`
      await this.#tidying.want(key)
      await store.put(key, blob)
    },
    get: async (kind, hash) => (await this.#shelves()).get(`${kind}/${hash}`),
  }

  /** Hashes of all pictures in the place that is open. */
  async hashes(): Promise<string[]> {
    const [prefix] = prefixes
    return (await (await this.#disk).keys(prefix)).map((key) => key.slice(prefix.length))
  }

  /** Deletes all pictures. */
  async forget(): Promise<void> {
    const disk = await this.#disk
    for (const prefix of prefixes) await disk.delete(await disk.keys(prefix))
    await this.#memory.delete(await this.#memory.keys(''))
    this.#pictures = null
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
