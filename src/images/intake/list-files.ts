/** Dropped files to pictures and lists of labels: zips opened, what tools leave behind left out, the rest told by content. */
import type { RejectedFile } from '../../types'
import { notAPicture, pictureName, sniff, sniffLength, type FileKind } from '../decode/sniff'
import { annotationFormat } from './annotations'
import { pathOutOfArchive } from './paths'
import { leftByTool } from './tools'
import type { DroppedFile, LeftByTool, ListFile, ListedArchive, ListedPicture, Listing } from './types'
import { unzip, unzipLimits } from './unzip'

/** Where a listed picture's bytes are: the place of its file among those dropped, or for a picture out of a zip they themselves. */
export type PictureSource = number | Blob

/** The pictures and lists among files, in their order, and what was refused, each with its reason. Never throws for a bad file. */
export async function listFiles(
  files: readonly DroppedFile[],
): Promise<{ listing: Listing; sources: readonly PictureSource[] }> {
  const found: FoundFiles = {
    pictures: [],
    sources: [],
    lists: [],
    archives: [],
    annotations: [],
    rejected: [],
    byTools: new Map(),
  }
  for (const [place, { path, blob }] of files.entries()) {
    if (isLeftByTool(found, path)) continue
    const kind = await kindOf(blob)
    if (kind === 'zip') await takeZip(found, path, blob)
    else await take(found, { path, plainPath: path, archive: null, blob, source: place }, kind)
  }
  const { sources, byTools, ...listing } = found
  return {
    listing: { ...listing, leftByTools: [...byTools.values()] },
    sources,
  }
}

interface FoundFiles {
  readonly pictures: ListedPicture[]
  readonly sources: PictureSource[]
  readonly lists: ListFile[]
  readonly archives: ListedArchive[]
  readonly annotations: Listing['annotations'][number][]
  readonly rejected: RejectedFile[]
  readonly byTools: Map<string, LeftByTool>
}

interface FoundFile extends ListedPicture {
  readonly blob: Blob
  readonly source: PictureSource
}

function isLeftByTool({ byTools }: FoundFiles, path: string): boolean {
  const left = leftByTool(path)
  if (left) byTools.set(left.name, { ...left, files: (byTools.get(left.name)?.files ?? 0) + 1 })
  return left !== null
}

async function takeZip(found: FoundFiles, archive: string, blob: Blob): Promise<void> {
  const { files, rejected, names } = await unzip(blob, archive, unzipLimits, (path) => isLeftByTool(found, path))
  found.rejected.push(...rejected)
  if (names && names.encodings[0] !== 'utf-8') found.archives.push({ path: archive, ...names })
  for (const { path, raw, blob: inside } of files) {
    const paths = { path: `${archive}/${path}`, plainPath: pathOutOfArchive(archive, path), archive }
    await take(found, { ...paths, ...(raw ? { raw } : {}), blob: inside, source: inside }, await kindOf(inside))
  }
}

async function take(found: FoundFiles, file: FoundFile, kind: FileKind | null): Promise<void> {
  const { blob, source, ...picture } = file
  const { path, plainPath } = picture
  if (kind !== null && pictureName(kind) !== undefined) {
    found.pictures.push(picture)
    found.sources.push(source)
    return
  }
  const format = kind === 'text' || kind === 'empty' ? annotationFormat(path, await beginningOf(blob)) : null
  if (format) found.annotations.push({ path, format })
  else if (isList(path, kind)) found.lists.push({ path, plainPath, blob })
  else found.rejected.push({ name: path, reason: kind === null ? unreadable : notAPicture(kind) })
}

/** By its name: spreadsheets write encodings in which a text is not told from other bytes. */
const isList = (path: string, kind: FileKind | null): boolean =>
  (kind === 'text' || kind === 'unknown') && listFile.test(path)

/** What lists of photos are called; whether one names any is told by what is in it. */
const listFile = /\.(csv|tsv|txt|lst|jsonl|ndjson)$/i

const unreadable = 'The file could not be read; it was moved or changed, or may not be opened.'

/** Characters of a file by which annotations are told. */
const beginning = 16_384

const beginningOf = (blob: Blob): Promise<string> => blob.slice(0, beginning).text()

/** null where the file cannot be read. */
async function kindOf(blob: Blob): Promise<FileKind | null> {
  try {
    return sniff(new Uint8Array(await blob.slice(0, sniffLength).arrayBuffer()))
  } catch {
    return null
  }
}
