import { checkGraph } from '../../graph/check'
import { inlineCalls } from '../../graph/calls/inline'
import { inlineVariables } from '../../graph/calls/variables'
import { withTakenOutputs } from '../../graph/op-tables/taken-outputs'
import { trunk } from '../../graph/lookup/trunk'
import type { Graph, GraphNode, SignatureEntry, WeightInfo } from '../../graph/types'
import { openBundle } from '../checkpoint/bundle'
import { findCheckpoint, sizeOf, type CheckpointFiles, type CheckpointPlace } from '../checkpoint/files'
import type { BinaryGraphDef } from '../graphdef/binary/read'
import { naming } from '../naming'
import type { ReadContext, SourceFile } from '../types'
import { createStore, type StoredWeight } from '../weights/store'
import { restoredBy } from './restored'
import { bindVariables, variablesIn, type MissingValues } from './variables'

/** A graph and what is read of it. */
export interface GraphWithVariables {
  readonly main: SourceFile
  readonly read: BinaryGraphDef
  readonly inputs: readonly SignatureEntry[]
  readonly outputs: readonly SignatureEntry[]
  /** The tensor by which its saver is told which checkpoint to read; null where it has none. */
  readonly checkpointName: string | null
  readonly place: CheckpointPlace
  readonly missing: MissingValues
}

/** The part of a graph that its outputs need, its variables as constants. */
export interface BoundGraph {
  readonly graph: Graph
  readonly stored: Map<string, StoredWeight>
  /** Bytes of all files. */
  readonly bytes: number
  /** Variables that the checkpoint has no values for. */
  readonly unbound: readonly string[]
}

/** Unfolds the functions of a graph and puts the values of its checkpoint, among `files`, in the place of its variables. Throws CutpointError. */
export async function bindGraph(
  given: GraphWithVariables,
  files: readonly SourceFile[],
  context: ReadContext,
): Promise<BoundGraph> {
  const { main, read, inputs, outputs } = given
  context.progress('Unfolding functions', 0, 0)
  const nodes = read.nodes.map(({ node }) => node)
  const fetches = [...outputs, ...inputs].map(({ tensor }) => tensor)
  const inlined = naming(main.path, () =>
    inlineCalls({ nodes, functions: read.functions, weights: infosOf(read.weights) }, fetches),
  )
  const variables = variablesIn(inlined.nodes)
  const checkpoint = variables.length > 0 ? await findCheckpoint(main, files, given.place) : null
  context.progress('Reading the list of variables', 0, 0)
  const bound = checkpoint ? await valuesOf(variables, given, checkpoint) : new Map<string, StoredWeight>()
  // Only what the signature needs; Keras writes every variable twice.
  context.checkSize?.(main.size + [...bound.values()].reduce((sum, { info }) => sum + info.bytes, 0))
  context.checkCancelled()
  context.progress('Joining graph and weights', 0, 0)
  const resolved = inlineVariables(inlined, new Map([...bound.keys()].map((name) => [name, name])))
  const stored = new Map([...read.weights, ...bound])
  const moved = (entry: SignatureEntry): SignatureEntry => ({
    ...entry,
    tensor: inlined.tensors.get(entry.tensor) ?? entry.tensor,
  })
  const graph = graphOf(main, {
    ...resolved,
    nodes: withTakenOutputs(resolved.nodes),
    stored,
    inputs: inputs.map(moved),
    outputs: outputs.map(moved),
  })
  for (const id of stored.keys()) if (!graph.weights.has(id)) stored.delete(id)
  return {
    graph,
    stored,
    bytes: main.size + (checkpoint ? sizeOf(checkpoint) : 0),
    unbound: variables.flatMap(({ name }) => (bound.has(name) ? [] : [name])),
  }
}

async function valuesOf(
  variables: readonly GraphNode[],
  { read, checkpointName, missing }: GraphWithVariables,
  { index, shard }: CheckpointFiles,
): Promise<Map<string, StoredWeight>> {
  const graph = { nodes: read.nodes.map(({ node }) => node), functions: read.functions }
  const restored = await restoredBy(graph, createStore(read.weights), checkpointName)
  return bindVariables(variables, { bundle: await openBundle(index, shard), index, missing }, restored)
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
