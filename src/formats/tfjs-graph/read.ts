import { checkGraph } from '../../graph/check'
import { withTakenOutputs } from '../../graph/op-tables/taken-outputs'
import { withoutCalls } from '../../graph/calls/without-calls'
import type { Graph, GraphNode, WeightInfo } from '../../graph/types'
import { readFunctions } from '../graphdef/functions'
import { badGraph } from '../graphdef/bad-graph'
import { nodeReader, type ReadNode } from '../graphdef/nodes'
import { isArray, isRecord, own, type JsonRecord } from '../json'
import { modelName } from '../model-name'
import { naming } from '../naming'
import { readMetadata } from '../metadata'
import type { ReadContext, ReadModel, SourceFile } from '../types'
import { createStore, type StoredWeight } from '../weights/store'
import { bindBodyConstant, bindConstant } from './constants'
import { readModelJson, readModelWeights } from './model-json'
import { readSignature } from './signature'

/** Reads a tfjs graph model: `main` is its model.json, `files` hold its weights. Throws CutpointError. */
export async function readTfjsGraph(
  main: SourceFile,
  files: readonly SourceFile[],
  context: ReadContext,
): Promise<ReadModel> {
  const file = main.path
  const { model, topology } = await readModelJson(main, context, badGraph)
  const nodes = readNodes(topology, file)
  const { stored, bytes } = await readModelWeights(model, main, files, context)
  context.checkCancelled()
  context.progress('Joining graph and weights', 0, 0)
  const { graph, unused, signatureWarnings } = join(model, topology, nodes, stored, file)
  const metadata = await readMetadata(model, main, files, graph)
  return {
    name: modelName(file),
    format: 'tfjs-graph',
    graph,
    weights: createStore(stored),
    bytes,
    labels: metadata.labels,
    preprocessing: metadata.preprocessing,
    warnings: [...signatureWarnings, ...initializerWarnings(model), ...unusedWarnings(unused), ...metadata.warnings],
  }
}

function readNodes(topology: JsonRecord, file: string): ReadNode[] {
  const nodes = own(topology, 'node')
  if (!isArray(nodes) || nodes.length === 0) throw badGraph(file, 'its modelTopology has no nodes')
  return nodes.map(nodeReader(file))
}

/** The graph with its constants joined to their data; weights that no constant uses are taken out of `stored`. */
function join(
  model: JsonRecord,
  topology: JsonRecord,
  nodes: readonly ReadNode[],
  stored: Map<string, StoredWeight>,
  file: string,
): { graph: Graph; unused: string[]; signatureWarnings: readonly string[] } {
  const bound = withTakenOutputs(nodes.map((node) => bindConstant(node, stored, file)))
  const functions = readFunctions(own(topology, 'library'), file).map((definition) => ({
    ...definition,
    nodes: definition.nodes.map((node) => bindBodyConstant(node, stored, file)),
  }))
  const unused = notUsed(stored, [bound, ...functions.map((definition) => definition.nodes)])
  for (const id of unused) stored.delete(id)
  const weights = new Map<string, WeightInfo>()
  for (const [id, weight] of stored) weights.set(id, weight.info)
  const signature = readSignature(model, bound, file)
  const graph: Graph = {
    nodes: bound,
    weights,
    inputs: signature.inputs,
    outputs: signature.outputs,
    functions,
    scopes: new Map(),
  }
  naming(file, () => {
    checkGraph(graph)
  })
  return { graph: withoutCalls(graph), unused, signatureWarnings: signature.warnings }
}

function notUsed(stored: ReadonlyMap<string, StoredWeight>, bodies: readonly (readonly GraphNode[])[]): string[] {
  const used = new Set<string | undefined>()
  for (const nodes of bodies) for (const node of nodes) used.add(node.weight)
  return [...stored.keys()].filter((id) => !used.has(id))
}

function initializerWarnings(model: JsonRecord): string[] {
  if (!isRecord(own(model, 'modelInitializer'))) return []
  return [
    'This model fills look-up tables when it starts. Cutpoint does not run that part, so what looks words up will not work.',
  ]
}

function unusedWarnings(unused: readonly string[]): string[] {
  if (unused.length === 0) return []
  const shown = unused.slice(0, 3).join(', ')
  return [
    `${unused.length} of the stored weights are used by no operation and are left out: ${shown}${unused.length > 3 ? ', …' : ''}.`,
  ]
}
