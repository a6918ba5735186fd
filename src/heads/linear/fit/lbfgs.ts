import { addScaled, combine, dot, largestEntry } from './vectors'

/** A smooth convex function: writes the gradient at `point` and gives the value. */
export type Objective = (point: Float64Array, gradient: Float64Array) => Promise<number>

export interface MinimiseOptions {
  /** Ends when the largest gradient entry is at most this. */
  tolerance: number
  maxEvaluations: number
  /** Replaces `vector` by (an approximation of the Hessian)⁻¹ · vector. */
  precondition: (vector: Float64Array) => void
}

export interface Minimum {
  point: Float64Array
  evaluations: number
  /** Steps taken; none where the start could not be bettered. */
  steps: number
}

interface Correction {
  step: Float64Array
  change: Float64Array
  /** step · change */
  curvature: number
}

interface Iterate {
  point: Float64Array
  gradient: Float64Array
  value: number
}

/** Pairs of former steps and gradient changes that are remembered. */
const memory = 8
/** Armijo's and Wolfe's constants (Nocedal & Wright, Numerical Optimization, 2nd ed., section 3.1). */
const sufficientDecrease = 1e-4
const sufficientFlattening = 0.9
/** Relative noise of a value that was summed from float32 logits. */
const valueNoise = 1e-6

/**
 * Limited-memory BFGS (Nocedal & Wright, algorithm 7.4) with a preconditioner as first Hessian. Ends at the tolerance,
 * at `maxEvaluations`, or where rounding leaves no step that helps.
 */
export async function minimise(objective: Objective, start: Float64Array, options: MinimiseOptions): Promise<Minimum> {
  const { tolerance, maxEvaluations, precondition } = options
  const corrections: Correction[] = []
  const direction = new Float64Array(start.length)
  let here = emptyPlace(start.length)
  let next = emptyPlace(start.length)
  here.point.set(start)
  here.value = await objective(here.point, here.gradient)
  let evaluations = 1
  let steps = 0

  while (largestEntry(here.gradient) > tolerance && evaluations < maxEvaluations) {
    descend(direction, here.gradient, corrections, precondition)
    const found = await searchLine(objective, here, direction, next, maxEvaluations - evaluations)
    evaluations += found.evaluations
    if (!found.accepted) break
    steps++
    const oldest = corrections.length === memory ? corrections.shift() : undefined
    const correction = oldest ?? emptyCorrection(start.length)
    combine(correction.step, next.point, here.point, -1)
    combine(correction.change, next.gradient, here.gradient, -1)
    correction.curvature = dot(correction.step, correction.change)
    if (correction.curvature > 0) corrections.push(correction)
    ;[here, next] = [next, here]
  }
  return { point: here.point, evaluations, steps }
}

/** direction = −(inverse Hessian of the corrections) · gradient, by the two loops. */
function descend(
  direction: Float64Array,
  gradient: Float64Array,
  corrections: readonly Correction[],
  precondition: (vector: Float64Array) => void,
): void {
  direction.set(gradient)
  const shares = new Float64Array(corrections.length)
  for (let index = corrections.length - 1; index >= 0; index--) {
    const { step, change, curvature } = corrections[index]
    shares[index] = dot(step, direction) / curvature
    addScaled(direction, change, -shares[index])
  }
  precondition(direction)
  for (const [index, { step, change, curvature }] of corrections.entries()) {
    addScaled(direction, step, shares[index] - dot(change, direction) / curvature)
  }
  for (let index = 0; index < direction.length; index++) direction[index] = -direction[index]
}

interface SearchEnd {
  length: number
  slope: number
}

/**
 * Finds a step along `direction` that meets the strong Wolfe conditions and writes it to `next`. It brackets the zero
 * of the slope, which a convex function has only once, so that noise in the value cannot mislead it.
 */
async function searchLine(
  objective: Objective,
  here: Iterate,
  direction: Float64Array,
  next: Iterate,
  maxEvaluations: number,
): Promise<{ accepted: boolean; evaluations: number }> {
  const slope = dot(direction, here.gradient)
  if (!(slope < 0)) return { accepted: false, evaluations: 0 }
  const noise = valueNoise * Math.abs(here.value)
  let low: SearchEnd = { length: 0, slope }
  let high: SearchEnd | undefined
  let length = 1
  for (let evaluations = 1; evaluations <= maxEvaluations; evaluations++) {
    combine(next.point, here.point, direction, length)
    next.value = await objective(next.point, next.gradient)
    const end = { length, slope: dot(direction, next.gradient) }
    const isLower = next.value <= here.value + sufficientDecrease * length * slope + noise
    if (isLower && Math.abs(end.slope) <= sufficientFlattening * -slope) return { accepted: true, evaluations }
    if (isLower && end.slope < 0) low = end
    else high = end
    const following = nextLength(low, high)
    if (following === length || following === low.length) return { accepted: false, evaluations }
    length = following
  }
  return { accepted: false, evaluations: maxEvaluations }
}

/** Where the slope's secant crosses zero, kept well inside the bracket; while it has no upper end, four times as far. */
function nextLength(low: SearchEnd, high: SearchEnd | undefined): number {
  if (!high) return low.length * 4
  const share = high.slope > 0 && Number.isFinite(high.slope) ? low.slope / (low.slope - high.slope) : 0.5
  return low.length + (high.length - low.length) * Math.min(0.9, Math.max(0.1, share))
}

function emptyPlace(length: number): Iterate {
  return { point: new Float64Array(length), gradient: new Float64Array(length), value: 0 }
}

function emptyCorrection(length: number): Correction {
  return { step: new Float64Array(length), change: new Float64Array(length), curvature: 0 }
}
