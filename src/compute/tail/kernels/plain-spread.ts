import type { Spread, TailKernels, Unary } from './types'

type Spreads = Pick<
  TailKernels,
  'add' | 'multiply' | 'scaleOffset' | 'sum' | 'sumOfProducts' | 'sumOfDeviations' | 'spread'
>

/** What is done to wide tensors beside narrow ones. */
export function plainSpreads(): Spreads {
  return {
    add(at, wide, narrow, target) {
      eachOf(at, (own, beside) => (target[own] = wide[own] + narrow[beside]))
    },
    multiply(at, wide, narrow, target, accumulate) {
      eachOf(at, (own, beside) => (target[own] = wide[own] * narrow[beside] + (accumulate ? target[own] : 0)))
    },
    scaleOffset(at, wide, scale, offset, target) {
      eachOf(at, (own, beside) => (target[own] = wide[own] * scale[beside] + offset[beside]))
    },
    sum(at, wide, factor, target, accumulate) {
      addUp(at, (own) => factor * wide[own], target, accumulate)
    },
    sumOfProducts(at, a, b, target, accumulate) {
      addUp(at, (own) => a[own] * b[own], target, accumulate)
    },
    sumOfDeviations(at, x, mean, dy, target) {
      addUp(at, (own, beside) => (x[own] - mean[beside]) * dy[own], target, true)
    },
    spread(at, narrow, factor, target, accumulate) {
      eachOf(at, (own, beside) => (target[own] = factor * narrow[beside] + (accumulate ? target[own] : 0)))
    },
  }
}

function eachOf({ outer, middle, inner }: Spread, visit: (wide: number, narrow: number) => void): void {
  let wide = 0
  for (let o = 0; o < outer; o++) {
    for (let m = 0; m < middle; m++) {
      for (let i = 0; i < inner; i++) visit(wide++, o * inner + i)
    }
  }
}

/** Adds up over the middle as float64, and rounds once. */
function addUp(
  at: Spread,
  value: (wide: number, narrow: number) => number,
  target: Float32Array,
  accumulate: boolean,
): void {
  const sums = new Float64Array(at.outer * at.inner)
  if (accumulate) sums.set(target)
  eachOf(at, (own, beside) => (sums[beside] += value(own, beside)))
  target.set(sums)
}

const seluScale = 1.0507009873554805
const seluAlpha = 1.6732632423543772

/** The value of a function at x, and its slope where it gave y. */
interface UnaryFunction {
  readonly value: (x: number) => number
  readonly slope: (y: number) => number
}

/** Kinks have the slopes that TensorFlow gives them. */
export function unaryFunction(of: Unary): UnaryFunction {
  switch (of.kind) {
    case 'relu':
      return { value: (x) => (x < 0 ? 0 : x), slope: (y) => (y > 0 ? 1 : 0) }
    case 'relu6':
      return { value: (x) => (x < 0 ? 0 : x > 6 ? 6 : x), slope: (y) => (y > 0 && y < 6 ? 1 : 0) }
    case 'leaky-relu':
      return { value: (x) => (x > 0 ? x : of.alpha * x), slope: (y) => (y > 0 ? 1 : of.alpha) }
    case 'elu':
      return { value: (x) => (x < 0 ? Math.expm1(x) : x), slope: (y) => (y < 0 ? y + 1 : 1) }
    case 'selu':
      return {
        value: (x) => seluScale * (x < 0 ? seluAlpha * Math.expm1(x) : x),
        slope: (y) => (y < 0 ? y + seluScale * seluAlpha : seluScale),
      }
    case 'sigmoid':
      return { value: (x) => 1 / (1 + Math.exp(-x)), slope: (y) => y * (1 - y) }
    case 'tanh':
      return { value: Math.tanh, slope: (y) => 1 - y * y }
    case 'softplus':
      return { value: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), slope: (y) => -Math.expm1(-y) }
    case 'exp':
      return { value: Math.exp, slope: (y) => y }
    case 'sqrt':
      return { value: Math.sqrt, slope: (y) => 0.5 / y }
    case 'rsqrt':
      return { value: (x) => 1 / Math.sqrt(x), slope: (y) => -0.5 * y * y * y }
  }
}
