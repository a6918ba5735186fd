import { isSame, type Dims, type SymbolicSize } from '../shapes/size'
import type { GraphNode, Shape } from '../types'

/** A dimension that counts the pictures and, inside each, something else: `inner` rows of each picture follow one another. */
export interface MergedAxis {
  readonly axis: number
  readonly inner: SymbolicSize
}

/**
 * Which dimension of a tensor counts the pictures: its position; a merged one as dense layers on maps make it
 * (`[batch · height · width, channels]`); `folded` where SpaceToBatchND has packed parts of the picture into the batch;
 * `lost` where pictures are mixed, or where the dimension is gone.
 */
export type BatchAxis = number | MergedAxis | 'folded' | 'lost'

/** The dimension that a batch stands in; null where it stands in none. */
export function axisOf(state: BatchAxis | undefined): number | null {
  if (typeof state === 'number') return state
  return typeof state === 'object' ? state.axis : null
}

/** The same in another dimension. */
export function movedTo(state: BatchAxis, axis: number): BatchAxis {
  return typeof state === 'object' ? { ...state, axis } : axis
}

/** The one state that all inputs with data of the picture share, `lost` where they differ. */
export function common(states: readonly (BatchAxis | undefined)[]): BatchAxis {
  const found = states.filter((state) => state !== undefined)
  const [first = 'lost'] = found
  return found.every((state) => isSameState(state, first)) ? first : 'lost'
}

function isSameState(a: BatchAxis, b: BatchAxis): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b
  return a.axis === b.axis && isSame(a.inner, b.inner)
}

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
  /** The values of an input that are the same in every run: of a small constant, or worked out of such. */
  readonly constant: (input: number) => readonly number[] | undefined
  /** The same of an input that is a constant in the file. */
  readonly stored: (input: number) => readonly number[] | undefined
  /** Sizes of an input, and of the output, with those that a run decides as products. */
  readonly inputSizes: (input: number) => Dims | null
  readonly outputSizes: Dims | null
  readonly batchSize: SymbolicSize
}

/** Where one output of a node has its batch; undefined if it does not depend on the picture. */
export type BatchRule = (operands: BatchOperands) => BatchAxis | undefined

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
