import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'
import { CutpointError } from '../../../errors'
import type { SourceFile } from '../../types'
import { badGraph } from '../bad-graph'

/** Bytes `[start, end)` of a file. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** One field of a message in protobuf's wire format; `start` and `end` are where its value lies in the file. */
export interface WireField extends ByteRange {
  readonly number: number
  readonly type: WireType
  /** The value's bytes; null for one longer than `mostWhole`, which stays in the file. */
  readonly bytes: Uint8Array | null
}

/** Longer values are left in the file. */
const mostWhole = 2 ** 16
/** Windows grow while fields follow one another and start small again after a jump. */
const firstWindow = 2 ** 16
const largestWindow = 2 ** 22
/** A tag and a length, each a varint of at most ten bytes. */
const headSize = 20

/**
 * The fields of the message at `range` in batches, read through a window of at most 4 MiB; long values are jumped over.
 * https://protobuf.dev/programming-guides/encoding/
 * Throws CutpointError `truncated` where a field goes beyond `range`, `bad-graph` where the bytes are no fields.
 */
export async function* wireFields(file: SourceFile, range: ByteRange): AsyncGenerator<readonly WireField[]> {
  let size = firstWindow
  for (let position = range.start; position < range.end;) {
    const base = position
    const window = await file.slice(base, Math.min(base + size, range.end))
    if (window.length === 0) throw cut(file, base)
    const fields: WireField[] = []
    for (;;) {
      const field = nextField(window, position - base, base, range.end, file)
      if (field === null) break
      fields.push(field)
      position = field.end
      if (position - base >= window.length) break
    }
    if (fields.length === 0 && size >= largestWindow) throw cut(file, base)
    size = position - base > window.length ? firstWindow : Math.min(2 * size, largestWindow)
    if (fields.length > 0) yield fields
  }
}

/** The fields of a message whose bytes are at hand; `start` is where they lie in the file. Throws as `wireFields`. */
export function fieldsOf(bytes: Uint8Array, start: number, file: SourceFile): WireField[] {
  const fields: WireField[] = []
  for (let at = 0; at < bytes.length;) {
    const field = nextField(bytes, at, start, start + bytes.length, file)
    if (field === null) break
    fields.push(field)
    at = field.end - start
  }
  return fields
}

/** The field at `at` of a window; null where its head, or a value short enough to be whole, goes on after the window. */
function nextField(window: Uint8Array, at: number, base: number, end: number, file: SourceFile): WireField | null {
  const isLast = base + window.length >= end
  if (!isLast && window.length - at < headSize) return null
  const reader = new BinaryReader(window.subarray(at))
  try {
    const [number, type] = reader.tag()
    const length = type === WireType.LengthDelimited ? reader.uint32() : 0
    const from = at + reader.pos
    if (type !== WireType.LengthDelimited) reader.skip(type, number)
    const to = type === WireType.LengthDelimited ? from + length : at + reader.pos
    if (base + to > end) throw cut(file, base + at)
    const isWhole = to <= window.length && to - from <= mostWhole
    if (!isWhole && to - from <= mostWhole) return null
    return {
      number,
      type,
      start: base + from,
      end: base + to,
      bytes: isWhole ? window.subarray(from, to) : null,
    }
  } catch (error) {
    if (error instanceof CutpointError) throw error
    // A group or number that goes on after the window; at the end of the message it never ends.
    if (!isLast && at > 0) return null
    throw badGraph(file.path, `at byte ${base + at} there is nothing that a TensorFlow graph could hold`)
  }
}

function cut(file: SourceFile, position: number): CutpointError {
  return new CutpointError(
    'truncated',
    `${file.path} is not whole: what begins at byte ${position} goes on after the end.`,
    'Download or export the file again.',
    { path: file.path, position, size: file.size },
  )
}
