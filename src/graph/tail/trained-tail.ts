/** The last layers of a network as they were trained with a head, in place of the file's. */
export interface TrainedTail {
  /** The tensor from which on the network was trained. */
  readonly from: string
  /** What each weight that was trained is now, by the id that the file's has. */
  readonly weights: readonly TunedWeight[]
}

export interface TunedWeight {
  readonly id: string
  readonly values: Float32Array
}
