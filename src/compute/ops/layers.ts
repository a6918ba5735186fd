import { boolAttribute, intsAttribute, stringAttribute } from '../../graph/lookup/attributes'
import { table } from '../../graph/table'
import { floatOnlyOnWasm, wrongOn } from './refusals'
import type { OpRun } from './types'

const batchNorm: OpRun = {
  kernels: ['FusedBatchNorm'],
  // TensorFlow.js ignores `is_training`.
  refused: (node) =>
    boolAttribute(node, 'is_training', false)
      ? 'it normalises by the mean and variance of each batch, as in training, which TensorFlow.js does not do'
      : null,
}

/** Convolutions, products, normalisations and poolings. */
export const layers = table<OpRun>({
  Conv1D: { kernels: ['Conv2D'] },
  _FusedConv2D: { kernels: ['FusedConv2D'] },
  DepthwiseConv2d: { kernels: ['DepthwiseConv2dNative'] },
  FusedDepthwiseConv2dNative: { kernels: ['FusedDepthwiseConv2D'] },
  Conv2DBackpropInput: {
    // TensorFlow's own kernel for processors refuses it, too (`conv_grad_input_ops.cc`).
    refused: (node) =>
      intsAttribute(node, 'dilations', []).some((dilation) => dilation !== 1)
        ? 'TensorFlow.js runs a transposed convolution only without dilations'
        : null,
  },
  MatMul: { kernels: ['BatchMatMul'], refused: floatOnlyOnWasm },
  BatchMatMul: { refused: floatOnlyOnWasm },
  BatchMatMulV2: { kernels: ['BatchMatMul'], refused: floatOnlyOnWasm },
  _FusedMatMul: { refused: floatOnlyOnWasm },
  Einsum: {
    refused: (node) =>
      stringAttribute(node, 'equation', '').includes('...')
        ? 'TensorFlow.js has no “…” in the equation of Einsum'
        : null,
  },
  FusedBatchNorm: batchNorm,
  FusedBatchNormV2: batchNorm,
  FusedBatchNormV3: batchNorm,
  LRN: { refused: floatOnlyOnWasm },
  MaxPool: { refused: floatOnlyOnWasm },
  MaxPoolWithArgmax: { refused: wrongOn(['webgl']) },
})
