import type { Pace } from '../../../compute/head/pace'
import type { Machine, MachineProblem } from './machine'

/** Of products of rows that are the same. */
const leastCurvature = 1e-12

/** Numbers that are looked at between two chances for messages to come in: a few milliseconds. */
const workPerTurn = 4e6

/**
 * Least ½‖w‖² + Σ cost · max(0, 1 − sign · score), or its square, with a bias that is not penalised. In the dual two
 * coefficients change at a time, the pair chosen by second order (Fan, Chen and Lin, Working Set Selection Using Second
 * Order Information, 2005; what LIBSVM does), until no pair is further from its optimum than `tolerance`. Lets messages in meanwhile.
 */
export async function solveMachine(
  { kernel, costs, squared }: MachineProblem,
  signs: Float64Array,
  tolerance: number,
  pace: Pace,
): Promise<Machine> {
  const size = costs.length
  const stepsPerTurn = Math.max(1, Math.floor(workPerTurn / size))
  const mostSteps = Math.max(200_000, 500 * size)
  const bound = (cost: number): number => (squared ? Infinity : cost)
  const state: State = {
    coefficients: new Float64Array(size),
    slack: signs.slice(),
    low: costs.map((cost, row) => (signs[row] > 0 ? 0 : -bound(cost))),
    high: costs.map((cost, row) => (signs[row] > 0 ? bound(cost) : 0)),
    // Squared distances are a machine without bounds whose rows are a little further apart.
    ridge: costs.map((cost) => (squared ? 1 / (2 * cost) : 0)),
  }
  let steps = 0
  for (; steps < mostSteps; steps++) {
    const pair = choosePair(kernel, state, tolerance)
    if (!pair) break
    change(kernel, state, pair)
    if ((steps + 1) % stepsPerTurn === 0) await pace.yieldTurn()
  }
  const bias = biasOf(state)
  const { coefficients, slack, ridge } = state
  const scores = slack.map((value, row) => signs[row] - value - ridge[row] * coefficients[row] + bias)
  return { coefficients, bias, scores, steps, converged: steps < mostSteps }
}

interface State {
  readonly coefficients: Float64Array
  /** sign − score without bias: at the optimum none that may rise is above one that may fall. */
  readonly slack: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
  readonly ridge: Float64Array
}

interface Pair {
  readonly rising: number
  readonly falling: number
  readonly curvature: number
}

/** The pair that gains most; null at the optimum. */
function choosePair(
  kernel: Float32Array,
  { coefficients, slack, low, high, ridge }: State,
  tolerance: number,
): Pair | null {
  const size = slack.length
  let rising = -1
  let [most, least] = [-Infinity, Infinity]
  for (let row = 0; row < size; row++) {
    if (slack[row] > most && coefficients[row] < high[row]) {
      most = slack[row]
      rising = row
    }
  }
  if (rising < 0) return null
  const line = rising * size
  const own = kernel[line + rising] + ridge[rising]
  let falling = -1
  let [gain, chosen] = [0, 1]
  for (let row = 0; row < size; row++) {
    if (!(coefficients[row] > low[row])) continue
    if (slack[row] < least) least = slack[row]
    const apart = most - slack[row]
    if (apart <= 0) continue
    const between = own + kernel[row * size + row] + ridge[row] - 2 * kernel[line + row]
    const curvature = between > leastCurvature ? between : leastCurvature
    const wins = (apart * apart) / curvature
    if (wins > gain) {
      gain = wins
      chosen = curvature
      falling = row
    }
  }
  return falling < 0 || most - least < tolerance ? null : { rising, falling, curvature: chosen }
}

/** Moves both as far as it gains and they may. */
function change(
  kernel: Float32Array,
  { coefficients, slack, low, high, ridge }: State,
  { rising, falling, curvature }: Pair,
): void {
  const size = slack.length
  const up = high[rising] - coefficients[rising]
  const down = coefficients[falling] - low[falling]
  const step = Math.min((slack[rising] - slack[falling]) / curvature, up, down)
  coefficients[rising] = step === up ? high[rising] : coefficients[rising] + step
  coefficients[falling] = step === down ? low[falling] : coefficients[falling] - step
  for (let row = 0, one = rising * size, other = falling * size; row < size; row++, one++, other++) {
    slack[row] -= step * (kernel[one] - kernel[other])
  }
  slack[rising] -= step * ridge[rising]
  slack[falling] += step * ridge[falling]
}

/** The mean of those at neither bound; where there are none, the middle of what the bounds allow. */
function biasOf({ coefficients, slack, low, high }: State): number {
  let [sum, count, most, least] = [0, 0, -Infinity, Infinity]
  slack.forEach((value, row) => {
    const [mayRise, mayFall] = [coefficients[row] < high[row], coefficients[row] > low[row]]
    if (mayRise && mayFall) {
      sum += value
      count += 1
    }
    if (mayRise) most = Math.max(most, value)
    if (mayFall) least = Math.min(least, value)
  })
  return count > 0 ? sum / count : (most + least) / 2
}
