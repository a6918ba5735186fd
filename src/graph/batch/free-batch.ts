import { trackBatch } from './axis'
import { findBlockers } from './blockers'
import type { BatchAxis } from './operands'
import { dataFlow } from '../lookup/flow'
import { freeReshapes } from './free-reshapes'
import { indexGraph } from '../lookup/graph-index'
import { splitTensor } from '../lookup/names'
import { inferShapes } from '../shapes'
import type { Attributes, Graph, GraphNode, Shape, SignatureEntry, TensorInfo } from '../types'
import type { NewWeights } from '../lookup/weights'

export interface FreedBatch {
  readonly graph: Graph
  /** Constants that the freed graph has and the given one had not. */
  readonly weights: NewWeights
  /** Whether any number of pictures can go through at once. */
  readonly free: boolean
  /** What still holds on to the batch size: operation, node and reason in one sentence each. */
  readonly blockers: readonly string[]
}

/**
 * Makes the first dimension of the image input unknown and rewrites what bakes its size in: the targets of reshapes,
 * the input's shape attribute, the signature. No other dimension changes. Whatever cannot be rewritten is named in
 * `blockers`; the graph is then returned as it came, to be run picture by picture. `graph` should hold only the trunk:
 * every node counts.
 */
export function freeBatch(graph: Graph, infos: ReadonlyMap<string, TensorInfo>, image: string): FreedBatch {
  const shape = infos.get(image)?.shape
  const asItIs = { graph, weights: new Map<never, never>() }
  if (!shape || shape.length === 0) {
    return { ...asItIs, free: false, blockers: [`The shape of the input “${image}” is not known.`] }
  }
  if (shape[0] === null) return { ...asItIs, free: true, blockers: [] }

  const index = indexGraph(graph)
  const axes = trackBatch(index, infos, dataFlow(index, infos), image)
  const reshaped = freeReshapes(graph, infos, axes)
  const freed = freeSignature(reshaped.graph, axes, image, [null, ...shape.slice(1)])
  const blockers = findBlockers(freed, inferShapes(freed), image)
  return blockers.length > 0
    ? { ...asItIs, free: false, blockers }
    : { graph: freed, weights: reshaped.weights, free: true, blockers }
}

/** The input's shape and the signature with a free batch; shapes stored beside the nodes, now stale, are dropped. */
function freeSignature(graph: Graph, axes: ReadonlyMap<string, BatchAxis>, image: string, shape: Shape): Graph {
  const source = splitTensor(image).node
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      const attributes = withoutStoredShapes(node.attributes)
      return node.name === source ? withShape({ ...node, attributes }, shape) : { ...node, attributes }
    }),
    inputs: graph.inputs.map((entry) => freeEntry(entry, axes)),
    outputs: graph.outputs.map((entry) => freeEntry(entry, axes)),
  }
}

function withShape(node: GraphNode, shape: Shape): GraphNode {
  return { ...node, attributes: { ...node.attributes, shape: { kind: 'shape', value: shape } } }
}

function withoutStoredShapes(attributes: Attributes): Attributes {
  if (attributes._output_shapes === undefined) return attributes
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => name !== '_output_shapes'))
}

function freeEntry(entry: SignatureEntry, axes: ReadonlyMap<string, BatchAxis>): SignatureEntry {
  const axis = axes.get(entry.tensor)
  if (typeof axis !== 'number' || entry.shape === null) return entry
  return { ...entry, shape: entry.shape.map((size, dimension) => (dimension === axis ? null : size)) }
}
