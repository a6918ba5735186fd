import { intsAttribute, stringAttribute } from '../lookup/attributes'
import { constantValues } from '../lookup/constants'
import { imageLayout, layoutOfPicture } from '../image/layout'
import { indexGraph, type GraphIndex } from '../lookup/graph-index'
import { splitTensor } from '../lookup/names'
import { inferShapes } from '../shapes'
import { trunk } from '../lookup/trunk'
import type { Graph, GraphNode, Shape, TensorInfo } from '../types'

/** Sides that are tried, in pixels. */
const sides = Array.from({ length: 1009 }, (_, place) => place + 16)
/** Nodes times sides that are worth trying: about a second. */
const mostWork = 300_000

const windows = new Set(['Conv2D', 'DepthwiseConv2dNative', 'AvgPool', 'MaxPool'])

/**
 * The graph with the size of its pictures, where that is left out and the network fits square pictures of one size alone: a
 * dense layer behind a flattening, or a squeezing of what pooling has made 1 × 1, works with no other. Of sizes that only
 * differ in what windows leave over at an edge, the one at which nothing is. Null where any size fits, or none.
 */
export function withForcedSize(
  graph: Graph,
  infos: ReadonlyMap<string, TensorInfo>,
  image: string,
): { readonly graph: Graph; readonly side: number } | null {
  const { shape } = infos.get(image) ?? { shape: null }
  const layout = imageLayout(shape)
  if (shape?.length !== 4 || !layout || (layout.height !== null && layout.width !== null)) return null
  const index = indexGraph(graph)
  const demands = graph.nodes.filter((node) => isOpen(index, node, infos))
  if (demands.length === 0) return null
  const small = trunk(
    graph,
    demands.flatMap(({ inputs }) => inputs),
    infos,
  )
  const tried = sides.filter((_, place) => place < mostWork / (small.nodes.length + 1))
  const fitting = tried.flatMap((side) => {
    const feeds = new Map([[image, [1, ...sized(shape, side).slice(1)]]])
    const known = inferShapes(small, { feeds })
    if (!demands.every((node) => isMet(index, node, known))) return []
    return [{ side, left: small.nodes.filter((node) => leavesOver(node, known)).length }]
  })
  if (fitting.length === 0 || fitting.length === tried.length) return null
  const [best] = fitting.sort((a, b) => a.left - b.left || a.side - b.side)
  return { graph: stating(graph, image, sized(shape, best.side)), side: best.side }
}

const squeezedAxes = (node: GraphNode): readonly number[] =>
  intsAttribute(node, 'squeeze_dims', intsAttribute(node, 'axis', []))

/** How many values a row has that a map is flattened to, in a graph that states it: `[-1, 576]`. */
function flattenedTo(index: GraphIndex, node: GraphNode): number | null {
  const target = node.op === 'Reshape' ? constantValues(index, node.inputs.at(1)) : undefined
  return target?.length === 2 && target[0] === -1 ? target[1] : null
}

/** Whether a node works with certain sizes only, and it is not known yet that it does. */
function isOpen(index: GraphIndex, node: GraphNode, infos: ReadonlyMap<string, TensorInfo>): boolean {
  const shape = infos.get(node.inputs.at(0) ?? '')?.shape
  if (!shape) return false
  switch (node.op) {
    case 'MatMul':
      return shape.at(1) === null
    case 'Squeeze':
      return squeezedAxes(node).some((axis) => shape.at(axis) === null)
    default: {
      // A row of each place of the map is a dense layer's on maps of any size.
      const length = flattenedTo(index, node)
      return length !== null && shape.length === 4 && shape.slice(1).includes(null) && length !== shape[3]
    }
  }
}

/** Whether it works for one picture of the size that was fed. */
function isMet(index: GraphIndex, node: GraphNode, infos: ReadonlyMap<string, TensorInfo>): boolean {
  const [shape, other] = node.inputs.map((tensor) => infos.get(tensor)?.shape)
  if (!shape) return false
  switch (node.op) {
    case 'MatMul':
      return shape.at(1) !== null && shape.at(1) === other?.at(0)
    case 'Squeeze':
      return squeezedAxes(node).every((axis) => shape.at(axis) === 1)
    default:
      return shape.reduce<number>((product, size) => product * (size ?? 0), 1) === flattenedTo(index, node)
  }
}

/** Whether a window that moves in steps does not end where the picture does. */
function leavesOver(node: GraphNode, infos: ReadonlyMap<string, TensorInfo>): boolean {
  if (!windows.has(node.op)) return false
  const axis = stringAttribute(node, 'data_format', 'NHWC') === 'NCHW' ? 2 : 1
  const size = infos.get(node.inputs[0])?.shape?.at(axis) ?? null
  const step = intsAttribute(node, 'strides', []).at(axis) ?? 1
  const kernel = infos.get(node.inputs.at(1) ?? '')?.shape?.at(0)
  const window = intsAttribute(node, 'ksize', []).at(axis) ?? kernel ?? 1
  if (size === null) return false
  return (stringAttribute(node, 'padding', 'SAME') === 'VALID' ? size - window : size) % step !== 0
}

function sized(shape: Shape, side: number): Shape {
  const spatial = layoutOfPicture(shape).axes === 'first' ? [2, 3] : [1, 2]
  return shape.map((size, axis) => (spatial.includes(axis) ? (size ?? side) : size))
}

function stating(graph: Graph, image: string, shape: Shape): Graph {
  const name = splitTensor(image).node
  const placeholder = indexGraph(graph).nodes.get(name)
  return {
    ...graph,
    nodes: graph.nodes.map((node) =>
      node === placeholder
        ? { ...node, attributes: { ...node.attributes, shape: { kind: 'shape', value: shape } } }
        : node,
    ),
    inputs: graph.inputs.map((entry) => (entry.tensor === image ? { ...entry, shape } : entry)),
  }
}
