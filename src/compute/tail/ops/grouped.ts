import type { Rows, Sliding, TailKernels } from '../kernels/types'
import { sizeOf, type OpSteps, type Sizes, type Values } from './types'

/** A tensor of which each group has some of the last dimension's columns. */
interface Shared {
  readonly rows: number
  readonly columns: number
  /** Columns of all groups. */
  readonly all: number
}

/** A group's columns of a tensor. */
const columnsOf = (whole: Float32Array, { columns }: Shared, group: number): Float32Array =>
  whole.subarray(group * columns)

/** Puts a group's columns into an array of their own. */
function gather(kernels: TailKernels, whole: Float32Array, shared: Shared, group: number, part: Float32Array): void {
  const { rows, columns, all } = shared
  kernels.copy({ rows, columns, from: all, to: columns }, columnsOf(whole, shared, group), part, false)
}

/** How columns of one group go back into all. */
const backTo = ({ rows, columns, all }: Shared): Rows => ({ rows, columns, from: columns, to: all })

/**
 * A convolution in groups: each takes its part of the channels, and gives its part. Its own arrays hold what one group takes,
 * its filter, and what it gives: each is gathered, and goes through the convolution by itself.
 */
export function grouped(at: Sliding, x: Sizes, filter: Sizes, shape: Sizes): OpSteps {
  const groups = x[3] / filter[2]
  const [taken, kernel, given] = [
    { rows: sizeOf(x.slice(0, 3)), columns: filter[2], all: x[3] },
    { rows: sizeOf(filter.slice(0, 3)), columns: filter[3] / groups, all: filter[3] },
    { rows: sizeOf(shape.slice(0, 3)), columns: shape[3] / groups, all: shape[3] },
  ]
  const own: Sliding = {
    ...at,
    input: { ...at.input, channels: taken.columns },
    output: { ...at.output, channels: given.columns },
  }
  const each = (work: (group: number) => void): void => {
    for (let group = 0; group < groups; group++) work(group)
  }
  return {
    own: [taken, kernel, given].map(({ rows, columns }) => rows * columns),
    forward: (kernels, { inputs, output, own: [maps, weights, results] }) =>
      each((group) => {
        gather(kernels, inputs[0], taken, group, maps)
        gather(kernels, inputs[1], kernel, group, weights)
        kernels.convolution(own, maps, weights, results)
        kernels.copy(backTo(given), results, columnsOf(output, given, group), false)
      }),
    back: [
      {
        inputs: [1],
        run: (kernels, { inputs, own: [maps, weights, results] }: Values, { dy, target, accumulate }) =>
          each((group) => {
            gather(kernels, dy, given, group, results)
            gather(kernels, inputs[1], kernel, group, weights)
            kernels.convolutionToInput(own, results, weights, maps, false)
            kernels.copy(backTo(taken), maps, columnsOf(target, taken, group), accumulate)
          }),
      },
      {
        inputs: [0],
        run: (kernels, { inputs, own: [maps, weights, results] }: Values, { dy, target, accumulate }) =>
          each((group) => {
            gather(kernels, inputs[0], taken, group, maps)
            gather(kernels, dy, given, group, results)
            kernels.convolutionToFilter(own, maps, results, weights, false)
            kernels.copy(backTo(kernel), weights, columnsOf(target, kernel, group), accumulate)
          }),
      },
    ],
  }
}
