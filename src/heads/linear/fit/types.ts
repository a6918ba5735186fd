/** A linear head: a row of scores is `features · kernel + bias`. */
export interface LinearHead {
  /** `[length, classes]`, for raw features. */
  kernel: Float32Array
  /** `[classes]` */
  bias: Float32Array
}
