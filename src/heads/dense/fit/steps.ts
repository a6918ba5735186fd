import type { Mixture } from '../../../compute/head/mixing/mixture'
import type { Pace } from '../../../compute/head/pace'
import type { PreparedRows } from '../../../compute/head/rows'
import type { UpdateRule } from '../../../compute/kernels/update-rules'
import type { LayerWeights } from './weights'

export interface StepsOptions {
  readonly training: PreparedRows
  readonly held: PreparedRows | null
  /** Where to begin. */
  readonly layers: readonly LayerWeights[]
  readonly rule: UpdateRule
  /** The learning rate of a step, by how many were taken before it. */
  readonly rate: (taken: number) => number
  /** Share of each kernel that goes in a step of rate 1; biases lose nothing. 0 for none. */
  readonly weightDecay: number
  /** Share of each row's target that is spread over all labels. */
  readonly labelSmoothing: number
  /** The length that the gradient of all weights together has at most; 0 for any. */
  readonly clipNorm: number
  /** Share of each hidden layer's values that is left out in a step. */
  readonly dropout: number
  /** Of the dropout. */
  readonly seed: number
  /** Rows in a call at most. */
  readonly most: number
  /** Yields within long steps. */
  readonly pace: Pace
}

export interface Sums {
  /** Of the cross-entropies with the smoothed labels, weighted. */
  readonly loss: number
  /** Rows whose label, the greater part of it where they are mixed, is the most likely one. */
  readonly correct: number
}

/**
 * The training of dense layers with relu between them and softmax at the end, somewhere. The same calls give the same
 * weights there; elsewhere they are those to rounding. One call at a time.
 */
export interface Steps {
  /** Steps taken so far. */
  readonly taken: number
  /** One step down the gradient of the mean loss of these training rows, mixed with one another as a mixture says. */
  step(rows: Int32Array, mixture: Mixture | null): Promise<void>
  /** Looks at these held-out rows without learning from them. */
  evaluate(rows: Int32Array): Promise<void>
  /** Of all rows since the last call, before the steps they were in. */
  sums(): Promise<Sums>
  /** Remembers the weights as they are. */
  keepBest(): void
  /** The weights of the last `keepBest`. */
  best(): Promise<LayerWeights[]>
  dispose(): void
}
