/** What is trained on: maps of photos at the freeze point, one after the other. */
export interface Training {
  readonly maps: Float32Array
  readonly labels: Int32Array
  readonly rate: number
}

/** A training that goes step by step. */
export interface Stepping {
  /** The loss before the step. */
  step(): Promise<number>
  close(): void
}
