import { table } from '../../../graph/table'
import { slidingOf, windowOf } from './sliding'
import type { NodeFacts, OpSteps, TailOp } from './types'

function averagePool({ node, inputs: [x], shape }: NodeFacts): OpSteps {
  const at = slidingOf(node, x, shape, windowOf(node))
  return {
    forward: (kernels, { inputs, output }) => kernels.averagePool(at, inputs[0], output),
    back: [{ run: (kernels, _, { dy, target, accumulate }) => kernels.averagePoolBack(at, dy, target, accumulate) }],
  }
}

function maxPool({ node, inputs: [x], shape }: NodeFacts): OpSteps {
  const at = slidingOf(node, x, shape, windowOf(node))
  return {
    forward: (kernels, { inputs, output }) => kernels.maxPool(at, inputs[0], output),
    back: [
      {
        inputs: [0],
        run: (kernels, { inputs }, { dy, target, accumulate }) =>
          kernels.maxPoolBack(at, inputs[0], dy, target, accumulate),
      },
    ],
  }
}

/** Poolings. */
export const pools = table<TailOp>({ AvgPool: averagePool, MaxPool: maxPool })
