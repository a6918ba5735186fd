import { fromBinary } from '@bufbuild/protobuf'
import { normaliseTensor } from '../../../graph/lookup/names'
import type { FunctionGraph, GraphNode } from '../../../graph/types'
import { uniqueName } from '../../../graph/lookup/unique-name'
import { GraphDefSchema, OpDefSchema, VersionDefSchema } from '../../protobuf/tensorflow_pb'
import { memoryFile } from '../../source'
import type { ReadContext, SourceFile } from '../../types'
import type { StoredWeight } from '../../weights/store'
import { badGraph } from '../bad-graph'
import { nodeDecoder, type DecodedNode } from './nodes'
import { readDtype } from '../dtypes'
import { readLongNode } from './long-nodes'
import type { ReadNode } from '../nodes'
import { readTensor } from './tensor'
import { encodeText } from '../text'
import { fieldsOf, wireFields, type ByteRange, type WireField } from './wire'

/** A GraphDef as read: constants are bound (`node.weight`) to the data in `weights`. */
export interface BinaryGraphDef {
  readonly nodes: ReadNode[]
  readonly functions: FunctionGraph[]
  readonly weights: Map<string, StoredWeight>
  /** The version of TensorFlow's graphs that it was written as; 0 where it does not say. */
  readonly producer: number
}

/**
 * The GraphDef at `range` of a file, read through a window: in memory at once are at most 4 MiB of the file, the structure, and
 * constants of up to 4 KiB; longer ones are read when they are needed. A function's constant `node` is renamed
 * `function/node`, and so is its data.
 * https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/framework/graph.proto
 * Throws CutpointError `truncated`, `bad-graph` or `bad-weight`.
 */
export async function readBinaryGraphDef(
  file: SourceFile,
  range: ByteRange,
  context: ReadContext,
): Promise<BinaryGraphDef> {
  const decode = nodeDecoder(file, normaliseTensor)
  const nodes: ReadNode[] = []
  const functions: FunctionGraph[] = []
  const weights = new Map<string, StoredWeight>()
  let producer = 0
  for await (const fields of wireFields(file, range)) {
    context.checkCancelled()
    context.progress('Reading the graph', fields[0].start - range.start, range.end - range.start, 'bytes')
    for (const field of fields) {
      if (field.number === 1) {
        // Graphs have a hundred thousand nodes, and nearly all can do without waiting.
        const decoded = decode(
          field.bytes ? { bytes: field.bytes, start: field.start } : await readLongNode(file, field),
        )
        const weight = decoded.value && (await bindValue(decoded, decoded.node.name, file, weights))
        nodes.push({ node: weight === undefined ? decoded.node : { ...decoded.node, weight } })
      } else if (field.number === 2) {
        for await (const inner of wireFields(file, field)) {
          for (const definition of inner) {
            if (definition.number === 1) functions.push(await readFunction(file, definition, weights))
          }
        }
      } else if (field.number === 4 && field.bytes) producer = versionIn(field.bytes)
    }
  }
  return { nodes: producer < scalarsKnown ? nodes.map(withUnknownScalar) : nodes, functions, weights, producer }
}

/** Before graphs of this version a placeholder without dimensions was one of unknown shape. Source: array_ops.cc. */
const scalarsKnown = 24

function withUnknownScalar(read: ReadNode): ReadNode {
  const { op, attributes } = read.node
  const { shape, dtype } = attributes
  const isScalar = op === 'Placeholder' && shape?.kind === 'shape' && shape.value?.length === 0
  // What is true or false switches branches, and is one value in any graph.
  if (!isScalar || (dtype?.kind === 'dtype' && dtype.value === 'bool')) return read
  return { ...read, node: { ...read.node, attributes: { ...attributes, shape: { kind: 'shape', value: null } } } }
}

/** Puts a constant's data among the weights; its id, or undefined for a node without any. */
async function bindValue(
  { value }: DecodedNode,
  id: string,
  file: SourceFile,
  weights: Map<string, StoredWeight>,
): Promise<string | undefined> {
  const weight = value && (await readTensor(id, value, file))
  if (!weight) return undefined
  weights.set(id, weight)
  return id
}

/** The GraphDef in a file in protobuf's text format. Throws CutpointError `too-large`, `bad-graph` or `bad-weight`. */
export async function readTextGraphDef(file: SourceFile, context: ReadContext): Promise<BinaryGraphDef> {
  const encoded = memoryFile(file.path, await encodeText(file, GraphDefSchema))
  return readBinaryGraphDef(encoded, { start: 0, end: encoded.size }, context)
}

function versionIn(bytes: Uint8Array): number {
  try {
    return fromBinary(VersionDefSchema, bytes).producer
  } catch {
    return 0
  }
}

/** https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/framework/function.proto */
async function readFunction(
  file: SourceFile,
  range: WireField,
  weights: Map<string, StoredWeight>,
): Promise<FunctionGraph> {
  const decode = nodeDecoder(file, (tensor) => tensor)
  const decoded: DecodedNode[] = []
  const returns: [string, string][] = []
  let signature: Pick<FunctionGraph, 'name' | 'inputs' | 'outputs'> | undefined
  for await (const fields of range.bytes ? [fieldsOf(range.bytes, range.start, file)] : wireFields(file, range)) {
    for (const field of fields) {
      if (field.number === 1) signature = signatureIn(file, await signatureBytes(file, field))
      else if (field.number === 3) {
        decoded.push(decode(field.bytes ? { bytes: field.bytes, start: field.start } : await readLongNode(file, field)))
      } else if (field.number === 4) returns.push(textEntry(file, field))
    }
  }
  if (!signature?.name) throw badGraph(file.path, 'its library holds a function without a name')
  const { name } = signature
  const renamed = new Map<string, string>()
  const bound: GraphNode[] = []
  for (const one of decoded) {
    const id = one.value ? uniqueName(`${name}/${one.node.name}`, (taken) => weights.has(taken)) : one.node.name
    const weight = await bindValue(one, id, file, weights)
    if (weight !== undefined) renamed.set(one.node.name, weight)
    bound.push(weight === undefined ? one.node : { ...one.node, name: weight, weight })
  }
  return {
    ...signature,
    nodes: renamed.size > 0 ? bound.map((node) => withNames(node, renamed)) : bound,
    returns: Object.fromEntries(returns.map(([key, tensor]) => [key, renameTensor(tensor, renamed)])),
  }
}

/** Names and types of thousands of arguments, as functions have that restore a network's variables. */
const longestSignature = 2 ** 24

async function signatureBytes(file: SourceFile, { bytes, start, end }: WireField): Promise<Uint8Array> {
  if (end - start > longestSignature) throw badGraph(file.path, 'its library holds a function with too many arguments')
  return bytes ?? file.slice(start, end)
}

function signatureIn(file: SourceFile, bytes: Uint8Array): Pick<FunctionGraph, 'name' | 'inputs' | 'outputs'> {
  try {
    const { name, inputArg, outputArg } = fromBinary(OpDefSchema, bytes, {
      readUnknownFields: false,
    })
    const argument = (arg: (typeof inputArg)[number]) => ({ name: arg.name, dtype: readDtype(arg.type) })
    return { name, inputs: inputArg.map(argument), outputs: outputArg.map(argument) }
  } catch {
    throw badGraph(file.path, 'its library holds a function that cannot be decoded')
  }
}

/** An entry of a map from text to text. */
function textEntry(file: SourceFile, { bytes, start }: WireField): [string, string] {
  const decoder = new TextDecoder()
  const entry: [string, string] = ['', '']
  for (const field of fieldsOf(bytes ?? new Uint8Array(), start, file)) {
    if ((field.number === 1 || field.number === 2) && field.bytes) entry[field.number - 1] = decoder.decode(field.bytes)
  }
  return entry
}

function withNames(node: GraphNode, renamed: ReadonlyMap<string, string>): GraphNode {
  return {
    ...node,
    inputs: node.inputs.map((tensor) => renameTensor(tensor, renamed)),
    controlInputs: node.controlInputs.map((name) => renamed.get(name) ?? name),
  }
}

/** `node:output:0` in a body. */
function renameTensor(tensor: string, renamed: ReadonlyMap<string, string>): string {
  const colon = tensor.indexOf(':')
  const name = colon < 0 ? tensor : tensor.slice(0, colon)
  const other = renamed.get(name)
  return other === undefined ? tensor : other + tensor.slice(name.length)
}
