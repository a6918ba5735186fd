import * as batch from '../batch/rules'
import * as multiplyAdds from '../multiply-adds'
import * as shapes from '../shapes/families/convolution'
import { table } from '../table'
import type { OpSpec } from './types'

const common = { category: 'convolution', batch: batch.aligned } as const
const transposed = {
  category: 'convolution',
  batch: batch.byThird,
  takes: 'input_sizes filter out_backprop',
  shape: shapes.transposed,
  multiplyAdds: multiplyAdds.perInput,
} as const

/** Operations that slide a filter over space, and the rearrangements used to dilate them. */
export const convolutionOps = table<OpSpec>({
  Conv1D: {
    ...common,
    takes: 'input filter',
    shape: shapes.convolution(1, shapes.filters),
    batch: batch.byFirst,
    layer: { type: 'convolution', data: 0 },
    multiplyAdds: multiplyAdds.perFilter,
    sentence: 'convolution-1d',
  },
  Conv2D: {
    trains: [0, 2],
    ...common,
    takes: 'input filter',
    shape: shapes.convolution(2, shapes.filters),
    batch: batch.byFirst,
    layer: {
      type: 'convolution',
      data: 0,
      channels: [3, 4],
      fusedAs: '_FusedConv2D',
      depthwise: 'DepthwiseConv2dNative',
    },
    multiplyAdds: multiplyAdds.perFilter,
    laidOut: 0,
    sentence: 'convolution',
  },
  Conv3D: {
    ...common,
    takes: 'input filter',
    shape: shapes.convolution(3, shapes.filters),
    batch: batch.byFirst,
    layer: { type: 'convolution', data: 0 },
    multiplyAdds: multiplyAdds.perFilter,
    sentence: 'convolution-3d',
  },
  DepthwiseConv2d: {
    ...common,
    takes: 'input filter',
    shape: shapes.convolution(2, shapes.depthwise),
    layer: { type: 'depthwise', data: 0 },
    multiplyAdds: multiplyAdds.perWindow,
  },
  DepthwiseConv2dNative: {
    trains: [0, 2],
    ...common,
    takes: 'input filter',
    shape: shapes.convolution(2, shapes.depthwise),
    batch: batch.byFirst,
    layer: { type: 'depthwise', data: 0, channels: [2, 4], fusedAs: 'FusedDepthwiseConv2dNative' },
    multiplyAdds: multiplyAdds.perWindow,
    laidOut: 0,
    title: 'DepthwiseConv2D',
    sentence: 'depthwise-convolution',
  },
  Dilation2D: { ...common, takes: 'input filter', shape: shapes.dilation, sentence: 'dilation' },
  Conv2DBackpropInput: {
    trains: [1, 3],
    ...transposed,
    layer: { type: 'transposed', data: 2, channels: [2, 3] },
    laidOut: 2,
    sentence: 'transposed-convolution',
  },
  Conv3DBackpropInputV2: { ...transposed, layer: { type: 'transposed', data: 2 } },
  FusedDepthwiseConv2dNative: {
    ...common,
    takes: 'input filter args…',
    shape: shapes.convolution(2, shapes.depthwise),
    batch: batch.byFirst,
    layer: { type: 'depthwise', data: 0, channels: [2, 4], fusedAs: 'FusedDepthwiseConv2dNative' },
    multiplyAdds: multiplyAdds.perWindow,
    laidOut: 0,
    title: 'DepthwiseConv2D',
    sentence: 'fused-depthwise-convolution',
  },
  _FusedConv2D: {
    ...common,
    takes: 'input filter args…',
    shape: shapes.convolution(2, shapes.filters),
    batch: batch.byFirst,
    layer: {
      type: 'convolution',
      data: 0,
      channels: [3, 4],
      fusedAs: '_FusedConv2D',
      depthwise: 'FusedDepthwiseConv2dNative',
    },
    multiplyAdds: multiplyAdds.perFilter,
    laidOut: 0,
    title: 'Conv2D',
    sentence: 'fused-convolution',
  },
  BatchToSpaceND: {
    ...common,
    category: 'shape',
    takes: 'input block_shape crops',
    shape: shapes.batchToSpace,
    batch: batch.unfolded,
    sentence: 'batch-to-space',
  },
  SpaceToBatchND: {
    ...common,
    category: 'shape',
    takes: 'input block_shape paddings',
    shape: shapes.spaceToBatch,
    batch: batch.folded,
    sentence: 'space-to-batch',
  },
  QuantizedConv2D: { ...common, takes: '', shape: null },
  FusedConv2D: { ...common, category: 'other', takes: '', shape: null, batch: batch.byFirst },
  _FusedDepthwiseConv2dNative: {
    ...common,
    category: 'other',
    takes: '',
    shape: null,
    layer: { type: 'depthwise', data: 0 },
  },
})
