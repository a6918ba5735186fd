import type { Pace } from '../head/pace'
import type { BatchLoss } from './loss'
import type { StepLoss, StepOptions, StepRows } from './step'

/**
 * A tail that learns, wherever it is computed. Weights and what is remembered of them go by the weight's id. One call at a
 * time; it holds its memory until `dispose`.
 */
export interface TailLearner {
  /** The most rows that are evaluated at once. */
  readonly batch: number
  /**
   * One step down the gradient of the mean softmax cross-entropy of some rows. Throws CutpointError `not-finite`, and what the
   * pace throws; the weights are then as they were.
   */
  step(batch: StepRows, options: StepOptions): Promise<StepLoss>
  /** What some rows cost, without learning from them. */
  lossOf(batch: StepRows, pace: Pace): Promise<BatchLoss>
  /** The output for some rows, one after the other. */
  logitsOf(rows: ArrayLike<number>, maps: StepRows['maps'], pace: Pace): Promise<Float32Array>
  /** Copies of the weights that learn, as they are. */
  weights(): Promise<Map<string, Float32Array>>
  /** Brings weights back to what they were; those that are not given stay. */
  restore(weights: ReadonlyMap<string, Float32Array>): void
  /** Copies of what the update rule remembers of each weight. */
  memories(): Promise<Map<string, Float32Array[]>>
  /** Brings that back. */
  remember(memories: ReadonlyMap<string, readonly Float32Array[]>): void
  dispose(): void
}
