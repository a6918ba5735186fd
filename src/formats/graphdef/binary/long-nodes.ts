import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import type { SourceFile } from '../../types'
import { badGraph } from '../bad-graph'
import type { NodeBytes } from './nodes'
import { wireFields, type ByteRange, type WireField } from './wire'

/** From a NodeDef to the data of its value: `attr`, its `value`, the `tensor`, its `tensor_content`. */
const pathToContent: readonly number[] = [5, 2, 8, 4]
/** What is not a constant's content is read whole, up to this. */
const mostRead = 2 ** 28

/**
 * A NodeDef that is long: read without the data of its value, which stays in the file. Whatever else is long in it
 * (values listed one by one) is read. Throws CutpointError `truncated` or `bad-graph`.
 */
export async function readLongNode(file: SourceFile, range: ByteRange): Promise<NodeBytes> {
  const found: { content?: ByteRange } = {}
  const bytes = await withoutContent(file, range, pathToContent, found)
  return { bytes, start: range.start, ...(found.content && { content: found.content }) }
}

/** The message at `range`, encoded again without the field that `path` leads to. */
async function withoutContent(
  file: SourceFile,
  range: ByteRange,
  [next, ...rest]: readonly number[],
  found: { content?: ByteRange },
): Promise<Uint8Array<ArrayBuffer>> {
  const writer = new BinaryWriter()
  for await (const fields of wireFields(file, range)) {
    for (const field of fields) {
      if (field.bytes !== null) writeField(writer, field, field.bytes)
      else if (field.number !== next) writeField(writer, field, await readLong(file, field))
      else if (rest.length > 0) writeField(writer, field, await withoutContent(file, field, rest, found))
      else found.content = { start: field.start, end: field.end }
    }
  }
  return writer.finish()
}

function writeField(writer: BinaryWriter, { number, type }: WireField, bytes: Uint8Array): void {
  writer.tag(number, type)
  if (type === WireType.LengthDelimited) writer.uint32(bytes.length)
  writer.raw(bytes)
}

function readLong(file: SourceFile, { start, end }: ByteRange): Promise<Uint8Array> {
  if (end - start > mostRead) throw badGraph(file.path, `at byte ${start} it holds a value too long to be read`)
  return file.slice(start, end)
}
