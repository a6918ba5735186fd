/** What readers of a graph think of as one thing. */
export type PatternKind =
  | 'convolution'
  | 'dense'
  | 'normalisation'
  | 'activation'
  | 'separable'
  | 'squeeze-excite'
  | 'inverted-residual'
  | 'residual'
  | 'classifier'

/** Operations that belong together. No tensor made inside is taken outside, but `output`. */
export interface Pattern {
  readonly kind: PatternKind
  /** In the field's terms: `Conv 3×3, 32, stride 2 · BN · ReLU6`. */
  readonly title: string
  /** Names of all operations in it, in the order of the data; constants are not among them. */
  readonly nodes: readonly string[]
  /** Patterns inside, in the order of the data; disjoint. */
  readonly inner: readonly Pattern[]
  /** The tensor that leaves it. */
  readonly output: string
}
