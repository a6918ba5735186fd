/** Pictures out of a zip. */
import type { FileEntry } from '@zip.js/zip.js'
import { CutpointError } from '../../errors'
import { lazyModule } from '../../lazy-module'
import type { RejectedFile } from '../../types'
import { unpackGuard, type UnpackLimits } from '../../unpack-guard'
import { decodeName, guessEncoding, type ZipNames } from './zip-names'

const zipModule = lazyModule('What opens zip files', () => import('@zip.js/zip.js'))

/** Guards against archives made to unpack to more than a browser holds. */
export interface UnzipLimits extends UnpackLimits {
  /** Bytes, of one file unpacked. */
  readonly entryBytes: number
  /** Bytes, of all files unpacked, however large the zip. */
  readonly totalBytes: number
}

/** How much of an archive of photos is unpacked. */
export const unzipLimits: UnzipLimits = { entries: 50_000, bytes: 256e6, entryBytes: 256e6, totalBytes: 2e9 }

export interface UnzippedFile {
  /** Within the archive, with `/`. */
  path: string
  /** Its name as bytes, where the archive does not say in which encoding that is. */
  raw?: Uint8Array
  blob: Blob
}

export interface Unzipped {
  files: UnzippedFile[]
  rejected: RejectedFile[]
  /** How names that are not said to be UTF-8 were read; null where there are none. */
  names: ZipNames | null
}

/**
 * All files of a zip but those to skip by their path, one after the other. A file that cannot be unpacked is rejected with its reason, and
 * the rest is still read; an archive that cannot be read at all is rejected as a whole.
 */
export async function unzip(
  blob: Blob,
  name: string,
  limits: UnzipLimits = unzipLimits,
  skip: (path: string) => boolean = () => false,
): Promise<Unzipped> {
  const { ZipReader, BlobReader } = await zipModule()
  const reader = new ZipReader(new BlobReader(blob), {
    useWebWorkers: false,
    checkCrc32: true,
    checkOverlappingEntry: true,
    // Names are only shown and split into folders, never written to a disk.
    filenameValidation: 'tolerant',
  })
  try {
    const guard = unpackGuard('The zip', blob.size, limits)
    const entries: FileEntry[] = []
    for await (const entry of reader.getEntriesGenerator()) {
      guard.listed(entry.uncompressedSize)
      if (!entry.directory && !entry.symlink) entries.push(entry)
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
    const { named, names } = withNames(entries)
    const wanted = named.filter(({ path }) => !skip(path))
    return { ...(await unpack(wanted, name, limits)), names }
  } catch (error) {
    const why = error instanceof CutpointError ? `${error.message} ${error.next}` : 'The zip is damaged or incomplete.'
    return refuse(name, why)
  } finally {
    await reader.close()
  }
}

/** Files at the root that tell Office and OpenDocument files, e-books and Java archives from plain zips. */
const documentMarks: ReadonlySet<string> = new Set(['[Content_Types].xml', 'mimetype', 'META-INF/MANIFEST.MF'])

interface NamedEntry {
  readonly entry: FileEntry
  readonly path: string
  readonly raw?: Uint8Array
}

/** Entries by their names, in the encoding that all of them are likeliest in. */
function withNames(entries: readonly FileEntry[]): { named: NamedEntry[]; names: ZipNames | null } {
  const isSaid = (entry: FileEntry): boolean =>
    entry.filenameUTF8 || entry.extraFieldUnicodePath?.valid === true || entry.rawFilename.every((byte) => byte < 0x80)
  const unsaid = entries.filter((entry) => !isSaid(entry))
  const names = unsaid.length > 0 ? guessEncoding(unsaid.map(({ rawFilename }) => rawFilename)) : null
  const named = entries.map((entry): NamedEntry => {
    if (!names || isSaid(entry)) return { entry, path: withSlashes(entry.filename) }
    return { entry, path: nameIn(entry.rawFilename, names.encodings[0]), raw: entry.rawFilename }
  })
  return { named, names }
}

/** A name in a zip, with `/`; what cannot be read in the encoding stands as `\ufffd`. */
export const nameIn = (raw: Uint8Array, encoding: string): string =>
  withSlashes(decodeName(raw, encoding) ?? new TextDecoder().decode(raw))

/** Zips made on Windows may have back-slashes between folders. */
const withSlashes = (name: string): string => name.replaceAll('\\', '/')

async function unpack(
  entries: readonly NamedEntry[],
  name: string,
  limits: UnzipLimits,
): Promise<{ files: UnzippedFile[]; rejected: RejectedFile[] }> {
  const { BlobWriter } = await zipModule()
  const files: UnzippedFile[] = []
  const rejected: RejectedFile[] = []
  for (const { entry, path, raw } of entries) {
    const reason = refusal(entry, limits)
    if (reason !== null) {
      rejected.push({ name: `${name}/${path}`, reason })
      continue
    }
    try {
      // zip.js stops as soon as more comes out than the entry says, so the sizes checked above hold.
      files.push({ path, ...(raw ? { raw } : {}), blob: await entry.getData(new BlobWriter()) })
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

function refuse(name: string, reason: string): Unzipped {
  return { files: [], rejected: [{ name, reason }], names: null }
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`
}
