import { producer, type GraphIndex } from './graph-index'

/** How many Identity nodes in a row are looked through. */
const longestChain = 16

/**
 * The values of a small integer or bool constant behind a tensor, looked up through Identity nodes; undefined where
 * the tensor is no such constant.
 */
export function constantValues(index: GraphIndex, tensor: string | undefined): readonly number[] | undefined {
  let current = tensor
  for (let step = 0; step < longestChain && current !== undefined; step++) {
    const node = producer(index, current)
    if (node?.weight !== undefined) return index.graph.weights.get(node.weight)?.small
    if (node?.op !== 'Identity') return undefined
    current = node.inputs.at(0)
  }
  return undefined
}
