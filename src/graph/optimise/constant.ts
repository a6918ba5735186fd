import { producer, type GraphIndex } from '../lookup/graph-index'
import type { WeightInfo, WeightStore } from '../types'

/** How many Identity nodes in a row are looked through. */
const longestChain = 16

/** What is known of the constant behind a tensor, looked up through identities; undefined where it is none. */
export function constantBehind(index: GraphIndex, tensor: string | undefined): WeightInfo | undefined {
  let current = tensor
  for (let step = 0; step < longestChain && current !== undefined; step++) {
    const node = producer(index, current)
    if (node?.op === 'Const') return node.weight === undefined ? undefined : index.graph.weights.get(node.weight)
    if (node?.op !== 'Identity') return undefined
    current = node.inputs.at(0)
  }
  return undefined
}

/** The values of a float32 constant. */
export async function floatsOf(weights: WeightStore, { id }: WeightInfo): Promise<Float32Array> {
  const values = await weights.values(id)
  return values instanceof Float32Array ? values : Float32Array.from(values, Number)
}

/** The number of elements of a known shape; 1 for a scalar. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1)
