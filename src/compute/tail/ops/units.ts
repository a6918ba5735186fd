import { floatAttribute } from '../../../graph/lookup/attributes'
import { table } from '../../../graph/table'
import type { Unary } from '../kernels/types'
import type { NodeFacts, OpSteps, TailOp } from './types'

/** A function that the kernels know, its slope from its result. */
const known =
  (of: (facts: NodeFacts) => Unary): TailOp =>
  (facts) => {
    const unary = of(facts)
    return {
      inPlace: [0],
      forward: (kernels, { inputs, output }) => kernels.unary(unary, inputs[0], output),
      back: [
        {
          output: true,
          inPlace: true,
          run: (kernels, { output }, { dy, target, accumulate }) =>
            kernels.unaryBack(unary, output, dy, target, accumulate),
        },
      ],
    }
  }
const plain = (kind: Exclude<Unary['kind'], 'leaky-relu'>): TailOp => known(() => ({ kind }))

/** A function that is rare, its slope from what it takes. */
const rare =
  (value: (x: number) => number, slope: (x: number) => number): TailOp =>
  () =>
    eachNumber(value, slope)

function eachNumber(value: (x: number) => number, slope: (x: number) => number): OpSteps {
  return {
    forward: (_, { inputs: [x], output }) => {
      for (let at = 0; at < output.length; at++) output[at] = value(x[at])
    },
    back: [
      {
        inputs: [0],
        inPlace: true,
        run: (_, { inputs: [x] }, { dy, target, accumulate }) => {
          for (let at = 0; at < x.length; at++) target[at] = dy[at] * slope(x[at]) + (accumulate ? target[at] : 0)
        },
      },
    ],
  }
}

function softmax({ shape }: NodeFacts): OpSteps {
  const classes = shape[shape.length - 1]
  const eachRow = (length: number, visit: (from: number) => void): void => {
    for (let from = 0; from < length; from += classes) visit(from)
  }
  return {
    forward: (_, { inputs: [x], output }) =>
      eachRow(x.length, (from) => {
        const greatest = Math.max(...x.subarray(from, from + classes))
        let total = 0
        for (let at = from; at < from + classes; at++) total += Math.exp(x[at] - greatest)
        for (let at = from; at < from + classes; at++) output[at] = Math.exp(x[at] - greatest) / total
      }),
    back: [
      {
        output: true,
        run: (_, { output: y }, { dy, target, accumulate }) =>
          eachRow(y.length, (from) => {
            let mean = 0
            for (let at = from; at < from + classes; at++) mean += y[at] * dy[at]
            for (let at = from; at < from + classes; at++) {
              target[at] = y[at] * (dy[at] - mean) + (accumulate ? target[at] : 0)
            }
          }),
      },
    ],
  }
}

/** Between two constants; those on the edge have a slope, as TensorFlow gives them one. */
function clip({ scalar }: NodeFacts): OpSteps {
  const [least, most] = [scalar(1), scalar(2)]
  return eachNumber(
    (x) => Math.min(Math.max(x, least), most),
    (x) => (x < least || x > most ? 0 : 1),
  )
}

/**
 * The error function by its power series, and beyond by the continued fraction of what is left to 1; exact to float64's
 * rounding or little more. Source: Abramowitz and Stegun 7.1.6 and 7.1.14.
 */
export function erf(x: number): number {
  const size = Math.abs(x)
  if (size > 6) return Math.sign(x)
  if (size < 2.5) {
    let [term, sum] = [size, size]
    for (let n = 1; Math.abs(term) > 1e-17 * sum; n++) {
      term *= (2 * size * size) / (2 * n + 1)
      sum += term
    }
    return (Math.sign(x) * 2 * Math.exp(-size * size) * sum) / Math.sqrt(Math.PI)
  }
  let rest = size
  for (let n = 60; n > 0; n--) rest = size + n / 2 / rest
  return Math.sign(x) * (1 - Math.exp(-size * size) / (Math.sqrt(Math.PI) * rest))
}

/** Functions of each number for itself; kinks have TensorFlow's slopes. */
export const units = table<TailOp>({
  Relu: plain('relu'),
  Relu6: plain('relu6'),
  LeakyRelu: known(({ node }) => ({ kind: 'leaky-relu', alpha: floatAttribute(node, 'alpha', 0.2) })),
  Elu: plain('elu'),
  Selu: plain('selu'),
  Sigmoid: plain('sigmoid'),
  Tanh: plain('tanh'),
  Softplus: plain('softplus'),
  Exp: plain('exp'),
  Sqrt: plain('sqrt'),
  Rsqrt: plain('rsqrt'),
  Softmax: softmax,
  ClipByValue: clip,
  Softsign: rare(
    (x) => x / (1 + Math.abs(x)),
    (x) => 1 / (1 + Math.abs(x)) ** 2,
  ),
  Abs: rare(Math.abs, Math.sign),
  Neg: rare(
    (x) => -x,
    () => -1,
  ),
  Square: rare(
    (x) => x * x,
    (x) => 2 * x,
  ),
  Log: rare(Math.log, (x) => 1 / x),
  Log1p: rare(Math.log1p, (x) => 1 / (1 + x)),
  Reciprocal: rare(
    (x) => 1 / x,
    (x) => -1 / (x * x),
  ),
  Erf: rare(erf, (x) => (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x)),
})
