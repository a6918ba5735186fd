/** Rows to tell apart, by their inner products. */
export interface MachineProblem {
  /** `[rows, rows]`, row by row. */
  readonly kernel: Float32Array
  /** What each row on the wrong side of the margin costs. */
  readonly costs: Float64Array
  /** Whether its distance to the margin counts squared. */
  readonly squared: boolean
}

/** One label against the rest: a row's score is Σ coefficients · its products with the rows, plus the bias. */
export interface Machine {
  readonly coefficients: Float64Array
  readonly bias: number
  /** Of the rows trained on. */
  readonly scores: Float64Array
  readonly steps: number
  readonly converged: boolean
}

/** The machine that tells the others apart from the label. */
export const mirrored = (machine: Machine): Machine => ({
  ...machine,
  coefficients: machine.coefficients.map((value) => -value),
  bias: -machine.bias,
  scores: machine.scores.map((value) => -value),
})
