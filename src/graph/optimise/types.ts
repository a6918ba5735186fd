import type { DType, Graph, WeightStore, WeightValues } from '../types'

/** A graph on its way through the passes, with the weights it refers to. */
export interface Work {
  readonly graph: Graph
  readonly weights: WeightStore
  /** Whether any number of pictures can go through at once; false until a pass has found that out. */
  readonly batchFree: boolean
}

/** The value of one tensor. */
export interface Evaluated {
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly values: WeightValues
}

/** Runs a graph that takes no input: the values of its outputs, in their order. May throw where an op cannot be run. */
export type Evaluate = (graph: Graph, weights: WeightStore) => Promise<readonly Evaluated[]>

/** What passes are told from outside. */
export interface PassContext {
  /** Null where nothing is to be run: constants then stay as they are. */
  readonly evaluate: Evaluate | null
  /** The picture's input, if its batch is to be freed. */
  readonly image: string | null
}

/**
 * One rewriting of a graph. The outputs keep their names and values, whatever else goes; inputs keep their names, and go
 * only where nothing depends on them any more. Bodies of functions are left as they are. Passes may come in any order.
 */
export interface Pass {
  readonly name: string
  run(work: Work, context: PassContext): Promise<Work> | Work
}
