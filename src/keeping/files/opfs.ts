import { CutpointError } from '../../errors'
import type { BlobStore } from './blobs'
import { asDiskFull, diskFull } from '../disk-full'
import type { Scratch } from './scratch'

/** Bytes read and written at once. */
const pieceLength = 1 << 22

/** A file handle that can be moved; TypeScript does not know of it yet. */
interface MovableFile extends FileSystemFileHandle {
  move?(folder: FileSystemDirectoryHandle, name: string): Promise<void>
}

/**
 * Files in the origin's private file system; for workers, since only there files are written at once. The first part of
 * a key is a folder. A file is written under a name of its own in another folder and moved when it is whole, so that a
 * half-written one is never found under its key.
 */
export async function openOpfs(scratch: Scratch): Promise<BlobStore> {
  const root = await navigator.storage.getDirectory()
  // Nothing is made that is there: a full disk can still be read.
  const home = await root.getDirectoryHandle('cutpoint').catch((error: unknown) => {
    if (!isNotFound(error)) throw error
    return root.getDirectoryHandle('cutpoint', { create: true })
  })
  // What a tab that was killed had begun to write.
  await home.removeEntry(scratch.unfinished, { recursive: true }).catch(() => undefined)
  const folders = new Map<string, Promise<FileSystemDirectoryHandle>>()
  let count = 0

  /** A folder, made if there is none; one that could not be made is tried again next time. */
  const folderOf = (name: string): Promise<FileSystemDirectoryHandle> => {
    const folder = folders.get(name) ?? home.getDirectoryHandle(name, { create: true })
    folders.set(name, folder)
    folder.catch(() => folders.delete(name))
    return folder
  }
  /** A folder of a file that may not be there. */
  const folderIfThere = (name: string): Promise<FileSystemDirectoryHandle> =>
    folders.get(name) ?? home.getDirectoryHandle(name)

  const write = async (key: string, blob: Blob): Promise<void> => {
    const { folder, name } = placeOf(key)
    const target = await folderOf(folder)
    const unfinished = await folderOf(scratch.unfinished)
    count += 1
    const temporary = `${Date.now()}-${count}`
    const file: MovableFile = await unfinished.getFileHandle(temporary, { create: true })
    try {
      await fill(file, blob)
      if (!file.move) throw new CutpointError('not-available', 'Files cannot be moved here.', 'Use another store.')
      await file.move(target, name)
    } catch (error) {
      await unfinished.removeEntry(temporary).catch(() => undefined)
      throw error
    }
  }

  return {
    kind: 'opfs',
    put: (key, blob) =>
      write(key, blob).catch((error: unknown) => {
        throw asDiskFull(error)
      }),
    async get(key) {
      const { folder, name } = placeOf(key)
      try {
        const handle = await (await folderIfThere(folder)).getFileHandle(name)
        return await handle.getFile()
      } catch (error) {
        if (isNotFound(error)) return null
        throw error
      }
    },
    async keys(prefix) {
      const found: string[] = []
      for await (const [folder, handle] of home.entries()) {
        if (!(handle instanceof FileSystemDirectoryHandle)) continue
        if (!`${folder}/`.startsWith(prefix) && !prefix.startsWith(`${folder}/`)) continue
        for await (const name of handle.keys()) found.push(`${folder}/${decodeURIComponent(name)}`)
      }
      return found.filter((key) => key.startsWith(prefix))
    },
    async delete(keys) {
      for (const key of keys) {
        const { folder, name } = placeOf(key)
        const removed = folderIfThere(folder).then((there) => there.removeEntry(name))
        await removed.catch((error: unknown) => {
          if (!isNotFound(error)) throw error
        })
      }
    },
  }
}

async function fill(file: FileSystemFileHandle, blob: Blob): Promise<void> {
  const access = await file.createSyncAccessHandle()
  try {
    for (let at = 0; at < blob.size; at += pieceLength) {
      const bytes = await blob.slice(at, at + pieceLength).arrayBuffer()
      if (access.write(bytes, { at }) < bytes.byteLength) throw diskFull()
    }
  } finally {
    access.close()
  }
}

/** `picture/<hash>` is the file `<hash>` in the folder `picture`; what a file name may not hold is escaped. */
function placeOf(key: string): { folder: string; name: string } {
  const slash = key.indexOf('/')
  return { folder: key.slice(0, slash), name: encodeURIComponent(key.slice(slash + 1)) }
}

const isNotFound = (error: unknown): boolean => error instanceof DOMException && error.name === 'NotFoundError'
