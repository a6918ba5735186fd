import { producer, type GraphIndex } from '../lookup/graph-index'
import { opOf } from '../ops'
import type { WeightStore } from '../types'

type Numbers = readonly number[]

/** Constants with more elements than this are no numbers of a channel. */
const mostElements = 8192
const deepest = 12

/**
 * The values of a tensor that is worked out of constants in a few steps, each value for itself (a mean, a deviation, the
 * scale of a batch norm); null for any other. Two lists go together where one has a single value, or both are as long.
 */
export async function constantNumbers(
  index: GraphIndex,
  weights: WeightStore,
  tensor: string | undefined,
  depth = deepest,
): Promise<Numbers | null> {
  const node = tensor === undefined || depth === 0 ? undefined : producer(index, tensor)
  if (!node) return null
  if (node.weight !== undefined) return weightNumbers(index, weights, node.weight)
  const first = await constantNumbers(index, weights, node.inputs.at(0), depth - 1)
  if (!first) return null
  const { ofNumber: one, ofNumbers: two } = opOf(node.op) ?? {}
  if (one) return first.map(one)
  const second = two ? await constantNumbers(index, weights, node.inputs.at(1), depth - 1) : null
  return two && second ? together(first, second, two) : null
}

async function weightNumbers({ graph }: GraphIndex, weights: WeightStore, id: string): Promise<Numbers | null> {
  const info = graph.weights.get(id)
  const elements = info?.shape.reduce((product, size) => product * size, 1) ?? Infinity
  if (!info || info.dtype === 'string' || elements > mostElements) return null
  const values = await weights.values(id)
  return Array.from(values, Number)
}

function together(a: Numbers, b: Numbers, combine: (x: number, y: number) => number): Numbers | null {
  if (a.length !== b.length && a.length !== 1 && b.length !== 1) return null
  const at = (list: Numbers, place: number): number => list[list.length === 1 ? 0 : place]
  return Array.from({ length: Math.max(a.length, b.length) }, (_, place) => combine(at(a, place), at(b, place)))
}
