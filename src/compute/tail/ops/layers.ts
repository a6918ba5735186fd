import { table } from '../../../graph/table'
import { grouped } from './grouped'
import { product } from './product'
import { slidingOf } from './sliding'
import { sizeOf, type NodeFacts, type OpSteps, type TailOp } from './types'

function convolution({ node, inputs: [x, filter], shape }: NodeFacts): OpSteps {
  const at = slidingOf(node, x, shape, [filter[0], filter[1]])
  if (filter[2] !== x[3]) return grouped(at, x, filter, shape)
  return {
    forward: (kernels, { inputs, output }) => kernels.convolution(at, inputs[0], inputs[1], output),
    back: [
      {
        inputs: [1],
        run: (kernels, { inputs }, { dy, target, accumulate }) =>
          kernels.convolutionToInput(at, dy, inputs[1], target, accumulate),
      },
      {
        inputs: [0],
        run: (kernels, { inputs }, { dy, target, accumulate }) =>
          kernels.convolutionToFilter(at, inputs[0], dy, target, accumulate),
      },
    ],
  }
}

function depthwise({ node, inputs: [x, filter], shape }: NodeFacts): OpSteps {
  const at = slidingOf(node, x, shape, [filter[0], filter[1]])
  return {
    forward: (kernels, { inputs, output }) => kernels.depthwise(at, inputs[0], inputs[1], output),
    back: [
      {
        inputs: [1],
        run: (kernels, { inputs }, { dy, target, accumulate }) =>
          kernels.depthwiseToInput(at, dy, inputs[1], target, accumulate),
      },
      {
        inputs: [0],
        run: (kernels, { inputs }, { dy, target, accumulate }) =>
          kernels.depthwiseToFilter(at, inputs[0], dy, target, accumulate),
      },
    ],
  }
}

/** A convolution turned round: filter `[height, width, outputs, inputs]`, and its slopes go through the convolution. */
function transposed({ node, inputs: [filter, x], shape }: NodeFacts): OpSteps {
  const at = slidingOf(node, shape, x, [filter[0], filter[1]])
  return {
    forward: (kernels, { inputs, output }) => kernels.convolutionToInput(at, inputs[1], inputs[0], output, false),
    own: [sizeOf(x)],
    back: [
      {
        inputs: [1],
        run: (kernels, { inputs }, { dy, target, accumulate }) =>
          kernels.convolutionToFilter(at, dy, inputs[1], target, accumulate),
      },
      {
        inputs: [0],
        run: (kernels, { inputs, own: [slopes] }, { dy, target, accumulate }) => {
          kernels.convolution(at, dy, inputs[0], slopes)
          kernels.spread({ outer: 1, middle: 1, inner: target.length }, slopes, 1, target, accumulate)
        },
      },
    ],
  }
}

/** Convolutions and products of matrices. */
export const layers = table<TailOp>({
  Conv2D: convolution,
  DepthwiseConv2dNative: depthwise,
  Conv2DBackpropInput: transposed,
  MatMul: product('transpose_a', 'transpose_b'),
  BatchMatMul: product('adj_x', 'adj_y'),
  BatchMatMulV2: product('adj_x', 'adj_y'),
})
