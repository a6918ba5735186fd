import { dtypesAttribute, shapeAttribute, shapesAttribute } from '../lookup/attributes'
import { firstOutputs, linksOf } from '../lookup/links'
import { splitTensor, tensorName } from '../lookup/names'
import { outputCount } from '../op-tables/ops'
import { opOf } from '../ops'
import type { Graph, GraphNode, Shape, TensorInfo, WeightInfo } from '../types'
import { inferenceOrder } from './order'
import type { Dims } from './size'
import { statedShapes, withNames, type Stated } from './stored'
import { inputsOf, nothing, publicShape, tensor, typeOf, type Tensor } from './tensor'

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
  const known = inferTensors(graph, options)
  const infos = collect(graph, known)
  details.set(infos, { nodes: graph.nodes, known })
  return infos
}

/**
 * What inference found of tensors beyond what `infos` says: sizes that a run decides as products, and values. Of infos
 * that were not inferred here only their own sizes are known.
 */
export function tensorsBehind(infos: ReadonlyMap<string, TensorInfo>): (name: string) => Tensor {
  const found = details.get(infos)
  const positions = found && linksOf(found.nodes).positions
  return (name) => {
    const { node, output } = splitTensor(name)
    const position = positions?.get(node)
    return (position === undefined ? undefined : found?.known[position].at(output)) ?? infos.get(name) ?? nothing
  }
}

/** Kept as long as the infos are. */
const details = new WeakMap<
  ReadonlyMap<string, TensorInfo>,
  { readonly nodes: readonly GraphNode[]; readonly known: readonly (readonly Tensor[])[] }
>()

function inferTensors(graph: Graph, options: InferenceOptions): readonly (readonly Tensor[])[] {
  const { nodes } = graph
  const { starts, makers, outputs } = linksOf(nodes)
  const stated = statedShapes(graph, options.feeds ?? new Map<string, Shape>())
  const known = Array.from(nodes, () => none)
  for (const position of inferenceOrder(nodes)) {
    const inputs: Tensor[] = []
    for (let edge = starts[position]; edge < starts[position + 1]; edge++) {
      inputs.push(makers[edge] < 0 ? nothing : (known[makers[edge]].at(outputs[edge]) ?? nothing))
    }
    known[position] = named(nodes[position], nodeOutputs(graph, nodes[position], inputs, stated))
  }
  return known
}

/**
 * Sizes that were not found get names of their own, so that they are known again. What comes out of a Merge is another
 * size each time round a loop.
 */
function named(node: GraphNode, outputs: readonly Tensor[]): readonly Tensor[] {
  if (node.op === 'Merge' || !outputs.some(({ shape }) => shape?.includes(null))) return outputs
  return outputs.map((output, position) =>
    output.shape?.includes(null)
      ? { ...output, shape: withNames(output.shape, tensorName(node.name, position)) }
      : output,
  )
}

/**
 * What is known of a node's outputs from what is known of its inputs, for graphs that are made node by node: `weight` is
 * what a constant holds. Shapes come from rules and attributes alone.
 */
export function inferNode(node: GraphNode, inputs: readonly Tensor[], weight?: WeightInfo): readonly Tensor[] {
  const count = outputCount(node)
  const outputs = weight ? [weightTensor(node, weight)] : ruledOutputs(node, inputs, count, null)
  const missing = Math.max(0, count - outputs.length)
  return missing > 0 ? [...outputs, ...Array.from({ length: missing }, () => nothing)] : outputs
}

const none: readonly Tensor[] = []

function nodeOutputs(graph: Graph, node: GraphNode, inputs: readonly Tensor[], stated: Stated): readonly Tensor[] {
  const count = outputCount(node)
  const inferred =
    node.weight === undefined
      ? ruledOutputs(node, inputs, count, stated)
      : [weightTensor(node, graph.weights.get(node.weight))]
  const missing = Math.max(0, count - inferred.length)
  const outputs = missing > 0 ? [...inferred, ...Array.from({ length: missing }, () => nothing)] : inferred
  return stated.says(node) ? outputs.map((output, position) => stated.settle(node, position, output)) : outputs
}

function ruledOutputs(
  node: GraphNode,
  inputs: readonly Tensor[],
  count: number,
  stated: Stated | null,
): readonly Tensor[] {
  if (node.op === 'Placeholder' || node.op === 'PlaceholderV2') {
    const entry = stated?.input(node)
    const shape = shapeAttribute(node, 'shape', null) ?? entry?.shape ?? null
    return [tensor(typeOf(node, 'dtype', entry?.dtype ?? 'unknown'), shape && withNames(shape, tensorName(node.name)))]
  }
  return opOf(node.op)?.shape?.(node, inputsOf(inputs), count) ?? notedOutputs(node)
}

/** What a format notes of the outputs of an operation that only the file's author knows. */
function notedOutputs(node: GraphNode): readonly Tensor[] {
  const shapes = shapesAttribute(node, '_output_shapes', [])
  return dtypesAttribute(node, '_output_types', []).map((dtype, output) => tensor(dtype, shapes.at(output) ?? null))
}

function weightTensor(node: GraphNode, weight: WeightInfo | undefined): Tensor {
  const dtype = typeOf(node, 'dtype', weight?.dtype ?? 'unknown')
  const shape = weight?.shape ?? shapeAttribute(node, 'shape', null)
  if (node.op === 'VarHandleOp') return { dtype: 'resource', shape: [], holds: { dtype, shape } }
  return tensor(dtype, shape, weight?.small)
}

function collect(graph: Graph, known: readonly (readonly Tensor[])[]): ReadonlyMap<string, TensorInfo> {
  const infos = new Map<string, TensorInfo>()
  const share = sharedInfos()
  const firsts = firstOutputs(graph.nodes)
  graph.nodes.forEach((node, position) => {
    known[position].forEach((found, output) => {
      infos.set(output === 0 ? firsts[position] : tensorName(node.name, output), share(found))
    })
  })
  const { starts, makers, outputs } = linksOf(graph.nodes)
  graph.nodes.forEach((node, position) => {
    for (let edge = starts[position]; edge < starts[position + 1]; edge++) {
      // Made by a node that is there, as an output its op is not known to have.
      const made = makers[edge] < 0 ? 0 : known[makers[edge]].length
      if (made > 0 && outputs[edge] >= made) infos.set(node.inputs[edge - starts[position]], nothing)
    }
  })
  return infos
}

/**
 * Gives the same object for the same shape and dtype: large graphs repeat few of them, and what is shared crosses to
 * another thread once.
 */
function sharedInfos(): (found: Tensor) => TensorInfo {
  const byDims = new Map<Dims | null, TensorInfo>()
  const byText = new Map<string, TensorInfo>()
  return ({ dtype, shape }) => {
    const last = byDims.get(shape)
    if (last?.dtype === dtype) return last
    const sizes = publicShape(shape)
    const text = `${dtype} ${sizes ? sizes.join() : '?'}${sizes?.length === 0 ? 'scalar' : ''}`
    const info = byText.get(text) ?? { dtype, shape: sizes }
    byText.set(text, info)
    byDims.set(shape, info)
    return info
  }
}
