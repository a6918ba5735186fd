import { describe, expect, it } from 'vitest'
import { boolOf, intOf } from '../../testing/build'
import { given, inferNode, inferShape, scalarOf, values } from '../../testing/infer-node'

const picture = { shape: [null, 9, 11, 3], dtype: 'uint8' } as const

describe('images', () => {
  it('are resized to floats when blended, and keep their dtype when not', () => {
    expect(inferNode('ResizeBilinear', [picture, values(5, 7)])).toEqual([{ dtype: 'float32', shape: [null, 5, 7, 3] }])
    expect(inferNode('ResizeNearestNeighbor', [picture, values(5, 7)])[0].dtype).toBe('uint8')
    const computed = { shape: [2], dtype: 'int32' } as const
    expect(inferShape('ResizeBilinear', [picture, computed])).toEqual([null, null, null, 3])
  })

  it('are cropped once a box', () => {
    const operands = [picture, given(12, 4), { shape: [12], dtype: 'int32' } as const, values(24, 20)]
    expect(inferShape('CropAndResize', operands)).toEqual([12, 24, 20, 3])
  })
})

describe('non-maximum suppression', () => {
  const operands = [given(50, 4), given(50), scalarOf(10), given(), given()]
  it('keeps an unknown number, unless it is padded', () => {
    expect(inferShape('NonMaxSuppressionV3', operands)).toEqual([null])
    expect(inferNode('NonMaxSuppressionV4', operands, { pad_to_max_output_size: boolOf(true) })).toEqual([
      { dtype: 'int32', shape: [10] },
      { dtype: 'int32', shape: [] },
    ])
    expect(inferNode('NonMaxSuppressionV5', operands).map(({ dtype }) => dtype)).toEqual(['int32', 'float32', 'int32'])
  })
})

describe('decoded files', () => {
  it('have as many channels as asked for', () => {
    const file = { shape: [], dtype: 'string' } as const
    expect(inferNode('DecodeJpeg', [file], { channels: intOf(3) })).toEqual([
      { dtype: 'uint8', shape: [null, null, 3] },
    ])
    expect(inferShape('DecodeJpeg', [file])).toEqual([null, null, null])
  })
})
