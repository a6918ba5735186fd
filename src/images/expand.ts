/** Dropped files to pictures with labels: zips opened, junk dropped, the rest told apart by content. */
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
  /** From the folder's name; null for a picture loose at the top: ask, or take the current label. */
  label: string | null
  blob: Blob
}

/** The pictures among files, in their order, and what was refused, each with its reason. Never throws for a bad file. */
export async function expand(
  files: readonly DroppedFile[],
): Promise<{ entries: PictureFile[]; rejected: RejectedFile[] }> {
  const entries: PictureFile[] = []
  const rejected: RejectedFile[] = []
  const take = (path: string, labelPath: string, blob: Blob, kind: FileKind | null) => {
    if (kind !== null && pictureName(kind) !== undefined) entries.push({ path, label: labelFromPath(labelPath), blob })
    else rejected.push({ name: path, reason: kind === null ? unreadable : notAPicture(kind) })
  }
  for (const { path, blob } of files) {
    if (isJunk(path)) continue
    const kind = await kindOf(blob)
    if (kind !== 'zip') {
      take(path, path, blob, kind)
      continue
    }
    const archive = await unzip(blob, path)
    rejected.push(...archive.rejected)
    for (const file of archive.files) {
      take(`${path}/${file.path}`, pathOutOfArchive(path, file.path), file.blob, await kindOf(file.blob))
    }
  }
  return { entries, rejected }
}

const unreadable = 'The file could not be read; it was moved or changed, or may not be opened.'

/** null where the file cannot be read. */
async function kindOf(blob: Blob): Promise<FileKind | null> {
  try {
    return sniff(new Uint8Array(await blob.slice(0, sniffLength).arrayBuffer()))
  } catch {
    return null
  }
}
