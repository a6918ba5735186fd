import type { Hdf5Library } from './library'
import type { WatchedReads } from './reads'

/** A file where the library can open it. */
export interface Mounted {
  readonly path: string
  unmount(): void
}

let mounts = 0

/**
 * Puts a file into the library's file system: in a worker a Blob stays where it is and is read on demand (Emscripten's
 * WORKERFS), which `reads` is told of; bytes are taken over.
 * https://emscripten.org/docs/api_reference/Filesystem-API.html#filesystem-api-workerfs
 */
export async function mount(
  { FS }: Hdf5Library,
  data: Blob | Uint8Array<ArrayBuffer>,
  reads: WatchedReads,
): Promise<Mounted> {
  const folder = `/hdf5-${mounts++}`
  const path = `${folder}/data`
  if (data instanceof Blob && typeof FileReaderSync === 'function') {
    const reader = new FileReaderSync()
    FS.filesystems.WORKERFS.reader = {
      readAsArrayBuffer: (blob) => reads.around(blob.size, () => reader.readAsArrayBuffer(blob)),
    }
    FS.mkdir(folder)
    FS.mount(FS.filesystems.WORKERFS, { blobs: [{ name: 'data', data }] }, folder)
    return {
      path,
      unmount: () => {
        FS.unmount(folder)
        FS.rmdir(folder)
      },
    }
  }
  const bytes = data instanceof Blob ? new Uint8Array(await data.arrayBuffer()) : data
  FS.mkdir(folder)
  FS.writeFile(path, bytes, { canOwn: true })
  return {
    path,
    unmount: () => {
      FS.unlink(path)
      FS.rmdir(folder)
    },
  }
}
