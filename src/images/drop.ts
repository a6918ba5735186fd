/** Page side: files out of a drop or a file picker, with their paths. Looking into them is the worker's part. */
import { nextTask } from '../next-task'
import type { RejectedFile } from '../types'
import { sortedInTurns } from './sorted-in-turns'

export interface PickedFile {
  /** Relative, with `/`, without a leading one: `train/cats/1.jpg`. */
  path: string
  blob: File
}

/** What came out of a drop. */
export interface Collected {
  /** In natural order of their paths. */
  readonly files: PickedFile[]
  /** Files and folders that were listed, but could not be read, each with the reason. */
  readonly unreadable: RejectedFile[]
  /** Paths of folders that hold nothing. */
  readonly emptyFolders: string[]
}

/**
 * The files of a drop, folders walked to the bottom. A drop of text or of a link gives none. Call it within the drop
 * event: a `DataTransfer` is empty afterwards. Throws what `checkCancelled` throws, which is asked now and then.
 *
 * Folders are walked by entries, not by file handles: Chromium leaves out of a handle's children, without a word, every
 * name that is unsafe on some system (`Quercus sp.`, `aux`, `why?`).
 */
export async function collectDrop(
  dataTransfer: DataTransfer,
  checkCancelled = (): void => undefined,
): Promise<Collected> {
  const roots = [...dataTransfer.items]
    .filter(({ kind }) => kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }))
  const found: Collected = { files: [], unreadable: [], emptyFolders: [] }
  let level: FoundEntry[] = []
  for (const { entry, file } of roots) {
    if (entry?.isDirectory) level.push({ entry, path: entry.name })
    else if (file) found.files.push({ path: file.name, blob: file })
  }
  while (level.length > 0) {
    const below: FoundEntry[] = []
    for (let at = 0; at < level.length; at += atOnce) {
      checkCancelled()
      for (const inside of await Promise.all(level.slice(at, at + atOnce).map((one) => visit(one, found)))) {
        for (const one of inside) below.push(one)
      }
    }
    level = below
  }
  return { ...found, files: await sortedInTurns(found.files, inNaturalOrder) }
}

/** The files of an `<input type="file">`, with or without `webkitdirectory`, in natural order of their paths. */
export async function collectInput(files: FileList): Promise<PickedFile[]> {
  // The list is empty once the input is cleared. Handing over thousands is a long task of the browser's own; ours is another.
  const list = [...files]
  await nextTask()
  const picked = list.map((blob) => ({ path: blob.webkitRelativePath || blob.name, blob }))
  return sortedInTurns(picked, inNaturalOrder)
}

const byPath = new Intl.Collator('en', { numeric: true })

const inNaturalOrder = (a: PickedFile, b: PickedFile): number => byPath.compare(a.path, b.path)

interface FoundEntry {
  readonly entry: FileSystemEntry
  readonly path: string
}

/** Takes a file in; gives what is in a folder. */
async function visit({ entry, path }: FoundEntry, found: Collected): Promise<readonly FoundEntry[]> {
  try {
    if (isFile(entry)) {
      const blob = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
      found.files.push({ path, blob })
      return []
    }
    if (!isDirectory(entry)) return []
    const listed = await childrenOf(entry)
    if (listed.length === 0) found.emptyFolders.push(path)
    // Chromium gives a name whose bytes are not UTF-8 as none at all, which stands for the folder itself, without end.
    const children = listed.filter(({ name }) => name !== '')
    for (let left = listed.length - children.length; left > 0; left--) {
      found.unreadable.push({ name: `${path}/?`, reason: 'Its name is one that the browser cannot read; rename it.' })
    }
    return children.map((child) => ({ entry: child, path: `${path}/${child.name}` }))
  } catch (error) {
    found.unreadable.push({ name: path, reason: reasonOf(entry, error) })
    return []
  }
}

/** Questions to another process of the browser at a time: the answers to a hundred come as one long task. */
const atOnce = 16

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile

const isDirectory = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

/** All that is in a folder: a reader gives some at a time, and none when it is done. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const children: FileSystemEntry[] = []
  for (;;) {
    const more = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (more.length === 0) return children
    children.push(...more)
  }
}

function reasonOf(entry: FileSystemEntry, error: unknown): string {
  const what = entry.isDirectory ? 'The folder' : 'The file'
  const why = error instanceof DOMException ? error.name : ''
  if (why === 'NotFoundError') return `${what} is no longer there, or its name cannot be read.`
  if (why === 'SecurityError' || why === 'NotReadableError') return `${what} may not be read; check who may open it.`
  return `${what} could not be read${why && ` (${why})`}.`
}
