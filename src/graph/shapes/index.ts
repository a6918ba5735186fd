import { shapeAttribute, shapesAttribute } from '../attributes'
import { normaliseTensor, splitTensor, tensorName } from '../names'
import { outputCount } from '../ops'
import type { Graph, GraphNode, Shape, SignatureEntry, TensorInfo } from '../types'
import { controlRules } from './control'
import { convolutionRules } from './convolution'
import { createRules } from './create'
import { elementwiseRules } from './elementwise'
import { encodeRules } from './encode'
import { imageRules } from './image'
import { matmulRules } from './matmul'
import { normaliseRules } from './normalise'
import { inferenceOrder } from './order'
import { poolRules } from './pool'
import { reduceRules } from './reduce'
import { reshapeRules } from './reshape'
import { unknownSize, type Dims } from './size'
import { sliceRules } from './slice'
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
  const known = new Map<string, Tensor>()
  const feeds = new Map([...(options.feeds ?? [])].map(([name, shape]) => [normaliseTensor(name), shape]))
  const stored = storedShapes(graph, feeds)
  const signature = new Map(graph.inputs.map((entry) => [normaliseTensor(entry.tensor), entry]))

  for (const node of inferenceOrder(graph)) {
    const outputs = nodeOutputs(node, known, graph, signature)
    const count = Math.max(outputCount(node), outputs.length)
    for (let output = 0; output < count; output++) {
      const name = tensorName(node.name, output)
      known.set(name, settled(name, outputs.at(output) ?? nothing, feeds.get(name), stored(node, output)))
    }
  }
  addReferenced(graph, known)
  return new Map([...known].map(([name, { dtype, shape }]) => [name, { dtype, shape: publicShape(shape) }]))
}

function nodeOutputs(
  node: GraphNode,
  known: ReadonlyMap<string, Tensor>,
  graph: Graph,
  signature: ReadonlyMap<string, SignatureEntry>,
): readonly Tensor[] {
  if (node.weight !== undefined) return [weightTensor(graph, node, node.weight)]
  if (node.op === 'Placeholder' || node.op === 'PlaceholderV2') {
    return [placeholder(node, signature.get(tensorName(node.name)))]
  }
  const rule = rules[node.op]
  return rule ? rule(node, inputsOf(node.inputs.map((input) => known.get(input) ?? nothing))) : []
}

function placeholder(node: GraphNode, entry: SignatureEntry | undefined): Tensor {
  const shape = shapeAttribute(node, 'shape', null) ?? entry?.shape ?? null
  return tensor(typeOf(node, 'dtype', entry?.dtype ?? 'unknown'), shape && named(shape, node.name))
}

function weightTensor(graph: Graph, node: GraphNode, id: string): Tensor {
  const weight = graph.weights.get(id)
  const dtype = typeOf(node, 'dtype', weight?.dtype ?? 'unknown')
  const shape = weight?.shape ?? shapeAttribute(node, 'shape', null)
  if (node.op === 'VarHandleOp') return { dtype: 'resource', shape: [], holds: { dtype, shape } }
  return tensor(dtype, shape, weight?.small)
}

/** Every unknown size of an input is a size of its own, known again wherever it comes up. */
function named(shape: Shape, name: string): Dims {
  return shape.map((size, axis) => size ?? unknownSize(`${name} ${axis}`))
}

type StoredShape = (node: GraphNode, output: number) => Shape | null

/**
 * What the file itself says of shapes: `_output_shapes` and the signature. Not to be trusted once a fed shape differs
 * from the file's: then they may be those of another batch size.
 */
function storedShapes(graph: Graph, feeds: ReadonlyMap<string, Shape>): StoredShape {
  const signature = new Map(graph.outputs.map((entry) => [normaliseTensor(entry.tensor), entry.shape]))
  const fromFile: StoredShape = (node, output) =>
    shapesAttribute(node, '_output_shapes', []).at(output) ?? signature.get(tensorName(node.name, output)) ?? null
  const isChanged = graph.nodes.some((node) => {
    const fed = feeds.get(tensorName(node.name))
    const own = fed && (shapeAttribute(node, 'shape', null) ?? fromFile(node, 0))
    return fed && (own?.length !== fed.length || fed.some((size, axis) => size !== own[axis]))
  })
  return isChanged ? () => null : fromFile
}

/** A fed shape replaces the inferred one; a stored one fills in what inference left open. */
function settled(name: string, inferred: Tensor, fed: Shape | undefined, stored: Shape | null): Tensor {
  if (fed !== undefined) return { dtype: inferred.dtype, shape: named(fed, name) }
  if (stored === null) return inferred
  if (inferred.shape === null) return { ...inferred, shape: stored }
  if (stored.length !== inferred.shape.length) return inferred
  // The first dimension is the batch's, which may have been freed after the file was written.
  const shape = inferred.shape.map((size, axis) => (axis === 0 ? size : (size ?? stored[axis])))
  return { ...inferred, shape }
}

/** Tensors that nodes or the signature refer to but the op is not known to make. */
function addReferenced(graph: Graph, known: Map<string, Tensor>): void {
  const names = new Set(graph.nodes.map((node) => node.name))
  const referenced = [...graph.nodes.flatMap((node) => node.inputs), ...graph.outputs.map((entry) => entry.tensor)]
  for (const name of referenced.map(normaliseTensor)) {
    if (!known.has(name) && names.has(splitTensor(name).node)) known.set(name, nothing)
  }
}
