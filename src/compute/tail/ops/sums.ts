import { table } from '../../../graph/table'
import type { TailKernels } from '../kernels/types'
import { besideOf, isSameSize } from './beside'
import { broadcastPlaces, scatter } from './places'
import { sizeOf, type Backward, type NodeFacts, type OpSteps, type Sizes, type TailOp } from './types'

/** One of what is added up. */
interface Summand {
  /** target (+)= sign · operand, repeated to the result's size. */
  readonly add: (kernels: TailKernels, operand: Float32Array, target: Float32Array, accumulate: boolean) => void
  readonly back: Backward
  readonly isWhole: boolean
}

function summand(operand: Sizes, shape: Sizes, sign: number): Summand {
  const at = besideOf(operand, shape)
  if (at) {
    const isWhole = isSameSize(at)
    return {
      isWhole,
      add: (kernels, values, target, accumulate) => kernels.spread(at, values, sign, target, accumulate),
      back: {
        inPlace: isWhole ? true : undefined,
        run: (kernels, _, { dy, target, accumulate }) => {
          if (isWhole && sign === 1 && lieSame(target, dy)) return
          kernels.sum(at, dy, sign, target, accumulate)
        },
      },
    }
  }
  const places = broadcastPlaces(operand, shape)
  return {
    isWhole: false,
    add: (_, values, target, accumulate) => {
      for (let index = 0; index < places.length; index++) {
        target[index] = sign * values[places[index]] + (accumulate ? target[index] : 0)
      }
    },
    back: {
      run: (_, __, { dy, target, accumulate }) => {
        const slopes = sign === 1 ? dy : dy.map((slope) => sign * slope)
        scatter(places, slopes, target, accumulate)
      },
    },
  }
}

const lieSame = (a: Float32Array, b: Float32Array): boolean => a.buffer === b.buffer && a.byteOffset === b.byteOffset

/** Sums and differences, operands repeated as they have to be. */
const sumOf =
  (signOf: (place: number) => number): TailOp =>
  ({ inputs, shape }: NodeFacts): OpSteps => {
    const summands = inputs.map((operand, place) => summand(operand, shape, signOf(place)))
    const back = summands.map((each) => each.back)
    const first = summands.findIndex(({ isWhole }, place) => isWhole && signOf(place) === 1)
    const other = 1 - first
    const beside = first >= 0 && inputs.length === 2 && signOf(other) === 1 ? besideOf(inputs[other], shape) : null
    if (beside) {
      return {
        back,
        inPlace: beside.middle === 1 ? [0, 1] : [first],
        forward: (kernels, { inputs: values, output }) => {
          const [wide, narrow] = lieSame(values[other], output) ? [other, first] : [first, other]
          kernels.add(beside, values[wide], values[narrow], output)
        },
      }
    }
    return {
      back,
      forward: (kernels, { inputs: values, output }) =>
        summands.forEach(({ add }, place) => add(kernels, values[place], output, place > 0)),
    }
  }

/** A product of two, operands repeated as they have to be; null where only one number at a time can be worked out. */
export function multiply({ inputs: [a, b], shape }: NodeFacts): OpSteps | null {
  const [besideA, besideB] = [besideOf(a, shape), besideOf(b, shape)]
  const isWide = (beside: typeof besideA): boolean => beside !== null && isSameSize(beside)
  const wide = isWide(besideA) ? 0 : 1
  const narrow = 1 - wide
  const at = wide === 0 ? besideB : besideA
  if (!at || !isWide(wide === 0 ? besideA : besideB)) return null
  const toWide: Backward = {
    inputs: [narrow],
    inPlace: true,
    run: (kernels, { inputs }, { dy, target, accumulate }) =>
      kernels.multiply(at, dy, inputs[narrow], target, accumulate),
  }
  const toNarrow: Backward = {
    inputs: [wide],
    run: (kernels, { inputs }, { dy, target, accumulate }) =>
      kernels.sumOfProducts(at, dy, inputs[wide], target, accumulate),
  }
  return {
    forward: (kernels, { inputs, output }) => kernels.multiply(at, inputs[wide], inputs[narrow], output, false),
    back: wide === 0 ? [toWide, toNarrow] : [toNarrow, toWide],
  }
}

/** Sums over dimensions, or means. */
const reduce =
  (factorOf: (count: number) => number): TailOp =>
  (facts) => {
    const { inputs, shape } = facts
    const kept = keptSizes(facts)
    const factor = factorOf(sizeOf(inputs[0]) / sizeOf(shape))
    const at = besideOf(kept, inputs[0])
    if (at) {
      return {
        forward: (kernels, { inputs: [x], output }) => kernels.sum(at, x, factor, output, false),
        back: [
          {
            run: (kernels, _, { dy, target, accumulate }) => kernels.spread(at, dy, factor, target, accumulate),
          },
        ],
      }
    }
    const places = broadcastPlaces(kept, inputs[0])
    return {
      forward: (_, { inputs: [x], output }) => {
        output.fill(0)
        for (let index = 0; index < places.length; index++) output[places[index]] += factor * x[index]
      },
      back: [
        {
          run: (_, __, { dy, target, accumulate }) => {
            for (let index = 0; index < places.length; index++) {
              target[index] = factor * dy[places[index]] + (accumulate ? target[index] : 0)
            }
          },
        },
      ],
    }
  }

/** The sizes of a reduced tensor with those that are gone as one. */
export function keptSizes({ inputs: [x], numbers }: NodeFacts): Sizes {
  const axes = new Set(numbers(1).map((axis) => (axis < 0 ? axis + x.length : axis)))
  return x.map((size, axis) => (axes.has(axis) ? 1 : size))
}

const add = sumOf(() => 1)

/** Sums of several tensors, and of what is in one. */
export const sums = table<TailOp>({
  Add: add,
  AddV2: add,
  AddN: add,
  BiasAdd: add,
  Sub: sumOf((place) => (place === 0 ? 1 : -1)),
  Sum: reduce(() => 1),
  Mean: reduce((count) => 1 / count),
})
