/** All of `before` are to stand above all of `after`. */
export interface Barrier {
  readonly before: readonly number[]
  readonly after: readonly number[]
}

/** A link between two numbered things. */
export interface NumberedLink {
  readonly from: number
  readonly to: number
}
