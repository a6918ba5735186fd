import type { BlockedOp } from './blocked'
import type { NodeCost } from './cost'
import type { CutVerdict } from './cuts/analyse'
import type { TensorInfo } from './types'

/** What is known of a graph beyond its structure, by tensor and by node. */
export interface ModelFacts {
  readonly infos: ReadonlyMap<string, TensorInfo>
  readonly costs: ReadonlyMap<string, NodeCost>
  readonly verdicts: ReadonlyMap<string, CutVerdict>
  /** Operations that cannot be run here, by name; absent where there are none. */
  readonly blocked?: ReadonlyMap<string, BlockedOp>
  /** The cut to begin with, where one can be cut. */
  readonly suggested?: string | null
}
