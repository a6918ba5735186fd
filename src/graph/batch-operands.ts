import type { GraphNode, Shape } from './types'

/**
 * Which dimension of a tensor counts the pictures: its position; `folded` where SpaceToBatchND has packed parts of the
 * picture into the batch; `lost` where pictures are mixed, or where the dimension is gone.
 */
export type BatchAxis = number | 'folded' | 'lost'

/** What a rule sees of a node: everything by input position. */
export interface BatchOperands {
  readonly node: GraphNode
  /** Where each input has its batch; undefined for inputs that do not depend on the picture. */
  readonly states: readonly (BatchAxis | undefined)[]
  readonly inputs: readonly (Shape | null)[]
  /** Shape of the output that is asked for, and its position. */
  readonly output: Shape | null
  readonly position: number
  /** Size of the batch; null where it is free. */
  readonly batch: number | null
  /** The values of an input that is a small constant. */
  readonly constant: (input: number) => readonly number[] | undefined
}

/** A dimension counted from the end, counted from the start. */
export function positive(dimension: number, rank: number): number {
  return dimension < 0 ? dimension + rank : dimension
}

/** Number of elements; null where a size is not known. */
export function elements(shape: Shape): number | null {
  let product = 1
  for (const size of shape) {
    if (size === null) return null
    product *= size
  }
  return product
}
