import type { BatchAxis } from '../../batch/operands'
import type { Bottlenecks } from '../dominators'
import type { DataFlow } from '../../lookup/flow'
import type { GraphIndex } from '../../lookup/graph-index'
import type { TensorInfo } from '../../types'

/** What is known of a graph when a cut is suggested; tensors are named by their vertices in `flow`. */
export interface SuggestionFacts {
  readonly index: GraphIndex
  readonly infos: ReadonlyMap<string, TensorInfo>
  readonly flow: DataFlow
  /** 1 for each tensor that data of the picture reaches. */
  readonly byData: Uint8Array
  /** The batch axis of each tensor that depends on the picture. */
  readonly batch: ReadonlyMap<string, BatchAxis>
  readonly between: Bottlenecks
  /** All tensors that can be cut, in the order of the graph. */
  readonly possible: readonly number[]
  /** The recommended cuts, in the order of the data. */
  readonly recommended: readonly number[]
  /** The output that recommended cuts are on the way to. */
  readonly output: string | null
}
