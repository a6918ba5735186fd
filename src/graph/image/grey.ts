import { constantValues } from '../lookup/constants'
import { producer, type GraphIndex } from '../lookup/graph-index'
import type { GraphNode } from '../types'

/** How the three colours of a picture are made one grey: by shares that are constants, or each counting as much. */
export type Grey = 'shares' | 'sum' | 'mean'

const longestWay = 8

/** How a node makes a picture grey, its channels last; null where it does not. */
export function greyBy(index: GraphIndex, node: GraphNode): Grey | null {
  if (node.op === 'MatMul') return elementsOf(index, node.inputs.at(1)) === 3 ? 'shares' : null
  if (node.op !== 'Sum' && node.op !== 'Mean') return null
  const axes = constantValues(index, node.inputs.at(1))
  const isOfChannels = axes?.length === 1 && (axes[0] === -1 || axes[0] === 3)
  return isOfChannels ? (node.op === 'Sum' ? 'sum' : 'mean') : null
}

/** How many values a constant has that is perhaps put in another shape; null for any other tensor. */
function elementsOf(index: GraphIndex, tensor: string | undefined): number | null {
  let node = producer(index, tensor ?? '')
  for (let step = 0; node && step < longestWay; step++) {
    const info = node.weight === undefined ? undefined : index.graph.weights.get(node.weight)
    if (info) return info.shape.reduce((product, size) => product * size, 1)
    node = producer(index, node.inputs.at(0) ?? '')
  }
  return null
}
