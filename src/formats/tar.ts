import { CutpointError } from '../errors'
import type { UnpackGuard, UnpackLimits } from '../unpack-guard'
import { unpackGuard } from '../unpack-guard'
import { blobFile } from './source'
import type { ReadContext, SourceFile } from './types'

const block = 512
/** Longer names, in entries of their own before what they name, are no names. */
const mostName = 2 ** 16
const decoder = new TextDecoder()

/**
 * The files in a .tar, or in one packed with gzip; undefined for gzip around something else, whose one file is then given.
 * They lie in a folder named after the archive. Throws CutpointError `bad-zip`.
 */
export async function expandTar(file: SourceFile, limits: UnpackLimits, context: ReadContext): Promise<SourceFile[]> {
  const guard = unpackGuard(file.path, file.size, limits)
  const isPacked = await startsWithGzip(file)
  const whole = isPacked ? await gunzip(file, guard, context) : await asBlob(file)
  const name = file.path.replace(/\.(tar\.gz|tgz|tar|gz)$/i, '')
  if (!(await isTar(whole))) return [blobFile(name, whole)]
  return filesIn(file.path, name, whole, guard)
}

/** Whether a file begins as gzip or tar does. https://www.rfc-editor.org/rfc/rfc1952 */
async function startsWithGzip(file: SourceFile): Promise<boolean> {
  const [first, second] = await file.slice(0, 2)
  return first === 0x1f && second === 0x8b
}

async function asBlob(file: SourceFile): Promise<Blob> {
  return file.blob ?? new Blob([await file.slice(0, file.size)])
}

/** Whether it has the mark of POSIX' tar. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html */
async function isTar(blob: Blob): Promise<boolean> {
  return (await blob.slice(257, 262).text()) === 'ustar'
}

async function gunzip(file: SourceFile, guard: UnpackGuard, context: ReadContext): Promise<Blob> {
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform: (chunk, controller) => {
      context.checkCancelled()
      guard.unpacked(chunk.length)
      controller.enqueue(chunk)
    },
  })
  try {
    const stream = (await asBlob(file)).stream().pipeThrough(new DecompressionStream('gzip')).pipeThrough(counted)
    return await new Response(stream).blob()
  } catch (error) {
    throw error instanceof CutpointError ? error : damaged(file.path)
  }
}

async function filesIn(path: string, folder: string, tar: Blob, guard: UnpackGuard): Promise<SourceFile[]> {
  const files: SourceFile[] = []
  let longName: string | undefined
  for (let at = 0; at + block <= tar.size;) {
    const header = new Uint8Array(await tar.slice(at, at + block).arrayBuffer())
    if (header[0] === 0) break
    const size = sizeOf(header)
    const start = at + block
    const end = start + size
    if (!Number.isSafeInteger(size) || size < 0 || end > tar.size) throw damaged(path)
    const kind = String.fromCharCode(header[156])
    if (kind === 'L' || kind === 'x') {
      if (size > mostName) throw damaged(path)
      const text = await tar.slice(start, end).text()
      longName = kind === 'L' ? text.replace(/\0.*$/s, '') : paxPath(text)
    } else {
      const name = longName ?? nameOf(header)
      longName = undefined
      // Plain files alone: folders, links and devices hold nothing.
      if (kind === '0' || kind === '\0') {
        guard.listed(size)
        files.push(blobFile(`${folder}/${name.replace(/^(\.?\/)+/, '')}`, tar.slice(start, end)))
      }
    }
    at = start + Math.ceil(size / block) * block
  }
  return files
}

const textAt = (header: Uint8Array, start: number, length: number): string =>
  decoder.decode(header.subarray(start, start + length)).replace(/\0.*$/s, '')

function nameOf(header: Uint8Array): string {
  const prefix = textAt(header, 345, 155)
  const name = textAt(header, 0, 100)
  return prefix === '' ? name : `${prefix}/${name}`
}

/** Octal digits; where the first bit is set, a binary number. */
function sizeOf(header: Uint8Array): number {
  if (header[124] < 0x80) return parseInt(textAt(header, 124, 12).trim() || '0', 8)
  return header.subarray(125, 136).reduce((value, byte) => value * 256 + byte, 0)
}

/** The path in an extended header, whose lines are `length key=value`. */
function paxPath(text: string): string | undefined {
  return /(?:^|\n)\d+ path=([^\n]*)/.exec(text)?.[1]
}

function damaged(path: string): CutpointError {
  return new CutpointError('bad-zip', `${path} is damaged or cut off.`, 'Download it again.', { path })
}
