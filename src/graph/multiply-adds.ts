import { boolAttribute, stringAttribute } from './lookup/attributes'
import type { GraphNode } from './types'

/** Sizes for one image; null where they are not known. */
export type Sizes = readonly number[] | null

/** Multiply-adds of one node from the sizes of its inputs and its first output; 0 where they are not known. */
export type MultiplyAdds = (node: GraphNode, input: (position: number) => Sizes, output: () => Sizes) => number

/** Of a convolution with filters `[…spatial, channels, filters]`. */
export const perFilter: MultiplyAdds = (_, input, output) =>
  perValue(output(), input(1), (filter) => countElements(filter.slice(0, -1)))

/** Of a depthwise one: each value of the output is of one channel. */
export const perWindow: MultiplyAdds = (_, input, output) =>
  perValue(output(), input(1), ([height, width]) => height * width)

/** Of a transposed one: every input value is spread over the filter's window in every output channel. */
export const perInput: MultiplyAdds = (_, input) =>
  perValue(input(2), input(1), (filter) => countElements(filter.slice(0, -1)))

/** Of a product of two matrices. */
export const matMul: MultiplyAdds = (node, input, output) =>
  perValue(output(), input(0), (left) => left[boolAttribute(node, 'transpose_a', false) ? 0 : 1])

/** Of products of two stacks of matrices. */
export const batchMatMul: MultiplyAdds = (node, input, output) =>
  perValue(output(), input(0), (left) => left[left.length - (boolAttribute(node, 'adj_x', false) ? 2 : 1)])

/** Of a product of two operands: every combination of the letters' values is one multiply-add. */
export const einsum: MultiplyAdds = (node, input) => {
  const equation = stringAttribute(node, 'equation', '')
  const terms = equation.replaceAll(' ', '').split('->')[0].split(',')
  if (terms.length !== 2 || equation.includes('...')) return 0
  const sizes = new Map<string, number>()
  terms.forEach((term, position) => {
    const operand = input(position)
    term.split('').forEach((letter, axis) => sizes.set(letter, operand?.[axis] ?? 0))
  })
  return countElements([...sizes.values()])
}

/** `each` multiply-adds a value; 0 where sizes are not known or are not such as the op takes. */
function perValue(values: Sizes, operand: Sizes, each: (operand: readonly number[]) => number): number {
  const count = values && operand ? countElements(values) * each(operand) : 0
  return Number.isFinite(count) ? count : 0
}

/** How many elements a tensor of that shape has. */
export function countElements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}
