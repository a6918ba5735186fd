/** Dropped files to pictures with labels: zips opened, junk dropped, lists of labels read, the rest told by content. */
import type { RejectedFile } from '../types'
import { isJunk, labelFromPath, pathOutOfArchive } from './paths'
import { notAPicture, pictureName, sniff, sniffLength, type FileKind } from './sniff'
import { unzip } from './unzip'

export interface DroppedFile {
  /** Relative, with its folders. */
  path: string
  blob: Blob
}

export interface PictureFile {
  /** As dropped; for a picture out of a zip, `archive.zip/folder/1.jpg`. */
  path: string
  /** From a list of file and label, else from the folder's name; null for a picture loose at the top: ask, or take the current label. */
  label: string | null
  /** Whether a list says so. */
  listed: boolean
  blob: Blob
}

/**
 * The pictures among files, in their order, and what was refused, each with its reason. Where a CSV among them names the
 * pictures, it alone says their labels, and what is only in one of the two is refused. Never throws for a bad file.
 */
export async function expand(
  files: readonly DroppedFile[],
): Promise<{ entries: PictureFile[]; rejected: RejectedFile[] }> {
  const found: Found = { entries: [], paths: [], lists: [], rejected: [] }
  for (const { path, blob } of files) {
    if (isJunk(path)) continue
    const kind = await kindOf(blob)
    if (kind !== 'zip') {
      take(found, path, path, blob, kind)
      continue
    }
    const archive = await unzip(blob, path)
    found.rejected.push(...archive.rejected)
    for (const file of archive.files) {
      take(found, `${path}/${file.path}`, pathOutOfArchive(path, file.path), file.blob, await kindOf(file.blob))
    }
  }
  return withLists(found)
}

interface Found {
  readonly entries: PictureFile[]
  /** Of each entry, as if archives had been unpacked. */
  readonly paths: string[]
  /** Files that may say what the labels are. */
  readonly lists: DroppedFile[]
  readonly rejected: RejectedFile[]
}

function take(found: Found, path: string, plainPath: string, blob: Blob, kind: FileKind | null): void {
  if (kind !== null && pictureName(kind) !== undefined) {
    found.entries.push({ path, label: labelFromPath(plainPath), listed: false, blob })
    found.paths.push(plainPath)
  } else if (kind === 'text' && /\.[ct]sv$/i.test(path)) found.lists.push({ path, blob })
  else found.rejected.push({ name: path, reason: kind === null ? unreadable : notAPicture(kind) })
}

/** Labels by the lists that name the pictures; other lists are refused. */
async function withLists({
  entries,
  paths,
  lists,
  rejected,
}: Found): Promise<{ entries: PictureFile[]; rejected: RejectedFile[] }> {
  if (lists.length === 0) return { entries, rejected }
  const { readLabelList } = await import('./label-list')
  const labels = new Map<number, string>()
  const read: string[] = []
  for (const { path, blob } of lists) {
    const list = readLabelList(await blob.text(), paths)
    if (list === null) {
      rejected.push({ name: path, reason: 'None of its rows names one of these pictures and a label.' })
      continue
    }
    read.push(path)
    for (const [place, label] of list.labels) labels.set(place, label)
    rejected.push(...list.problems.slice(0, mostTold).map((reason) => ({ name: path, reason })))
    const more = list.problems.length - mostTold
    if (more > 0) rejected.push({ name: path, reason: `And ${more} more rows like these.` })
  }
  if (read.length === 0) return { entries, rejected }
  const named: PictureFile[] = []
  entries.forEach((entry, place) => {
    const label = labels.get(place)
    if (label !== undefined) named.push({ ...entry, label, listed: true })
    else rejected.push({ name: entry.path, reason: `It has no row in ${read.join(' or ')}.` })
  })
  return { entries: named, rejected }
}

/** Rows of a list that are told one by one. */
const mostTold = 20

const unreadable = 'The file could not be read; it was moved or changed, or may not be opened.'

/** null where the file cannot be read. */
async function kindOf(blob: Blob): Promise<FileKind | null> {
  try {
    return sniff(new Uint8Array(await blob.slice(0, sniffLength).arrayBuffer()))
  } catch {
    return null
  }
}
