/** Pictures out of a zip. */
import type { FileEntry } from '@zip.js/zip.js'
import { lazyModule } from '../../lazy-module'
import type { RejectedFile } from '../../types'
import { isJunk } from './paths'

const zipModule = lazyModule('What opens zip files', () => import('@zip.js/zip.js'))

/** Guards against archives made to unpack to more than a browser holds. */
export interface UnzipLimits {
  entries: number
  /** Bytes, of one file unpacked. */
  entryBytes: number
  /** Bytes, of all files unpacked. */
  totalBytes: number
}

export const unzipLimits: UnzipLimits = { entries: 50_000, entryBytes: 256e6, totalBytes: 2e9 }

export interface UnzippedFile {
  /** Within the archive. */
  path: string
  blob: Blob
}

/**
 * All files of a zip but junk, one after the other. A file that cannot be unpacked is rejected with its reason, and
 * the rest is still read; an archive that cannot be read at all is rejected as a whole.
 */
export async function unzip(
  blob: Blob,
  name: string,
  limits: UnzipLimits = unzipLimits,
): Promise<{ files: UnzippedFile[]; rejected: RejectedFile[] }> {
  const { ZipReader, BlobReader } = await zipModule()
  const reader = new ZipReader(new BlobReader(blob), {
    useWebWorkers: false,
    checkCrc32: true,
    checkOverlappingEntry: true,
    // Names are only shown and split into folders, never written to a disk.
    filenameValidation: 'tolerant',
  })
  try {
    const entries: FileEntry[] = []
    for await (const entry of reader.getEntriesGenerator()) {
      if (entry.directory || entry.symlink || isJunk(entry.filename)) continue
      entries.push(entry)
      if (entries.length > limits.entries) return refuse(name, `The zip holds more than ${limits.entries} files.`)
    }
    const total = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0)
    if (total > limits.totalBytes) {
      return refuse(
        name,
        `The zip unpacks to ${megabytes(total)}, and at most ${megabytes(limits.totalBytes)} are read.`,
      )
    }
    if (entries.some((entry) => documentMarks.has(entry.filename))) {
      return refuse(name, 'This is a document or a program that is packed like a zip, not a folder of pictures.')
    }
    return await unpack(entries, name, limits)
  } catch {
    return refuse(name, 'The zip is damaged or incomplete.')
  } finally {
    await reader.close()
  }
}

/** Files at the root that tell Office and OpenDocument files, e-books and Java archives from plain zips. */
const documentMarks: ReadonlySet<string> = new Set(['[Content_Types].xml', 'mimetype', 'META-INF/MANIFEST.MF'])

async function unpack(
  entries: readonly FileEntry[],
  name: string,
  limits: UnzipLimits,
): Promise<{ files: UnzippedFile[]; rejected: RejectedFile[] }> {
  const { BlobWriter } = await zipModule()
  const files: UnzippedFile[] = []
  const rejected: RejectedFile[] = []
  for (const entry of entries) {
    const path = entry.filename
    const reason = refusal(entry, limits)
    if (reason !== null) {
      rejected.push({ name: `${name}/${path}`, reason })
      continue
    }
    try {
      // zip.js stops as soon as more comes out than the entry says, so the sizes checked above hold.
      files.push({ path, blob: await entry.getData(new BlobWriter()) })
    } catch {
      rejected.push({
        name: `${name}/${path}`,
        reason: 'It is damaged inside the zip, or packed in a way not known here.',
      })
    }
  }
  return { files, rejected }
}

function refusal(entry: FileEntry, limits: UnzipLimits): string | null {
  if (entry.encrypted) return 'It is protected with a password; unpack the zip first.'
  if (entry.uncompressedSize > limits.entryBytes) {
    return `It unpacks to ${megabytes(entry.uncompressedSize)}, and at most ${megabytes(limits.entryBytes)} a file are read.`
  }
  return null
}

function refuse(name: string, reason: string): { files: UnzippedFile[]; rejected: RejectedFile[] } {
  return { files: [], rejected: [{ name, reason }] }
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`
}
