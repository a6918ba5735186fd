/** Dropped files to pictures and lists of labels: zips opened, what systems leave behind dropped, the rest told by content. */
import type { RejectedFile } from '../../types'
import { notAPicture, pictureName, sniff, sniffLength, type FileKind } from '../sniff'
import { isJunk, pathOutOfArchive } from './paths'
import type { DroppedFile, ListFile, ListedPicture, Listing } from './types'
import { unzip } from './unzip'

/** Where a listed picture's bytes are: the place of its file among those dropped, or for a picture out of a zip they themselves. */
export type PictureSource = number | Blob

/** The pictures and lists among files, in their order, and what was refused, each with its reason. Never throws for a bad file. */
export async function listFiles(
  files: readonly DroppedFile[],
): Promise<{ listing: Listing; sources: readonly PictureSource[] }> {
  const found: Found = { pictures: [], sources: [], lists: [], rejected: [] }
  for (const [place, { path, blob }] of files.entries()) {
    if (isJunk(path)) continue
    const kind = await kindOf(blob)
    if (kind !== 'zip') {
      take(found, { path, plainPath: path, blob, source: place }, kind)
      continue
    }
    const archive = await unzip(blob, path)
    found.rejected.push(...archive.rejected)
    for (const file of archive.files) {
      const paths = { path: `${path}/${file.path}`, plainPath: pathOutOfArchive(path, file.path) }
      take(found, { ...paths, blob: file.blob, source: file.blob }, await kindOf(file.blob))
    }
  }
  const { sources, ...listing } = found
  return { listing, sources }
}

interface Found {
  readonly pictures: ListedPicture[]
  readonly sources: PictureSource[]
  readonly lists: ListFile[]
  readonly rejected: RejectedFile[]
}

interface FoundFile extends ListedPicture {
  readonly blob: Blob
  readonly source: PictureSource
}

function take(found: Found, { path, plainPath, blob, source }: FoundFile, kind: FileKind | null): void {
  if (kind !== null && pictureName(kind) !== undefined) {
    found.pictures.push({ path, plainPath })
    found.sources.push(source)
  } else if (kind === 'text' && listFile.test(path)) found.lists.push({ path, plainPath, blob })
  else found.rejected.push({ name: path, reason: kind === null ? unreadable : notAPicture(kind) })
}

/** What lists of photos are called; whether one names any is told by what is in it. */
const listFile = /\.(csv|tsv|txt|lst|jsonl|ndjson)$/i

const unreadable = 'The file could not be read; it was moved or changed, or may not be opened.'

/** null where the file cannot be read. */
async function kindOf(blob: Blob): Promise<FileKind | null> {
  try {
    return sniff(new Uint8Array(await blob.slice(0, sniffLength).arrayBuffer()))
  } catch {
    return null
  }
}
