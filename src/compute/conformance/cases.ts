import { readBinaryGraphDef } from '../../formats/graphdef/binary/read'
import { leaves, placeholders } from '../../formats/graphdef/ends'
import { memoryFile } from '../../formats/source'
import type { ReadContext, ReadModel, SourceFile } from '../../formats/types'
import { createStore } from '../../formats/weights/store'
import { findInputs } from '../../graph/image/input'
import { modernise } from '../../graph/legacy'
import { inferShapes } from '../../graph/shapes'
import { withTakenOutputs } from '../../graph/op-tables/taken-outputs'
import { withoutCalls } from '../../graph/calls/without-calls'
import type { TensorValue } from '../../types'
import type { RunnableModel } from '../run/run-graph'

/** By how much float32 may be off: absolute + relative · |wanted| + scaled · the largest finite |wanted|. */
export interface Tolerance {
  readonly relative?: number
  readonly absolute?: number
  readonly scaled?: number
}

/** One operation, or a few, with what goes in and what TensorFlow gives. */
export interface ConformanceCase {
  /** `operation/what is special`, which is also the scope of its nodes. */
  readonly name: string
  /** The operation it is about. */
  readonly op: string
  readonly feeds: readonly CaseTensor[]
  readonly fetches: readonly CaseTensor[]
  readonly tolerance: Tolerance
}

export interface CaseTensor {
  readonly tensor: string
  /** TensorFlow's. */
  readonly dtype: string
  readonly shape: readonly number[]
  /** Where its values begin, in bytes. */
  readonly at: number
}

/** All cases, with the one graph that they are parts of. */
export interface Cases {
  readonly model: RunnableModel
  readonly cases: readonly ConformanceCase[]
  readonly values: Uint8Array<ArrayBuffer>
}

/** The names of the files that `readCases` takes; `tools/fixtures/kernels` makes them. */
export const caseFiles = ['graph.pb.gz', 'cases.json.gz', 'values.bin.gz'] as const

/** Reads the cases' packed files, in the order of `caseFiles`, as a user's file is read. */
export async function readCases([graph, cases, values]: readonly Blob[]): Promise<Cases> {
  const context = { progress: () => undefined, checkCancelled: () => undefined }
  const file = memoryFile('kernels.pb', await unpacked(graph))
  const read = await readWhole(file, context)
  const present = modernise(read.graph)
  const infos = inferShapes(present)
  const defaults = findInputs(present, infos).others.flatMap(({ tensor, suggested }) =>
    suggested ? [[tensor, suggested] as const] : [],
  )
  const model: RunnableModel = {
    read,
    graph: present,
    whole: present,
    before: new Set(),
    image: null,
    flags: new Map(),
    infos,
    otherFeeds: new Map(defaults),
  }
  const listed = JSON.parse(new TextDecoder().decode(await unpacked(cases))) as readonly ConformanceCase[]
  return { model, cases: listed, values: await unpacked(values) }
}

/** As a frozen graph is read, but with every result for an output: cases that no input goes into stay. */
async function readWhole(file: SourceFile, context: ReadContext): Promise<ReadModel> {
  const { nodes, functions, weights } = await readBinaryGraphDef(file, { start: 0, end: file.size }, context)
  const bound = withTakenOutputs(nodes.map(({ node }) => node))
  const graph = withoutCalls({
    nodes: bound,
    weights: new Map([...weights].map(([id, { info }]) => [id, info])),
    inputs: placeholders(bound),
    outputs: leaves(bound),
    functions,
    scopes: new Map(),
  })
  const store = createStore(weights)
  return {
    name: 'kernels',
    format: 'frozen',
    graph,
    weights: store,
    bytes: file.size,
    labels: null,
    preprocessing: null,
    warnings: [],
  }
}

async function unpacked(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const stream = blob.stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** The value of a case's tensor, as the session takes values. */
export function valueOf({ dtype, shape, at }: CaseTensor, { values }: Cases): TensorValue {
  const size = shape.reduce((product, length) => product * length, 1)
  // Copies: what runs may write into what it is given.
  const buffer = values.slice(at, at + size * (dtype === 'bool' ? 1 : 4)).buffer
  const start = 0
  if (dtype === 'bool') return { shape: [...shape], dtype, data: new Uint8Array(buffer, start, size) }
  const isFloat = dtype.startsWith('float') || dtype === 'bfloat16'
  const data = isFloat ? new Float32Array(buffer, start, size) : new Int32Array(buffer, start, size)
  return { shape: [...shape], dtype, data }
}
