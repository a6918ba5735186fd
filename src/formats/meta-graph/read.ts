import { indexGraph } from '../../graph/lookup/graph-index'
import { splitTensor } from '../../graph/lookup/names'
import { ancestors } from '../../graph/lookup/trunk'
import type { GraphNode, SignatureEntry } from '../../graph/types'
import type { CheckpointPlace } from '../checkpoint/files'
import { graphEnds } from '../frozen/signature'
import { badGraph } from '../graphdef/bad-graph'
import { readBinaryGraphDef } from '../graphdef/binary/read'
import { readMetadata } from '../metadata'
import { modelName } from '../model-name'
import { readMetaGraph, type MetaGraph } from '../saved-model/meta-graphs'
import { entriesOf } from '../saved-model/signature'
import { bindGraph } from '../saved-model/with-variables'
import { fileName } from '../source'
import type { ReadContext, ReadModel, SourceFile } from '../types'
import { createStore } from '../weights/store'

/**
 * Reads the graph of a checkpoint, `main`, with the values of its variables from the checkpoint's other files among
 * `files`; what only trains, saves and restores is left out. Throws CutpointError.
 * https://github.com/tensorflow/tensorflow/blob/master/tensorflow/python/training/saver.py
 */
export async function readMetaCheckpoint(
  main: SourceFile,
  files: readonly SourceFile[],
  context: ReadContext,
): Promise<ReadModel> {
  context.checkSize?.(main.size)
  context.progress('Reading the graph', 0, 0)
  const meta = await readMetaGraph(main, { start: 0, end: main.size })
  const read = await readBinaryGraphDef(main, meta.graph, context)
  context.checkCancelled()
  const { inputs, outputs } = endsOf(
    meta,
    read.nodes.map(({ node }) => node),
    main,
  )
  const { checkpointName } = meta
  const place = placeOf(main, files)
  const bound = await bindGraph(
    { main, read, inputs, outputs, checkpointName, place, missing: 'leave-out' },
    files,
    context,
  )
  const metadata = await readMetadata({}, main, files, bound.graph)
  return {
    name: modelName(main.path),
    format: 'checkpoint',
    graph: bound.graph,
    weights: createStore(bound.stored),
    bytes: bound.bytes,
    labels: metadata.labels,
    preprocessing: metadata.preprocessing,
    warnings: [...unboundWarnings(bound.unbound, place), ...metadata.warnings],
  }
}

/** Those of its signature where it has just one; graphs that were trained mostly have none. */
function endsOf(
  { signatures }: MetaGraph,
  nodes: readonly GraphNode[],
  main: SourceFile,
): { inputs: readonly SignatureEntry[]; outputs: readonly SignatureEntry[] } {
  if (nodes.length === 0) throw badGraph(main.path, 'it holds no nodes')
  const [[key, signature] = [undefined, undefined], ...others] = [...signatures]
  if (signature === undefined || others.length > 0) return networkEnds(nodes)
  const where = `${main.path}, signature “${key}”`
  return { inputs: entriesOf(signature.inputs, where), outputs: entriesOf(signature.outputs, where) }
}

/** The outputs of a graph without a signature, and those of its inputs that they need: labels, say, are for training. */
function networkEnds(nodes: readonly GraphNode[]): ReturnType<typeof graphEnds> {
  const { inputs, outputs } = graphEnds(nodes)
  const needed = ancestors(
    indexGraph({ nodes, inputs, outputs, functions: [], weights: new Map(), scopes: new Map() }),
    outputs.map(({ tensor }) => tensor),
  )
  return { inputs: inputs.filter(({ tensor }) => needed.has(splitTensor(tensor).node)), outputs }
}

function placeOf(main: SourceFile, files: readonly SourceFile[]): CheckpointPlace {
  const prefix = fileName(main.path).replace(/\.meta$/, '')
  const isOld = files.some(({ path }) => fileName(path) === prefix)
  return {
    prefix,
    next: isOld
      ? `${prefix} itself is a checkpoint of before TensorFlow 0.12, which Cutpoint does not read: open it in TensorFlow, and save it again.`
      : `Drop all files of the checkpoint together: ${prefix}.meta, ${prefix}.index and ${prefix}.data-….`,
  }
}

function unboundWarnings(names: readonly string[], { prefix }: CheckpointPlace): string[] {
  if (names.length === 0) return []
  const some = names.slice(0, 3).join(', ') + (names.length > 3 ? ', …' : '')
  return [
    `The checkpoint ${prefix} has no values for ${names.length} ${names.length === 1 ? 'variable' : 'variables'} (${some}), so what needs them cannot run.`,
  ]
}
