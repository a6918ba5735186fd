import { table } from '../../../graph/table'
import { broadcastPlaces, type Places } from './places'
import { multiply } from './sums'
import type { Backward, NodeFacts, OpSteps, TailOp } from './types'

/** A function of two numbers, with its slope by each of them. */
interface Pair {
  readonly value: (a: number, b: number) => number
  readonly slopes: readonly [byA: (a: number, b: number) => number, byB: (a: number, b: number) => number]
}

/** Of each two numbers, operands repeated as they have to be. */
function eachPair({ value, slopes }: Pair, { inputs: [a, b], shape }: NodeFacts): OpSteps {
  const places = [broadcastPlaces(a, shape), broadcastPlaces(b, shape)]
  const back = (of: 0 | 1): Backward => ({
    inputs: [0, 1],
    run: (_, { inputs }, { dy, target, accumulate }) => {
      if (!accumulate) target.fill(0)
      for (let at = 0; at < dy.length; at++) {
        target[places[of][at]] += dy[at] * slopes[of](inputs[0][places[0][at]], inputs[1][places[1][at]])
      }
    },
  })
  return { forward: (_, { inputs, output }) => forward(value, places, inputs, output), back: [back(0), back(1)] }
}

function forward(
  value: Pair['value'],
  [a, b]: readonly Places[],
  inputs: readonly Float32Array[],
  output: Float32Array,
): void {
  for (let at = 0; at < output.length; at++) output[at] = value(inputs[0][a[at]], inputs[1][b[at]])
}

const pair =
  (value: Pair['value'], ...slopes: Pair['slopes']): TailOp =>
  (facts) =>
    eachPair({ value, slopes }, facts)

const product: Pair = { value: (a, b) => a * b, slopes: [(_, b) => b, (a) => a] }
const ratio = pair(
  (a, b) => a / b,
  (_, b) => 1 / b,
  (a, b) => -a / (b * b),
)

/** Functions of two numbers; where two are equal the slopes go as TensorFlow's do. */
export const pairs = table<TailOp>({
  Mul: (facts) => multiply(facts) ?? eachPair(product, facts),
  Div: ratio,
  RealDiv: ratio,
  Maximum: pair(
    Math.max,
    (a, b) => (a >= b ? 1 : 0),
    (a, b) => (a >= b ? 0 : 1),
  ),
  Minimum: pair(
    Math.min,
    (a, b) => (a <= b ? 1 : 0),
    (a, b) => (a <= b ? 0 : 1),
  ),
  Pow: pair(
    Math.pow,
    (a, b) => (b === 0 ? 0 : b * a ** (b - 1)),
    (a, b) => (a > 0 ? a ** b * Math.log(a) : 0),
  ),
  SquaredDifference: pair(
    (a, b) => (a - b) ** 2,
    (a, b) => 2 * (a - b),
    (a, b) => 2 * (b - a),
  ),
  Prelu: pair(
    (x, alpha) => (x > 0 ? x : alpha * x),
    (x, alpha) => (x > 0 ? 1 : alpha),
    (x) => (x > 0 ? 0 : x),
  ),
})
