import type { ClassWeights } from '../../../compute/head/class-weights'

/** A linear head: a row of scores is `features · kernel + bias`. */
export interface LinearHead {
  /** `[length, classes]`, for raw features. */
  kernel: Float32Array
  /** `[classes]` */
  bias: Float32Array
}

/** What a linear head is fitted to. */
export interface LinearProblem {
  /** `[images, length]`, row major, as the trunk gives them. */
  features: Float32Array
  length: number
  /** How many of the features come from each tensor of the cut, in order; all from one, if left out. */
  lengths?: readonly number[]
  /** Class of each row. */
  labels: Int32Array
  classes: number
  classWeights?: ClassWeights
}
