import { indexGraph, type GraphIndex } from '../lookup/graph-index'
import { splitTensor } from '../lookup/names'
import { trunk } from '../lookup/trunk'
import { runPasses, type Work } from '../optimise'
import { channelsLast } from '../optimise/passes/channels-last'
import { inferShapes } from '../shapes'
import type { Graph, GraphNode, SignatureEntry, TensorInfo, WeightStore } from '../types'
import { dataInputs, dataNodes, dataPath, nodesBehind } from './flow'
import { areMaps } from './freeze-points'
import { stoppedBy } from './slopes'
import { loosening } from './loosen'
import type { TailEnds, TailFound, TailRefusal } from './types'
import { trainedWeights } from './weights'

/** What a tail is looked for in. */
export interface TailSource {
  readonly graph: Graph
  readonly weights: WeightStore
  /** The picture's input, whose batch is freed; null where it is free. */
  readonly image: string | null
}

/** The part of a network from the maps at `freeze` to `output`, taken apart, or why there is none. */
export async function findTail({ graph, weights, image }: TailSource, ends: TailEnds): Promise<TailFound> {
  const outputs = [ends.output, ends.freeze].map((tensor) => entryOf(tensor))
  const work = { graph: { ...graph, outputs }, weights, batchFree: false }
  const context = { evaluate: null, image }
  const loose = await runPasses(loosening, work, context)
  const index = indexGraph(loose.graph)
  const infos = inferShapes(loose.graph)
  const refusal = refusalOf(index, infos, ends)
  if (refusal) return { tail: null, refusal }
  const own = await runPasses([channelsLast], { ...loose, graph: cutOff(index, infos, ends) }, context)
  return tailOf(own, index, ends)
}

const entryOf = (tensor: string): SignatureEntry => ({ key: tensor, tensor, dtype: 'float32', shape: null })

function refusalOf(index: GraphIndex, infos: ReadonlyMap<string, TensorInfo>, ends: TailEnds): TailRefusal | null {
  const { freeze, output } = ends
  if (!areMaps(freeze, infos)) return { code: 'no-maps' }
  const path = dataPath(index, output)
  const behind = nodesBehind(path, freeze)
  if (!behind.has(splitTensor(output).node)) return { code: 'not-before' }
  const nodes = path.filter(({ name }) => behind.has(name))
  const round = goingRound(nodes, path, freeze, behind)
  if (round !== null) return { code: 'goes-round', tensor: round }
  for (const node of nodes) {
    const why = stoppedBy(node, index, infos)
    if (why !== null) return { code: 'operation', node: node.name, op: node.op, why }
  }
  return null
}

/** A tensor of the trunk that comes into the tail beside the freeze point; null where there is none. */
function goingRound(
  nodes: readonly GraphNode[],
  path: readonly GraphNode[],
  freeze: string,
  behind: ReadonlySet<string>,
): string | null {
  const fed = new Set(path.map(({ name }) => name))
  for (const node of nodes) {
    const other = dataInputs(node).find((tensor) => {
      const { node: maker } = splitTensor(tensor)
      return tensor !== freeze && fed.has(maker) && !behind.has(maker)
    })
    if (other !== undefined) return other
  }
  return null
}

/** What learns in a tail that stands by itself; `whole` is the network it was cut off. */
function tailOf({ graph, weights }: Work, whole: GraphIndex, ends: TailEnds): TailFound {
  const own = indexGraph(graph)
  const trained = trainedWeights(dataNodes(own, ends.output), own)
  if (trained.length === 0) return { tail: null, refusal: { code: 'nothing-trained' } }
  const takenBefore = new Set(frozenNodes(whole, ends).flatMap((node) => weightsOf(node, whole)))
  const parameters = trained.reduce((sum, { values }) => sum + values, 0)
  const untied = [...new Set(trained.map((weight) => weight.of))].filter((id) => takenBefore.has(id))
  return { tail: { ...ends, graph, weights, trained, parameters, untied }, refusal: null }
}

/** Nodes that compute what the freeze point is made of. */
function frozenNodes(whole: GraphIndex, { freeze }: TailEnds): readonly GraphNode[] {
  return dataNodes(whole, freeze).filter(({ weight }) => weight === undefined)
}

/** Those of the file that a node takes. */
const weightsOf = (node: GraphNode, index: GraphIndex): readonly string[] =>
  node.inputs.flatMap((tensor) => {
    const id = index.nodes.get(splitTensor(tensor).node)?.weight
    return id === undefined ? [] : [index.graph.weights.get(id)?.of ?? id]
  })

/** The graph from the freeze point on: what made it is an input now, and what is left of the rest is gone. */
function cutOff({ graph }: GraphIndex, infos: ReadonlyMap<string, TensorInfo>, { freeze, output }: TailEnds): Graph {
  const maps = { key: 'maps', tensor: freeze, dtype: 'float32', shape: mapsShape(infos, freeze) } as const
  const { node: maker } = splitTensor(freeze)
  const input: GraphNode = {
    name: maker,
    op: 'Placeholder',
    inputs: [],
    controlInputs: [],
    attributes: { dtype: { kind: 'dtype', value: 'float32' }, shape: { kind: 'shape', value: maps.shape } },
  }
  const nodes = graph.nodes.map((node) => (node.name === maker ? input : node))
  return trunk({ ...graph, nodes, inputs: [...graph.inputs, maps] }, [output])
}

const mapsShape = (infos: ReadonlyMap<string, TensorInfo>, freeze: string): (number | null)[] => [
  null,
  ...(infos.get(freeze)?.shape?.slice(1) ?? []),
]
