import { readAll } from '../source'
import type { SourceFile } from '../types'
import { guardHeaps } from './heap-guard'
import type { Hdf5Library } from './library'

/** A file where the library can open it. */
export interface Mounted {
  readonly path: string
  /** Whether it is read by slices where it lies; else a copy is in memory, to be given back soon. */
  readonly bySlices: boolean
  unmount(): void
}

let mounts = 0

/**
 * Puts a file into the library's file system: in a worker one that is a Blob stays where it is and is read on demand
 * (Emscripten's WORKERFS), any other is copied.
 * https://emscripten.org/docs/api_reference/Filesystem-API.html#filesystem-api-workerfs
 */
export async function mount({ FS }: Hdf5Library, file: SourceFile): Promise<Mounted> {
  const folder = `/hdf5-${mounts++}`
  const path = `${folder}/data`
  if (file.blob && typeof FileReaderSync === 'function') {
    FS.mkdir(folder)
    FS.mount(FS.filesystems.WORKERFS, { blobs: [{ name: 'data', data: file.blob }] }, folder)
    guard(FS, path)
    return {
      path,
      bySlices: true,
      unmount: () => {
        FS.unmount(folder)
      },
    }
  }
  const bytes = await readAll(file)
  FS.mkdir(folder)
  FS.writeFile(path, bytes, { canOwn: true })
  guard(FS, path)
  return {
    path,
    bySlices: false,
    unmount: () => {
      FS.unlink(path)
      FS.rmdir(folder)
    },
  }
}

function guard(FS: Hdf5Library['FS'], path: string): void {
  const { node } = FS.lookupPath(path)
  node.stream_ops = { ...node.stream_ops, read: guardHeaps(node.stream_ops.read) }
}
