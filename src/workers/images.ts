import { proxy, transfer, type ProxyMarked, type Remote } from 'comlink'
import type { ImageService } from '../images/service'
import type { BlobStoreKind } from '../keeping/files/blobs'
import type { FilesListener, FilesPlace, KeyedFile } from './kept-pictures'
import type { LifeEvents } from './life/lifeline'
import { callsOf } from './remote'

export type { FilesListener, FilesPlace, KeyedFile } from './kept-pictures'

/** What the image worker answers to; any number of callers may share it. */
export interface ImageApi extends ImageService {
  /** Answers on another port too, for the compute worker. */
  connect(port: MessagePort): void
  /**
   * Opens the first store of `prefer` that works; pictures asked for before wait for this. `files`, a comlink proxy, hears
   * when they go on in memory, and holds what is only there.
   */
  useFiles(prefer: readonly BlobStoreKind[], files: FilesListener): Promise<FilesPlace>
  /** Takes what was only in the memory of a worker before; to be called before `useFiles`. */
  takeFiles(files: readonly KeyedFile[]): Promise<void>
  /** Puts pictures on disk that went on in memory. Throws what the disk throws. */
  flushFiles(): Promise<void>
  /** Deletes all pictures but those of these hashes. */
  tidyPictures(wanted: readonly string[]): Promise<void>
  /** Hashes of all pictures that are kept. */
  keptPictures(): Promise<string[]>
  /** Deletes all pictures. */
  forgetPictures(): Promise<void>
}

export interface ImageWorker {
  readonly api: Remote<ImageApi>
  /** A new port on which the worker answers, to be handed to another worker. */
  port(): MessagePort
  terminate(): void
}

/** What hears of the files, as it is handed to the worker. */
export const filesListener = (listener: FilesListener): FilesListener & ProxyMarked => proxy(listener)

/** Starts the image worker. */
export function createImageWorker(events: LifeEvents): ImageWorker {
  const { api, terminate } = callsOf<ImageApi>(
    {
      what: 'What reads photos',
      start: () => new Worker(new URL('./images.worker.ts', import.meta.url), { type: 'module' }),
    },
    events,
  )
  return {
    api,
    port() {
      const channel = new MessageChannel()
      api.connect(transfer(channel.port1, [channel.port1])).catch(() => undefined)
      return channel.port2
    },
    terminate,
  }
}
