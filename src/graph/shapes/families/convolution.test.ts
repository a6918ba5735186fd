import { describe, expect, it } from 'vitest'
import { intOf, intsOf, stringOf } from '../../testing/build'
import { given, inferNode, inferShape, values } from '../../testing/infer-node'
import type { Attributes } from '../../types'

const SAME = stringOf('SAME')
const VALID = stringOf('VALID')

describe('convolutions', () => {
  it.each<[string, Attributes, (number | null)[]]>([
    ['SAME rounds up', { padding: SAME, strides: intsOf(1, 2, 2, 1) }, [null, 193, 193, 8]],
    ['SAME looks at the stride only', { padding: SAME, strides: intsOf(1, 3, 1, 1) }, [null, 129, 385, 8]],
    ['VALID counts whole windows', { padding: VALID, strides: intsOf(1, 2, 2, 1) }, [null, 192, 192, 8]],
    [
      'VALID with dilation',
      { padding: VALID, strides: intsOf(1, 1, 1, 1), dilations: intsOf(1, 4, 2, 1) },
      [null, 377, 381, 8],
    ],
    ['without dilations, as in old files', { padding: VALID, strides: intsOf(1, 1, 1, 1) }, [null, 383, 383, 8]],
    [
      'EXPLICIT pads each side by its own',
      { padding: stringOf('EXPLICIT'), strides: intsOf(1, 2, 2, 1), explicit_paddings: intsOf(0, 0, 1, 0, 3, 2, 0, 0) },
      [null, 192, 194, 8],
    ],
  ])('%s', (_, attributes, expected) => {
    expect(inferShape('Conv2D', [given(null, 385, 385, 3), given(3, 3, 3, 8)], attributes)).toEqual(expected)
  })

  it('finds space behind the channels in NCHW', () => {
    const attributes = { padding: VALID, strides: intsOf(1, 1, 2, 2), data_format: stringOf('NCHW') }
    expect(inferShape('Conv2D', [given(2, 3, 20, 11), given(3, 5, 3, 8)], attributes)).toEqual([2, 8, 9, 4])
  })

  it('keeps unknown sizes only where the output has the same', () => {
    const filter = given(3, 3, 4, 8)
    const input = given(null, null, null, 4)
    const stride = (step: number): Attributes => ({ padding: SAME, strides: intsOf(1, step, step, 1) })
    expect(inferShape('Conv2D', [input, filter], stride(2))).toEqual([null, null, null, 8])
    expect(inferShape('Conv2D', [{ shape: null }, filter], stride(2))).toEqual([null, null, null, 8])
  })

  it('is unknown where the window does not fit or the rank is wrong', () => {
    const attributes = { padding: VALID, strides: intsOf(1, 1, 1, 1) }
    expect(inferShape('Conv2D', [given(1, 2, 9, 3), given(3, 3, 3, 8)], attributes)).toEqual([1, null, 7, 8])
    expect(inferShape('Conv2D', [given(1, 9, 3), given(3, 3, 3, 8)], attributes)).toBeNull()
  })

  it('multiplies channels in depthwise convolutions', () => {
    const attributes = { padding: SAME, strides: intsOf(1, 2, 2, 1) }
    const operands = [given(null, 7, 8, 6), given(3, 3, 6, 2)]
    expect(inferShape('DepthwiseConv2dNative', operands, attributes)).toEqual([null, 4, 4, 12])
    expect(inferShape('FusedDepthwiseConv2dNative', operands, attributes)).toEqual([null, 4, 4, 12])
  })

  it('reads what a transposed convolution is to make from its first input', () => {
    const attributes = { padding: SAME, strides: intsOf(1, 2, 2, 1) }
    const [filter, small] = [given(3, 3, 5, 6), given(2, 9, 11, 6)]
    expect(inferShape('Conv2DBackpropInput', [values(2, 18, 22, 5), filter, small], attributes)).toEqual([2, 18, 22, 5])
    const unknown = { shape: [4], dtype: 'int32' } as const
    expect(inferShape('Conv2DBackpropInput', [unknown, filter, small], attributes)).toEqual([2, null, null, 5])
  })

  it('covers one and three dimensions', () => {
    const line = { padding: VALID, stride: intOf(2), dilation: intOf(1) }
    expect(inferShape('Conv1D', [given(null, 10, 4), given(3, 4, 7)], line)).toEqual([null, 4, 7])
    const volume = { padding: SAME, strides: intsOf(1, 1, 2, 3, 1) }
    expect(inferShape('Conv3D', [given(1, 5, 6, 7, 4), given(2, 3, 2, 4, 5)], volume)).toEqual([1, 5, 3, 3, 5])
  })

  it('carries the batch through the detour of dilation by SpaceToBatchND', () => {
    const [block, pads] = [values(2, 3), { values: [0, 2, 3, 3], shape: [2, 2] }]
    expect(inferShape('SpaceToBatchND', [given(2, 8, 12, 4), block, pads])).toEqual([12, 5, 6, 4])
    const crops = { values: [0, 1, 1, 0], shape: [2, 2] }
    expect(inferShape('BatchToSpaceND', [given(12, 5, 6, 4), block, crops])).toEqual([2, 9, 17, 4])
    expect(inferShape('BatchToSpaceND', [given(null, 5, 6, 4), block, crops])).toEqual([null, 9, 17, 4])
  })
})

describe('pooling', () => {
  it('uses the window and strides of each axis', () => {
    const valid = { ksize: intsOf(1, 3, 2, 1), strides: intsOf(1, 2, 1, 1), padding: VALID }
    expect(inferShape('MaxPool', [given(null, 9, 11, 6)], valid)).toEqual([null, 4, 10, 6])
    expect(inferShape('AvgPool', [given(null, 9, 11, 6)], { ...valid, padding: SAME })).toEqual([null, 5, 11, 6])
  })

  it('gives the positions as int64', () => {
    const attributes = { ksize: intsOf(1, 2, 2, 1), strides: intsOf(1, 2, 2, 1), padding: VALID }
    expect(inferNode('MaxPoolWithArgmax', [given(1, 8, 8, 3)], attributes)).toEqual([
      { dtype: 'float32', shape: [1, 4, 4, 3] },
      { dtype: 'int64', shape: [1, 4, 4, 3] },
    ])
  })
})

describe('batch normalisation', () => {
  it('keeps the shape and gives statistics a channel', () => {
    const channels = given(6)
    const [value, mean] = inferNode('FusedBatchNormV3', [given(null, 9, 9, 6), channels, channels, channels, channels])
    expect(value.shape).toEqual([null, 9, 9, 6])
    expect(mean.shape).toEqual([6])
  })
})
