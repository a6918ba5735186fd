import { checkGraph } from '../../graph/check'
import { inlineCalls } from '../../graph/inline'
import { inlineVariables } from '../../graph/inline-variables'
import { withTakenOutputs } from '../../graph/taken-outputs'
import { trunk } from '../../graph/trunk'
import type { Graph, GraphNode, SignatureEntry, WeightInfo } from '../../graph/types'
import { openBundle } from '../checkpoint/bundle'
import { readBinaryGraphDef, type BinaryGraphDef } from '../graphdef/binary'
import { readMetadata } from '../metadata'
import { modelName } from '../model-name'
import { naming } from '../naming'
import type { ReadContext, ReadModel, SourceFile } from '../types'
import { createStore, type StoredWeight } from '../weights/store'
import { choosePart } from './choose'
import { findCheckpoint, type CheckpointFiles } from './files'
import { kerasScopes } from './keras-scopes'
import { readMetaGraphs } from './meta-graphs'
import { restoredBy } from './restored'
import { entriesOf } from './signature'
import { bindVariables, variablesIn } from './variables'

/**
 * Reads one signature of a SavedModel: `main` is its saved_model.pb, `files` hold its variables. Throws CutpointError.
 * https://www.tensorflow.org/guide/saved_model
 */
export async function readSavedModel(
  main: SourceFile,
  files: readonly SourceFile[],
  context: ReadContext,
): Promise<ReadModel> {
  context.checkSize?.(main.size)
  context.progress('Reading the graph', 0, 0)
  const metas = await readMetaGraphs(main)
  const { meta, key, signature, warnings } = choosePart(metas, main.path, context.part)
  const where = `${main.path}, signature “${key}”`
  const inputs = entriesOf(signature.inputs, where)
  const outputs = entriesOf(signature.outputs, where)
  const read = await readBinaryGraphDef(main, meta.graph, context)
  context.checkCancelled()
  context.progress('Unfolding functions', 0, 0)
  const nodes = read.nodes.map(({ node }) => node)
  const fetches = [...outputs, ...inputs].map(({ tensor }) => tensor)
  const inlined = naming(main.path, () =>
    inlineCalls({ nodes, functions: read.functions, weights: infosOf(read.weights) }, fetches),
  )
  const variables = variablesIn(inlined.nodes)
  const checkpoint = variables.length > 0 ? await findCheckpoint(main, files) : null
  const bytes = main.size + sizeOf(checkpoint)
  context.progress('Reading the list of variables', 0, 0)
  const bound = checkpoint
    ? await readVariables(variables, read, checkpoint, meta.checkpointName)
    : new Map<string, StoredWeight>()
  // Only what the signature needs; Keras writes every variable twice.
  context.checkSize?.(main.size + [...bound.values()].reduce((sum, { info }) => sum + info.bytes, 0))
  context.checkCancelled()
  context.progress('Joining graph and weights', 0, 0)
  const resolved = inlineVariables(inlined, new Map([...bound.keys()].map((name) => [name, name])))
  const stored = new Map([...read.weights, ...bound])
  const place = (entry: SignatureEntry): SignatureEntry => ({
    ...entry,
    tensor: inlined.tensors.get(entry.tensor) ?? entry.tensor,
  })
  const resolvedNodes = withTakenOutputs(resolved.nodes)
  const graph = graphOf(main, {
    ...resolved,
    nodes: resolvedNodes,
    stored,
    inputs: inputs.map(place),
    outputs: outputs.map(place),
  })
  for (const id of stored.keys()) if (!graph.weights.has(id)) stored.delete(id)
  const scopes = await kerasScopes(main, files, graph.nodes)
  const metadata = await readMetadata({}, main, files, graph)
  return {
    name: modelName(main.path),
    format: 'saved-model',
    graph: { ...graph, scopes },
    weights: createStore(stored),
    bytes,
    labels: metadata.labels,
    preprocessing: metadata.preprocessing,
    warnings: [...warnings, ...metadata.warnings],
  }
}

async function readVariables(
  variables: readonly GraphNode[],
  read: BinaryGraphDef,
  { index, shard }: CheckpointFiles,
  checkpointName: string | null,
): Promise<Map<string, StoredWeight>> {
  const graph = { nodes: read.nodes.map(({ node }) => node), functions: read.functions }
  const restored = await restoredBy(graph, createStore(read.weights), checkpointName)
  return bindVariables(variables, await openBundle(index, shard), restored, index)
}

interface Parts extends Pick<Graph, 'nodes' | 'functions' | 'inputs' | 'outputs'> {
  readonly stored: ReadonlyMap<string, StoredWeight>
}

/** What the outputs need, and the inputs. */
function graphOf(main: SourceFile, { nodes, functions, inputs, outputs, stored }: Parts): Graph {
  return naming(main.path, () => {
    const whole: Graph = { nodes, functions, inputs, outputs, weights: infosOf(stored), scopes: new Map() }
    const kept = trunk(
      whole,
      [...outputs, ...inputs].map(({ tensor }) => tensor),
    )
    const graph = { ...kept, inputs, outputs }
    checkGraph(graph)
    return graph
  })
}

function infosOf(stored: ReadonlyMap<string, StoredWeight>): Map<string, WeightInfo> {
  return new Map([...stored].map(([id, { info }]) => [id, info]))
}

const sizeOf = (checkpoint: CheckpointFiles | null): number =>
  checkpoint ? [checkpoint.index, ...checkpoint.data].reduce((sum, file) => sum + file.size, 0) : 0
