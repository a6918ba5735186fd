import { fromBinary } from '@bufbuild/protobuf'
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'
import { CutpointError } from '../../../errors'
import type { Attribute, Attributes, GraphNode } from '../../../graph/types'
import { AttrValueSchema, TensorProtoSchema } from '../../protobuf/tensorflow_pb'
import type { SourceFile } from '../../types'
import { attributeFrom } from './attributes'
import { badGraph } from '../bad-graph'
import { withDefaults } from '../defaults'
import type { PlacedTensor } from './tensor'
import type { ByteRange } from './wire'

/** The encoded NodeDef, and where what was taken out of it, or the whole of it, lies in the file. */
export interface NodeBytes {
  readonly bytes: Uint8Array
  /** Where `bytes` begin in the file. */
  readonly start: number
  /** Where the data of its value is, if it was left out. */
  readonly content?: ByteRange
}

/** A node, and its value if it is a constant. */
export interface DecodedNode {
  readonly node: GraphNode
  readonly value?: PlacedTensor
}

const none: readonly string[] = []
const latin1 = new TextDecoder('latin1')

/**
 * Decodes NodeDefs of one file. Nodes with the same attributes share them, those that the file leaves out come from the
 * op's definition, and what is encoded the same is decoded once: large graphs repeat few attributes thousands of times.
 * The function returned throws CutpointError `bad-graph`.
 */
export function nodeDecoder(file: SourceFile, spelling: (tensor: string) => string): (node: NodeBytes) => DecodedNode {
  const entries = new Map<string, readonly [string, Attribute]>()
  const wholes = new Map<string, Attributes>()
  const entryOf = (bytes: Uint8Array, where: string): readonly [string, Attribute] => {
    const key = latin1.decode(bytes)
    const known = entries.get(key)
    if (known) return known
    const { name, value } = splitEntry(bytes)
    const decoded = fromBinary(AttrValueSchema, value, { readUnknownFields: false })
    const entry = [name, attributeFrom(decoded, `${where}, attribute “${name}”`)] as const
    entries.set(key, entry)
    return entry
  }
  return ({ bytes, start, content }) => {
    const raw = within(file, () => splitNode(bytes))
    const { name, op } = raw
    if (name === '') throw badGraph(file.path, 'it holds a node without a name')
    const where = `${file.path}, node “${name}”`
    if (op === '') throw badGraph(where, 'it does not say which operation it is')
    const inputs = raw.inputs.filter((input) => !input.startsWith('^')).map(spelling)
    const controlInputs = raw.inputs.filter((input) => input.startsWith('^')).map((input) => input.slice(1))
    const value = op === 'Const' ? raw.attributes.findIndex((entry) => isValue(entry)) : -1
    const others = value < 0 ? raw.attributes : raw.attributes.toSpliced(value, 1)
    const encoded = value < 0 ? latin1.decode(raw.span) : others.map((entry) => latin1.decode(entry)).join()
    const key = `${op} ${encoded}`
    const attributes =
      wholes.get(key) ??
      withDefaults(
        op,
        within(file, () => Object.fromEntries(others.map((entry) => entryOf(entry, where)))),
      )
    wholes.set(key, attributes)
    const node = {
      name,
      op,
      inputs: inputs.length > 0 ? inputs : none,
      controlInputs: controlInputs.length > 0 ? controlInputs : none,
      attributes,
    }
    if (value < 0) return { node }
    const tensor = within(file, () => placedTensor(raw.attributes[value], bytes, start))
    return tensor ? { node, value: content ? { ...tensor, content } : tensor } : { node }
  }
}

interface RawNode {
  name: string
  op: string
  inputs: string[]
  /** Each an entry of the map from names to AttrValues. */
  attributes: Uint8Array[]
  /** All of them with what stands between, as encoded. */
  span: Uint8Array
}

function splitNode(bytes: Uint8Array): RawNode {
  const reader = new BinaryReader(bytes)
  const node: RawNode = { name: '', op: '', inputs: [], attributes: [], span: bytes.subarray(0, 0) }
  let [first, last] = [bytes.length, 0]
  while (reader.pos < reader.len) {
    const start = reader.pos
    const [number, type] = reader.tag()
    if (type !== WireType.LengthDelimited) reader.skip(type, number)
    else if (number === 1) node.name = reader.string()
    else if (number === 2) node.op = reader.string()
    else if (number === 3) node.inputs.push(reader.string())
    else if (number === 5) {
      node.attributes.push(reader.bytes())
      first = Math.min(first, start)
      last = reader.pos
    } else reader.skip(type, number)
  }
  return { ...node, span: bytes.subarray(first, last) }
}

function splitEntry(bytes: Uint8Array): { name: string; value: Uint8Array } {
  const reader = new BinaryReader(bytes)
  const entry: { name: string; value: Uint8Array } = { name: '', value: new Uint8Array() }
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag()
    if (type !== WireType.LengthDelimited) reader.skip(type, number)
    else if (number === 1) entry.name = reader.string()
    else if (number === 2) entry.value = reader.bytes()
    else reader.skip(type, number)
  }
  return entry
}

/** Whether an entry's name, which comes first, is `value`. */
function isValue(entry: Uint8Array): boolean {
  return entry.length > 7 && entry[0] === 0x0a && entry[1] === 5 && latin1.decode(entry.subarray(2, 7)) === 'value'
}

/** The tensor in the attribute `value`, or undefined if it holds something else. */
function placedTensor(entry: Uint8Array, node: Uint8Array, start: number): PlacedTensor | undefined {
  const reader = new BinaryReader(splitEntry(entry).value)
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag()
    if (number === 8 && type === WireType.LengthDelimited) {
      const tensor = fromBinary(TensorProtoSchema, reader.bytes(), { readUnknownFields: false })
      const at = start + tensor.tensorContent.byteOffset - node.byteOffset
      const size = tensor.tensorContent.length
      return { tensor, content: size > 0 ? { start: at, end: at + size } : { start: 0, end: 0 } }
    }
    reader.skip(type, number)
  }
  return undefined
}

/** What the protobuf library throws, in words. */
function within<T>(file: SourceFile, decode: () => T): T {
  try {
    return decode()
  } catch (error) {
    if (error instanceof CutpointError) throw error
    throw badGraph(file.path, 'it is damaged: a node in it cannot be decoded')
  }
}
