import { floatAttribute } from '../../../graph/lookup/attributes'
import { table } from '../../../graph/table'
import { sizeOf, type NodeFacts, type OpSteps, type TailOp } from './types'

/**
 * A batch norm whose mean and variance stay as training found them: scale · (x − mean) / √(variance + epsilon) + offset.
 * Its own arrays: the factor of x, what is added, and 1 / √(variance + epsilon).
 */
function frozenNorm({ node, inputs: [x] }: NodeFacts): OpSteps {
  const epsilon = floatAttribute(node, 'epsilon', 1e-4)
  const channels = x[x.length - 1]
  const at = { outer: 1, middle: sizeOf(x) / channels, inner: channels }
  return {
    own: [channels, channels, channels],
    forward: (kernels, { inputs: [values, scale, offset, mean, variance], output, own: [factor, shift, root] }) => {
      for (let channel = 0; channel < channels; channel++) {
        const inverse = 1 / Math.sqrt(variance[channel] + epsilon)
        root[channel] = inverse
        factor[channel] = scale[channel] * inverse
        shift[channel] = offset[channel] - mean[channel] * scale[channel] * inverse
      }
      kernels.scaleOffset(at, values, factor, shift, output)
    },
    back: [
      {
        inPlace: true,
        run: (kernels, { own: [factor] }, { dy, target, accumulate }) =>
          kernels.multiply(at, dy, factor, target, accumulate),
      },
      {
        inputs: [0, 3],
        run: (kernels, { inputs, own: [, sums, root] }, { dy, target, accumulate }) => {
          sums.fill(0)
          kernels.sumOfDeviations(at, inputs[0], inputs[3], dy, sums)
          for (let channel = 0; channel < channels; channel++) {
            target[channel] = sums[channel] * root[channel] + (accumulate ? target[channel] : 0)
          }
        },
      },
      { run: (kernels, _, { dy, target, accumulate }) => kernels.sum(at, dy, 1, target, accumulate) },
      null,
      null,
    ],
  }
}

/** Norms. */
export const norms = table<TailOp>({
  FusedBatchNorm: frozenNorm,
  FusedBatchNormV2: frozenNorm,
  FusedBatchNormV3: frozenNorm,
})
