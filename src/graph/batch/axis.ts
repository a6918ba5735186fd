import type { BatchAxis } from './operands'
import { aligned } from './rules'
import { constantValues } from '../lookup/constants'
import { after } from '../lookup/adjacency'
import { carriesData, type DataFlow } from '../lookup/flow'
import type { GraphIndex } from '../lookup/graph-index'
import { splitTensor } from '../lookup/names'
import { orderOf } from '../lookup/order'
import { opOf } from '../ops'
import { tensorsBehind } from '../shapes'
import { numbersIn } from '../shapes/tensor'
import type { GraphNode, Shape, TensorInfo } from '../types'

/**
 * Follows the batch dimension of the image input through every tensor that depends on it by data; other tensors are
 * absent. In a model with a batch of one, a tensor whose first dimension is 1 has one row for the picture, whatever
 * became of the batch dimension on the way.
 */
export function trackBatch(
  index: GraphIndex,
  infos: ReadonlyMap<string, TensorInfo>,
  flow: DataFlow,
  image: string,
): ReadonlyMap<string, BatchAxis> {
  const axes = new Map<string, BatchAxis>([[image, 0]])
  const batch = infos.get(image)?.shape?.at(0) ?? null
  const shapeOf = (tensor: string): Shape | null => infos.get(tensor)?.shape ?? null
  const source = splitTensor(image).node
  const behind = tensorsBehind(infos)
  const batchSize = behind(image).shape?.at(0) ?? null

  const stored = ({ inputs }: GraphNode, input: number) => constantValues(index, inputs.at(input))
  const { nodes } = index.graph
  for (const place of orderOf(nodes)) {
    const node = nodes[place]
    if (node.inputs.length === 0 || node.name === source || !carriesData(node)) continue
    const states = node.inputs.map((tensor) => axes.get(tensor))
    if (states.every((state) => state === undefined)) continue
    const inputs = node.inputs.map(shapeOf)
    const rule = opOf(node.op)?.batch ?? aligned
    for (const id of after(flow.edges, flow.vertexOf(node))) {
      const tensor = flow.tensors[id]
      const position = splitTensor(tensor).output
      const output = shapeOf(tensor)
      const axis = rule({
        node,
        states,
        inputs,
        output,
        position,
        batch,
        batchSize,
        constant: (input) => numbersIn(behind(node.inputs.at(input) ?? '')) ?? stored(node, input),
        stored: (input) => stored(node, input),
        inputSizes: (input) => behind(node.inputs[input]).shape,
        outputSizes: behind(tensor).shape,
      })
      if (axis !== undefined) axes.set(tensor, settle(axis, output, batch))
    }
  }
  return axes
}

/** Holds what a rule says against the shape that the tensor is known to have. */
function settle(axis: BatchAxis, shape: Shape | null, batch: number | null): BatchAxis {
  if (axis === 'folded' || shape === null) return axis
  if (batch === 1 && shape.at(0) === 1) return 0
  if (axis === 'lost' || typeof axis === 'object') return axis
  const size = axis < shape.length ? shape[axis] : undefined
  // A size that shape inference could not find may well be the batch's.
  return size === null || size === batch ? axis : 'lost'
}
