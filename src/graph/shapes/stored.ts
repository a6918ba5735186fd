import { shapeAttribute, shapesAttribute } from '../lookup/attributes'
import { splitTensor, tensorName } from '../lookup/names'
import type { Graph, GraphNode, Shape, SignatureEntry } from '../types'
import { unknownSize, type Dims } from './size'
import type { Tensor } from './tensor'

/** What the file and the caller say of tensors, beside what is inferred. */
export interface Stated {
  /** The entry of the graph's inputs that names a node. */
  input(node: GraphNode): SignatureEntry | undefined
  /** Whether anything is said of a node's outputs. */
  says(node: GraphNode): boolean
  /** What inference found of an output, set right by what was fed and filled in by what is stored. */
  settle(node: GraphNode, output: number, inferred: Tensor): Tensor
}

/**
 * Gathers fed shapes, the signature and `_output_shapes`. Stored shapes are not trusted once a fed shape differs from
 * the file's own: they may be those of another batch size.
 */
export function statedShapes(graph: Graph, feeds: ReadonlyMap<string, Shape>): Stated {
  const fed = byNode(feeds)
  const outputs = byNode(graph.outputs.map((entry) => [entry.tensor, entry.shape]))
  const inputs = new Map(graph.inputs.map((entry) => [splitTensor(entry.tensor).node, entry]))
  const fromFile = (node: GraphNode, output: number): Shape | null =>
    shapesAttribute(node, '_output_shapes', []).at(output) ?? outputs.get(node.name)?.get(output) ?? null
  const isTrusted = !graph.nodes.some((node) => {
    const shape = fed.get(node.name)?.get(0)
    return shape !== undefined && !isEqual(shape, shapeAttribute(node, 'shape', null) ?? fromFile(node, 0))
  })
  return {
    input: (node) => inputs.get(node.name),
    says: (node) => fed.has(node.name) || outputs.has(node.name) || node.attributes._output_shapes !== undefined,
    settle: (node, output, inferred) => {
      const shape = fed.get(node.name)?.get(output)
      if (shape !== undefined) return { dtype: inferred.dtype, shape: withNames(shape, tensorName(node.name, output)) }
      return isTrusted ? filledIn(inferred, fromFile(node, output)) : inferred
    },
  }
}

/** Every unknown size of a tensor as a size of its own, known again wherever it comes up. */
export function withNames(shape: Dims, tensor: string): Dims {
  return shape.map((size, axis) => size ?? unknownSize(`${tensor} ${axis}`))
}

function byNode<T>(entries: Iterable<readonly [tensor: string, T]>): ReadonlyMap<string, ReadonlyMap<number, T>> {
  const nodes = new Map<string, Map<number, T>>()
  for (const [tensor, entry] of entries) {
    const { node, output } = splitTensor(tensor)
    nodes.set(node, (nodes.get(node) ?? new Map<number, T>()).set(output, entry))
  }
  return nodes
}

function isEqual(a: Shape, b: Shape | null): boolean {
  return a.length === b?.length && a.every((size, axis) => size === b[axis])
}

function filledIn(inferred: Tensor, stored: Shape | null): Tensor {
  if (stored === null) return inferred
  if (inferred.shape === null) return { ...inferred, shape: stored }
  if (stored.length !== inferred.shape.length) return inferred
  // The first dimension is the batch's, which may have been freed after the file was written.
  const shape = inferred.shape.map((size, axis) => (axis === 0 ? size : (size ?? stored[axis])))
  return { ...inferred, shape }
}
