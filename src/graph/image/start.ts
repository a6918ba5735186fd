import { constantValues } from '../lookup/constants'
import { picturePath, resizes, type PicturePath } from './path'
import { indexGraph, producer, type GraphIndex } from '../lookup/graph-index'
import { splitTensor, tensorName } from '../lookup/names'
import { ancestors } from '../lookup/trunk'
import type { Graph, GraphNode, SignatureEntry, TensorInfo } from '../types'

/** A graph whose picture goes in at a tensor inside it. */
export interface InnerImage {
  /** As the file's, but with the operation that makes the picture made an input. */
  readonly graph: Graph
  /** The tensor that takes the picture. */
  readonly image: string
  /** Nodes that only make the picture ready, and are not run. */
  readonly before: ReadonlySet<string>
}

const noInfo: TensorInfo = { shape: null, dtype: 'unknown' }

/**
 * Where the picture goes into a graph that begins with an encoded file, a picture of no known shape, or one that is
 * still to be resized: behind the last resize before the first convolution, else at the first tensor on the way that
 * can be `[batch, height, width, channels]`. Null where no such way is found.
 */
export function innerImage(graph: Graph, infos: ReadonlyMap<string, TensorInfo>): InnerImage | null {
  const index = indexGraph(graph)
  const path = picturePath(index, null)
  if (!path) return null
  const image = placeOf(path, infos)
  const node = image === null ? undefined : producer(index, image)
  if (image === null || node === undefined || image !== tensorName(node.name)) return null
  const resized = resizedTo(index, leadingTo(index, node))
  return pictureAt(index, node, pictureInfo(infos.get(image) ?? noInfo, path, resized))
}

/** The graph with the picture going in at the first output of a node, which is as `info` says. */
export function pictureAt(index: GraphIndex, node: GraphNode, info: TensorInfo): InnerImage {
  const before = leadingTo(index, node)
  const image = tensorName(node.name)
  return { graph: startingAt(index.graph, node, { key: node.name, tensor: image, ...info }, before), image, before }
}

function placeOf({ from, steps }: PicturePath, infos: ReadonlyMap<string, TensorInfo>): string | null {
  const resize = steps.findLast(({ node }) => resizes(node))
  if (resize) return tensorName(resize.node.name)
  const batched = steps.findLastIndex(({ node }) => node.op === 'ExpandDims')
  const tensors = [from, ...steps.map(({ node }) => tensorName(node.name))].slice(batched + 1)
  return tensors.find((tensor) => canBePicture(infos.get(tensor) ?? noInfo)) ?? null
}

function canBePicture({ shape, dtype }: TensorInfo): boolean {
  return (shape === null || shape.length === 4) && dtype !== 'string'
}

/**
 * Shape and dtype of the input, with as many channels as the convolution takes. A batch of one stays: what comes after may
 * bake it in, and only freeing the whole trunk's can tell.
 */
function pictureInfo(
  { shape, dtype }: TensorInfo,
  { channels, steps }: PicturePath,
  resized: readonly number[] | null,
): TensorInfo {
  const known = shape?.length === 4 ? shape : [null, ...(resized ?? [null, null]), null]
  const transposed = steps.some(({ node }) => node.op === 'Transpose') && known[3] !== channels
  const place = transposed ? 1 : 3
  return {
    shape: known.map((size, axis) => (axis === place ? (size ?? channels) : size)),
    dtype: dtype === 'unknown' ? 'float32' : dtype,
  }
}

/** Height and width that all resizing among some nodes leads to; null where that is not one constant size. */
function resizedTo(index: GraphIndex, names: ReadonlySet<string>): readonly number[] | null {
  const sizes = [...names].flatMap((name) => {
    const node = index.nodes.get(name)
    return node && resizes(node) ? [constantValues(index, node.inputs.at(1))] : []
  })
  const [first] = sizes
  const isOne = first?.length === 2 && sizes.every((size) => size?.join() === first.join())
  return isOne ? first : null
}

/** The same graph with `node` an input; what only leads to it is no longer in the signature. */
function startingAt(graph: Graph, node: GraphNode, entry: SignatureEntry, before: ReadonlySet<string>): Graph {
  const placeholder: GraphNode = {
    name: node.name,
    op: 'Placeholder',
    inputs: [],
    controlInputs: [],
    attributes: { dtype: { kind: 'dtype', value: entry.dtype }, shape: { kind: 'shape', value: entry.shape } },
  }
  const others = graph.inputs.filter(({ tensor }) => {
    const { node: name } = splitTensor(tensor)
    return name !== node.name && !before.has(name)
  })
  return {
    ...graph,
    nodes: graph.nodes.map((each) => (each === node ? placeholder : each)),
    inputs: [entry, ...others],
  }
}

/** Nodes that make the picture ready: all that `node` depends on, but for constants. */
function leadingTo(index: GraphIndex, node: GraphNode): Set<string> {
  const names = ancestors(index, node.inputs)
  return new Set([...names].filter((name) => index.nodes.get(name)?.op !== 'Const'))
}
