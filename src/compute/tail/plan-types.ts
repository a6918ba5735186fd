import type { OpSteps } from './ops/types'

/** Numbers in memory: a tensor with all that are the same under other sizes. */
export interface Cell {
  /** float32s. */
  readonly size: number
  /** What it is: the maps that come in, a weight that learns, a constant that does not, or something that is worked out. */
  readonly kind: 'maps' | 'learns' | 'constant' | 'value'
  /** Whether slopes come back to it. */
  readonly slopes: boolean
}

/** One operation that is computed. */
export interface PlannedStep {
  readonly name: string
  readonly steps: OpSteps
  /** Cells by their number. */
  readonly inputs: readonly number[]
  readonly output: number
  /** Inputs that slopes go back to, by place, in the order in which that is done: the one that may lie over `dy` last. */
  readonly back: readonly number[]
}

/** A tail for a number of pictures, before it has memory. */
export interface TailPlan {
  readonly cells: readonly Cell[]
  readonly steps: readonly PlannedStep[]
  readonly maps: number
  readonly output: number
  /** Cells of weights and constants by their id. */
  readonly constants: ReadonlyMap<string, number>
}
