import { fromBinary } from '@bufbuild/protobuf'
import { badGraph } from '../graphdef/bad-graph'
import { fieldsOf, wireFields, type ByteRange, type WireField } from '../graphdef/binary/wire'
import { SignatureDefSchema, type SignatureDef } from '../protobuf/tensorflow_pb'
import type { SourceFile } from '../types'

/** One graph of a SavedModel. */
export interface MetaGraph {
  /** What it is for: `serve`, `train`, `gpu`, … */
  readonly tags: readonly string[]
  /** Where its GraphDef lies in the file. */
  readonly graph: ByteRange
  readonly signatures: ReadonlyMap<string, SignatureDef>
  /** The tensor by which its saver is told which checkpoint to read; null where it has none. */
  readonly checkpointName: string | null
}

/** A signature is a list of names; anything larger is something else. */
const mostBytes = 2 ** 24

/**
 * The graphs of a saved_model.pb, their nodes still unread.
 * https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/protobuf/meta_graph.proto
 * Throws CutpointError `truncated` or `bad-graph`.
 */
export async function readMetaGraphs(file: SourceFile): Promise<MetaGraph[]> {
  const graphs: MetaGraph[] = []
  for await (const fields of wireFields(file, { start: 0, end: file.size })) {
    for (const field of fields) if (field.number === 2) graphs.push(await readMetaGraph(file, field))
  }
  if (graphs.length === 0) throw badGraph(file.path, 'it holds no graph')
  return graphs
}

/** One graph, which lies at `range`, its nodes still unread. Throws CutpointError `truncated` or `bad-graph`. */
export async function readMetaGraph(file: SourceFile, range: ByteRange): Promise<MetaGraph> {
  const tags: string[] = []
  const signatures = new Map<string, SignatureDef>()
  let graph: ByteRange | undefined
  let checkpointName: string | null = null
  for await (const fields of wireFields(file, range)) {
    for (const field of fields) {
      if (field.number === 1) tags.push(...(await readTexts(file, field, 4)))
      else if (field.number === 2) graph = { start: field.start, end: field.end }
      else if (field.number === 3) checkpointName = (await readTexts(file, field, 1)).at(0) ?? null
      else if (field.number === 5) {
        const [key, signature] = await readSignature(file, field)
        signatures.set(key, signature)
      }
    }
  }
  if (graph === undefined) throw badGraph(file.path, 'one of its graphs has no nodes')
  return { tags, graph, signatures, checkpointName }
}

/** The texts in one field of a message. */
async function readTexts(file: SourceFile, range: ByteRange, wanted: number): Promise<string[]> {
  const texts: string[] = []
  for await (const fields of wireFields(file, range)) {
    for (const { number, bytes } of fields) if (number === wanted && bytes) texts.push(new TextDecoder().decode(bytes))
  }
  return texts
}

/** An entry of a map from names to signatures. */
async function readSignature(file: SourceFile, field: WireField): Promise<[string, SignatureDef]> {
  if (field.end - field.start > mostBytes) throw badGraph(file.path, 'one of its signatures is too large')
  const bytes = field.bytes ?? (await file.slice(field.start, field.end))
  let key = ''
  let value = new Uint8Array()
  for (const part of fieldsOf(bytes, field.start, file)) {
    const inside = bytes.subarray(part.start - field.start, part.end - field.start)
    if (part.number === 1) key = new TextDecoder().decode(inside)
    else if (part.number === 2) value = inside.slice()
  }
  try {
    return [key, fromBinary(SignatureDefSchema, value, { readUnknownFields: false })]
  } catch {
    throw badGraph(`${file.path}, signature “${key}”`, 'it cannot be decoded')
  }
}
