import {
  BlobWriter,
  Reader,
  Uint8ArrayReader,
  ZipReader,
  ZipWriter,
  type FileEntry,
} from '@zip.js/zip.js/lib/zip-core-native.js'
import { CutpointError, asCutpointError } from '../errors'
import { unpackGuard, type UnpackLimits } from '../unpack-guard'
import { recognise } from './recognise'
import { blobFile, fileName } from './source'
import { expandTar } from './tar'
import type { ReadContext, SourceFile, WrittenFile } from './types'

/** Reading and writing run in a worker of their own already. */
const here = { useWebWorkers: false } as const

/** What an archive of a model may hold; with much more, finding the model among it takes minutes. */
const limits: UnpackLimits = { entries: 20_000, bytes: 2 ** 26 }
/** Looking at how a file begins does not unpack the rest. */
const headBytes = 4096
const readable = new Map([
  [0, 'stored'],
  [8, 'deflate'],
])

/**
 * The same files, with each zip, tar and gzip (by content) replaced by what it holds; entries lie in a folder named after it and are
 * unpacked once, when first read. Zips inside zips stay as they are; files that systems leave behind are dropped.
 * Throws CutpointError `bad-zip`.
 */
export async function expandZips(files: readonly SourceFile[], context: ReadContext): Promise<SourceFile[]> {
  const expanded: SourceFile[] = []
  for (const file of files) {
    context.checkCancelled()
    const kind = await recognise(file)
    if (kind === 'zip') expanded.push(...(await expandZip(file, context)))
    else if (kind === 'tar')
      expanded.push(...(await expandTar(file, limits, context)).filter(({ path }) => !isJunk(path)))
    else if (!isJunk(file.path)) expanded.push(file)
  }
  return expanded
}

/** A zip of `files`. Weights hardly shrink and are stored as they are. */
export async function writeZip(files: readonly WrittenFile[]): Promise<Blob> {
  const writer = new ZipWriter(new BlobWriter('application/zip'), here)
  for (const { path, bytes } of files) {
    await writer.add(path, new Uint8ArrayReader(bytes), { level: path.endsWith('.bin') ? 0 : 6 })
  }
  return writer.close()
}

/** A file that is made piece by piece. */
export interface PiecedFile {
  readonly path: string
  readonly pieces: AsyncIterable<Uint8Array>
}

/** A zip of files as they come, not compressed; the zip is the browser's to keep, on disk where it is large. Throws what making them throws. */
export async function writePieces(files: readonly PiecedFile[]): Promise<Blob> {
  const writer = new ZipWriter(new BlobWriter('application/zip'), here)
  for (const { path, pieces } of files) await writer.add(path, { readable: readableOf(pieces) }, { level: 0 })
  return writer.close()
}

/** Pieces as they are asked for. */
function readableOf(pieces: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const next: IteratorResult<Uint8Array, unknown> = await iterator.next()
      if (next.done) controller.close()
      else controller.enqueue(next.value)
    },
  })
}

async function expandZip(file: SourceFile, context: ReadContext): Promise<SourceFile[]> {
  const entries = await listEntries(file, context)
  const kept = entries.filter((entry) => !isJunk(entry.filename))
  const locked = kept.find((entry) => entry.encrypted)
  if (locked) {
    throw badZip(
      file.path,
      `is locked with a password (${locked.filename})`,
      'Unpack it yourself, and drop the folder.',
    )
  }
  const folder = file.path.replace(/\.zip$/i, '')
  return Promise.all(
    kept.map(async (entry) => {
      const path = `${folder}/${withSlashes(entry.filename).replace(/^\/+/, '')}`
      return (await storedFile(entry, path, file)) ?? entryFile(entry, path, file.path)
    }),
  )
}

/** The fixed part of what stands before an entry's data. Source: PKWARE's APPNOTE.TXT, 4.3.7. */
const localHeaderBytes = 30

/** An entry that is not compressed, where it lies in a zip on disk: read by slices and never copied; else undefined. */
async function storedFile(entry: FileEntry, path: string, { blob }: SourceFile): Promise<SourceFile | undefined> {
  if (!blob || entry.compressionMethod !== 0 || entry.compressedSize !== entry.uncompressedSize) return undefined
  const header = await blob.slice(entry.offset, entry.offset + localHeaderBytes).arrayBuffer()
  if (header.byteLength < localHeaderBytes) return undefined
  const view = new DataView(header)
  if (view.getUint32(0) !== 0x504b0304) return undefined
  const start = entry.offset + localHeaderBytes + view.getUint16(26, true) + view.getUint16(28, true)
  if (start + entry.compressedSize > blob.size) return undefined
  return blobFile(path, blob.slice(start, start + entry.compressedSize))
}

/** Keras on Windows has written names with back-slashes. */
const withSlashes = (name: string): string => (name.includes('/') ? name : name.replaceAll('\\', '/'))

async function listEntries(file: SourceFile, context: ReadContext): Promise<FileEntry[]> {
  const guard = unpackGuard(file.path, file.size, limits)
  const files: FileEntry[] = []
  try {
    for await (const entry of new ZipReader(new SourceReader(file), here).getEntriesGenerator()) {
      context.checkCancelled()
      guard.listed(entry.uncompressedSize)
      if (!entry.directory) files.push(entry)
    }
    return files
  } catch (error) {
    throw damaged(file.path, error)
  }
}

function entryFile(entry: FileEntry, path: string, zip: string): SourceFile {
  let whole: Promise<Uint8Array<ArrayBuffer>> | undefined
  const size = entry.uncompressedSize
  return {
    path,
    size,
    slice: async (start, end) => {
      if (whole === undefined && end <= headBytes && end < size)
        return (await inflate(entry, end, zip)).slice(start, end)
      whole ??= inflate(entry, size, zip)
      return (await whole).slice(start, end)
    },
  }
}

/** The first `length` bytes of an entry; what it stated is what it must have. */
async function inflate(entry: FileEntry, length: number, zip: string): Promise<Uint8Array<ArrayBuffer>> {
  if (!readable.has(entry.compressionMethod)) {
    throw badZip(
      zip,
      `is packed in a way that cannot be read (${entry.filename})`,
      'Unpack it yourself, and drop the folder.',
    )
  }
  const enough = new AbortController()
  const isHead = length < entry.uncompressedSize
  const bytes = new Uint8Array(length)
  let filled = 0
  const target = new WritableStream<Uint8Array>({
    write: (chunk) => {
      if (!isHead && filled + chunk.length > length) throw new Error('more data than stated')
      const piece = chunk.subarray(0, length - filled)
      bytes.set(piece, filled)
      filled += piece.length
      if (isHead && filled === length) enough.abort()
    },
  })
  try {
    await entry.getData(target, { checkSignature: !isHead, signal: enough.signal })
  } catch (error) {
    if (!enough.signal.aborted) throw damaged(zip, error, entry.filename)
  }
  if (filled < length) throw damaged(zip, new Error('less data than stated'), entry.filename)
  return bytes
}

/** zip.js reads a zip by ranges, and so never has it whole in memory. */
class SourceReader extends Reader<SourceFile> {
  readonly #file: SourceFile

  constructor(file: SourceFile) {
    super(file)
    this.#file = file
    this.size = file.size
  }

  override readUint8Array(index: number, length: number): Promise<Uint8Array> {
    return this.#file.slice(index, Math.min(index + length, this.#file.size))
  }
}

/** What macOS and Windows leave in folders and zips. */
function isJunk(path: string): boolean {
  return /(^|\/)__MACOSX\//.test(path) || ['.DS_Store', 'Thumbs.db', 'desktop.ini'].includes(fileName(path))
}

function damaged(path: string, error: unknown, entry?: string): CutpointError {
  const known = asCutpointError(error)
  if (known.code !== 'internal') return known
  const where = entry === undefined ? '' : ` at ${entry}`
  return badZip(
    path,
    `is damaged or cut off${where}`,
    'Download it again.',
    error instanceof Error ? error.message : '',
  )
}

function badZip(path: string, what: string, next: string, reason = ''): CutpointError {
  return new CutpointError('bad-zip', `${path} ${what}.`, next, { path, ...(reason !== '' && { reason }) })
}
