import type { Spread } from '../kernels/types'
import { sizeOf, type Sizes } from './types'

/** How an operand lies beside the result; null where it is repeated in another way than `Spread` can say. */
export function besideOf(operand: Sizes, shape: Sizes): Spread | null {
  const sizes = [...Array.from({ length: shape.length - operand.length }, () => 1), ...operand]
  // Dimensions of one element belong to any part.
  const axes = [...shape.keys()].filter((axis) => shape[axis] !== 1)
  const first = axes.findIndex((axis) => sizes[axis] === 1)
  if (first < 0) return { outer: 1, middle: 1, inner: sizeOf(shape) }
  const behind = axes.findIndex((axis, place) => place > first && sizes[axis] !== 1)
  const last = behind < 0 ? axes.length : behind
  if (axes.slice(last).some((axis) => sizes[axis] === 1)) return null
  const product = (some: readonly number[]): number => sizeOf(some.map((axis) => shape[axis]))
  return {
    outer: product(axes.slice(0, first)),
    middle: product(axes.slice(first, last)),
    inner: product(axes.slice(last)),
  }
}

/** Whether both have the same elements. */
export const isSameSize = ({ middle }: Spread): boolean => middle === 1
