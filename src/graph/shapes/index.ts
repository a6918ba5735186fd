import { shapeAttribute } from '../attributes'
import { splitTensor, tensorName } from '../names'
import { outputCount } from '../ops'
import type { Graph, GraphNode, Shape, TensorInfo } from '../types'
import { controlRules } from './control'
import { convolutionRules } from './convolution'
import { createRules } from './create'
import { elementwiseRules } from './elementwise'
import { encodeRules } from './encode'
import { imageRules } from './image'
import { matmulRules } from './matmul'
import { normaliseRules } from './normalise'
import { inferenceOrder, linkNodes } from './order'
import { poolRules } from './pool'
import { reduceRules } from './reduce'
import { reshapeRules } from './reshape'
import { sliceRules } from './slice'
import { named, statedShapes, type Stated } from './stored'
import { inputsOf, nothing, publicShape, tensor, typeOf, type Rules, type Tensor } from './tensor'

const rules: Rules = {
  ...controlRules,
  ...convolutionRules,
  ...createRules,
  ...elementwiseRules,
  ...encodeRules,
  ...imageRules,
  ...matmulRules,
  ...normaliseRules,
  ...poolRules,
  ...reduceRules,
  ...reshapeRules,
  ...sliceRules,
}

/** Ops whose shapes are inferred from their inputs, attributes and the values of small constants. */
export const opsWithShapeRules: readonly string[] = Object.keys(rules)

export interface InferenceOptions {
  /** Shapes to assume for some tensors, e.g. of a batch of one for `input:0`, instead of what the graph says. */
  readonly feeds?: ReadonlyMap<string, Shape>
}

/**
 * Shape and dtype of every tensor of every node, by its name `node:0`: op by op in order, with the values of tensors
 * that shapes are computed from. A size that depends on the run is null, a shape whose rank does is null, a dtype that
 * cannot be told `unknown`. Never throws: what does not fit together is unknown, as is what comes round in a loop.
 * Cost is linear in nodes and edges.
 */
export function inferShapes(graph: Graph, options: InferenceOptions = {}): ReadonlyMap<string, TensorInfo> {
  const nodes = linkNodes(graph)
  const stated = statedShapes(graph, options.feeds ?? new Map<string, Shape>())
  const known = nodes.map((): readonly Tensor[] => [])
  for (const position of inferenceOrder(nodes)) {
    const { node, producers, outputs } = nodes[position]
    const inputs = producers.map((before, i) => (before < 0 ? nothing : (known[before].at(outputs[i]) ?? nothing)))
    known[position] = nodeOutputs(graph, node, inputs, stated)
  }
  return collect(graph, known)
}

function nodeOutputs(graph: Graph, node: GraphNode, inputs: readonly Tensor[], stated: Stated): readonly Tensor[] {
  const inferred = inferOutputs(graph, node, inputs, stated)
  const missing = Math.max(0, outputCount(node) - inferred.length)
  const outputs = missing > 0 ? [...inferred, ...Array.from({ length: missing }, () => nothing)] : inferred
  return outputs.map((output, position) => stated.settle(node, position, output))
}

function inferOutputs(graph: Graph, node: GraphNode, inputs: readonly Tensor[], stated: Stated): readonly Tensor[] {
  if (node.weight !== undefined) return [weightTensor(graph, node, node.weight)]
  if (node.op === 'Placeholder' || node.op === 'PlaceholderV2') {
    const entry = stated.input(node)
    const shape = shapeAttribute(node, 'shape', null) ?? entry?.shape ?? null
    return [tensor(typeOf(node, 'dtype', entry?.dtype ?? 'unknown'), shape && named(shape, tensorName(node.name)))]
  }
  return rules[node.op]?.(node, inputsOf(inputs)) ?? []
}

function weightTensor(graph: Graph, node: GraphNode, id: string): Tensor {
  const weight = graph.weights.get(id)
  const dtype = typeOf(node, 'dtype', weight?.dtype ?? 'unknown')
  const shape = weight?.shape ?? shapeAttribute(node, 'shape', null)
  if (node.op === 'VarHandleOp') return { dtype: 'resource', shape: [], holds: { dtype, shape } }
  return tensor(dtype, shape, weight?.small)
}

function collect(graph: Graph, known: readonly (readonly Tensor[])[]): ReadonlyMap<string, TensorInfo> {
  const infos = new Map<string, TensorInfo>()
  graph.nodes.forEach((node, position) => {
    known[position].forEach(({ dtype, shape }, output) => {
      infos.set(tensorName(node.name, output), { dtype, shape: publicShape(shape) })
    })
  })
  for (const node of graph.nodes) {
    for (const input of node.inputs) {
      // Made by a node that is there, as an output its op is not known to have.
      if (!infos.has(input) && infos.has(tensorName(splitTensor(input).node))) infos.set(input, nothing)
    }
  }
  return infos
}
