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
  value: number
  /** Largest entry in absolute value. */
  gradientMax: number
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

/** Pairs of former steps and gradient changes that are remembered. */
const memory = 12
/** Armijo's and Wolfe's constants (Nocedal & Wright, Numerical Optimization, 2nd ed., section 3.1). */
const sufficientDecrease = 1e-4
const sufficientFlattening = 0.9
/** Relative noise of a value that was summed from float32 logits. */
const valueNoise = 1e-6

/**
 * Limited-memory BFGS (Nocedal & Wright, algorithm 7.4) with a preconditioner as first Hessian. The line search brackets
 * the zero of the slope, which a convex function has only once, so noise in the value cannot mislead it.
 */
export async function minimise(objective: Objective, start: Float64Array, options: MinimiseOptions): Promise<Minimum> {
  const length = start.length
  let point: Float64Array = start.slice()
  let gradient: Float64Array = new Float64Array(length)
  let value = await objective(point, gradient)
  let evaluations = 1
  let steps = 0
  const corrections: Correction[] = []

  while (largestEntry(gradient) > options.tolerance && evaluations < options.maxEvaluations) {
    const direction = descentDirection(gradient, corrections, options.precondition)
    const slope = dot(direction, gradient)
    if (!(slope < 0)) break
    const found = await searchLine(objective, point, direction, value, slope, options.maxEvaluations - evaluations)
    evaluations += found.evaluations
    if (!found.accepted) break
    steps++
    const step = difference(found.point, point)
    const change = difference(found.gradient, gradient)
    const curvature = dot(step, change)
    if (curvature > 0) {
      corrections.push({ step, change, curvature })
      if (corrections.length > memory) corrections.shift()
    }
    point = found.point
    gradient = found.gradient
    value = found.value
  }
  return { point, value, gradientMax: largestEntry(gradient), evaluations, steps }
}

function descentDirection(
  gradient: Float64Array,
  corrections: readonly Correction[],
  precondition: (vector: Float64Array) => void,
): Float64Array {
  const direction = gradient.map((entry) => -entry)
  const shares: number[] = []
  for (const { step, change, curvature } of corrections.toReversed()) {
    const share = dot(step, direction) / curvature
    shares.push(share)
    addScaled(direction, change, -share)
  }
  precondition(direction)
  for (const { step, change, curvature } of corrections) {
    const share = shares.pop() ?? 0
    addScaled(direction, step, share - dot(change, direction) / curvature)
  }
  return direction
}

interface LinePoint {
  point: Float64Array
  gradient: Float64Array
  value: number
  evaluations: number
  accepted: boolean
}

async function searchLine(
  objective: Objective,
  origin: Float64Array,
  direction: Float64Array,
  value: number,
  slope: number,
  maxEvaluations: number,
): Promise<LinePoint> {
  const point = new Float64Array(origin.length)
  const gradient = new Float64Array(origin.length)
  const noise = valueNoise * Math.abs(value)
  let low = { length: 0, slope }
  let high: { length: number; slope: number } | undefined
  let length = 1
  for (let evaluations = 1; ; evaluations++) {
    for (let index = 0; index < point.length; index++) point[index] = origin[index] + length * direction[index]
    const newValue = await objective(point, gradient)
    const newSlope = dot(direction, gradient)
    const decreased = newValue <= value + sufficientDecrease * length * slope + noise
    if (decreased && Math.abs(newSlope) <= sufficientFlattening * -slope) {
      return { point, gradient, value: newValue, evaluations, accepted: true }
    }
    if (evaluations >= maxEvaluations) return { point, gradient, value: newValue, evaluations, accepted: false }
    if (newSlope < 0 && decreased) low = { length, slope: newSlope }
    else high = { length, slope: Math.abs(newSlope) }
    length = nextLength(low, high)
  }
}

/** Where the slope's secant crosses zero, kept well inside the bracket; without an upper end, at most four times as far. */
function nextLength(
  low: { length: number; slope: number },
  high: { length: number; slope: number } | undefined,
): number {
  if (!high) return low.length * 4
  const width = high.length - low.length
  const share = Number.isFinite(high.slope) ? low.slope / (low.slope - high.slope) : 0.1
  return low.length + width * Math.min(0.9, Math.max(0.1, share))
}

export function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0
  for (let index = 0; index < left.length; index++) sum += left[index] * right[index]
  return sum
}

export function largestEntry(vector: Float64Array | Float32Array): number {
  let largest = 0
  for (const entry of vector) largest = Math.max(largest, Math.abs(entry))
  return largest
}

function addScaled(target: Float64Array, vector: Float64Array, scale: number): void {
  for (let index = 0; index < target.length; index++) target[index] += scale * vector[index]
}

function difference(left: Float64Array, right: Float64Array): Float64Array {
  return left.map((entry, index) => entry - right[index])
}
