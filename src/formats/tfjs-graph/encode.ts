import type { Graph, GraphNode, WeightInfo, WeightStore } from '../../graph/types'
import { bytesOf } from '../../graph/lookup/weights'
import { CutpointError } from '../../errors'
import { writeFunctions } from '../graphdef/functions'
import { writeTensorStub } from '../graphdef/inline-tensor'
import { writeNode } from '../graphdef/nodes'
import type { JsonRecord } from '../json'
import { isTfjsQuantisation } from './manifest'
import { writeSignature } from './signature'

/** One entry of a weights manifest, as tfjs' WeightsManifestEntry (tfjs-core, src/io/types.ts). */
export interface WeightEntry {
  name: string
  shape: number[]
  dtype: 'float32' | 'int32' | 'bool' | 'string'
  quantization?: { dtype: 'float16' | 'uint8' | 'uint16'; scale?: number; min?: number }
}

/** A graph in the JSON of tfjs graph models, with the weights it uses in the order of their data. */
export interface EncodedGraph {
  readonly modelTopology: JsonRecord
  readonly signature: JsonRecord
  readonly weightSpecs: WeightEntry[]
  /** Bytes of each weight as stored, in the order of `weightSpecs`, read when asked for; views, not to be transferred. */
  readonly data: readonly (() => Promise<Uint8Array>)[]
}

/** Encodes structure and lists the weights, quantised ones as they are. Throws CutpointError `bad-weight`. */
export function encodeGraph(graph: Graph, weights: WeightStore): EncodedGraph {
  const used = usedWeights(graph)
  const write = (node: GraphNode): JsonRecord => writeNode(node, constantValue(node, graph))
  return {
    modelTopology: {
      node: graph.nodes.map(write),
      library: writeFunctions(graph.functions, write),
      versions: {},
    },
    signature: writeSignature(graph.inputs, graph.outputs),
    weightSpecs: used.map(({ name, info }) => writeEntry(name, info)),
    data: used.map(
      ({ info }) =>
        () =>
          dataOf(info, weights),
    ),
  }
}

/** Bytes as tfjs reads them: as stored where it knows that way to store, else converted. */
async function dataOf({ id, stored }: WeightInfo, weights: WeightStore): Promise<Uint8Array> {
  if (stored === undefined || isTfjsQuantisation(stored)) return weights.raw(id)
  return bytesOf(await weights.values(id))
}

interface UsedWeight {
  /** tfjs finds data by the name of the constant. */
  readonly name: string
  readonly info: WeightInfo
}

/** The weights of a graph's constants, one entry a node name, in node order. */
function usedWeights(graph: Graph): UsedWeight[] {
  const used = new Map<string, UsedWeight>()
  for (const node of [...graph.nodes, ...graph.functions.flatMap((definition) => definition.nodes)]) {
    if (node.weight !== undefined) used.set(node.name, { name: node.name, info: infoOf(node, node.weight, graph) })
  }
  return [...used.values()]
}

function infoOf(node: GraphNode, id: string, graph: Graph): WeightInfo {
  const info = graph.weights.get(id)
  if (info) return info
  throw new CutpointError('bad-weight', `The constant “${node.name}” has no data.`, 'Open the model again.', { id })
}

function constantValue(node: GraphNode, graph: Graph): JsonRecord | undefined {
  if (node.weight === undefined) return undefined
  const info = infoOf(node, node.weight, graph)
  const declared = node.attributes.dtype
  return writeTensorStub(declared?.kind === 'dtype' ? declared.value : info.dtype, info.shape)
}

/** tfjs reads no uint8 weights: they become int32, stored in the same bytes. */
function writeEntry(name: string, { dtype, shape, stored }: WeightInfo): WeightEntry {
  const entry = { name, shape: [...shape] }
  switch (dtype) {
    case 'uint8':
      return { ...entry, dtype: 'int32', quantization: { dtype: 'uint8', scale: 1, min: 0 } }
    case 'float32':
    case 'int32':
      return stored && isTfjsQuantisation(stored)
        ? { ...entry, dtype, quantization: { ...stored } }
        : { ...entry, dtype }
    case 'bool':
    case 'string':
      return { ...entry, dtype }
    default:
      throw new CutpointError(
        'unknown-dtype',
        `The weight “${name}” has type ${dtype}, which tfjs graph models cannot hold.`,
        'Cut before the part that uses it.',
        { name, dtype },
      )
  }
}
