import { describe, expect, it } from 'vitest'
import { intOf } from '../../testing/build'
import { given, inferNode, inferShape, scalarOf, values, type Operand } from '../../testing/infer-node'
import type { Attributes } from '../../types'

interface Spec {
  readonly begin: number[]
  readonly end: number[]
  readonly strides?: number[]
  readonly masks?: Partial<Record<'begin' | 'end' | 'ellipsis' | 'new_axis' | 'shrink_axis', number>>
}

/** `tensor[spec]` as Python would write it, with the masks given as bits. */
function strided(input: (number | null)[], { begin, end, strides, masks }: Spec) {
  const attributes: Attributes = Object.fromEntries(
    Object.entries(masks ?? {}).map(([name, bits]) => [`${name}_mask`, intOf(bits)]),
  )
  const steps = strides ?? begin.map(() => 1)
  return inferShape('StridedSlice', [given(...input), values(...begin), values(...end), values(...steps)], attributes)
}

describe('StridedSlice', () => {
  it.each<[string, (number | null)[], Spec, (number | null)[] | null]>([
    ['x[1:3]', [5, 6], { begin: [1], end: [3] }, [2, 6]],
    ['x[:, 1:-1]', [null, 6], { begin: [0, 1], end: [0, -1], masks: { begin: 1, end: 1 } }, [null, 4]],
    ['x[::2]', [5], { begin: [0], end: [0], strides: [2], masks: { begin: 1, end: 1 } }, [3]],
    ['x[::-1]', [5], { begin: [0], end: [0], strides: [-1], masks: { begin: 1, end: 1 } }, [5]],
    ['x[4:0:-2]', [5], { begin: [4], end: [0], strides: [-2] }, [2]],
    ['x[-100:2]', [5], { begin: [-100], end: [2] }, [2]],
    ['x[3:1]', [5], { begin: [3], end: [1] }, [0]],
    ['x[..., 0]', [null, 4, 5], { begin: [0, 0], end: [0, 1], masks: { ellipsis: 1, shrink_axis: 2 } }, [null, 4]],
    ['x[0]', [null, 4], { begin: [0], end: [1], masks: { shrink_axis: 1 } }, [4]],
    [
      'x[newaxis, :, 1]',
      [null, 4],
      { begin: [0, 0, 1], end: [0, 0, 2], masks: { begin: 2, end: 2, new_axis: 1, shrink_axis: 4 } },
      [1, null],
    ],
    ['x[..., newaxis]', [2, 3], { begin: [0, 0], end: [0, 0], masks: { ellipsis: 1, new_axis: 2 } }, [2, 3, 1]],
    ['x[:, newaxis]', [2, 3], { begin: [0, 0], end: [0, 0], masks: { begin: 1, end: 1, new_axis: 2 } }, [2, 1, 3]],
    ['x[1:] of an unknown size', [null, 3], { begin: [1], end: [0], masks: { end: 1 } }, [null, 3]],
    ['x[:2] of an unknown size, which may be 1', [null, 3], { begin: [0], end: [2], masks: { begin: 1 } }, [null, 3]],
    ['more entries than dimensions', [3], { begin: [0, 0], end: [1, 1] }, null],
  ])('%s', (_, input, spec, expected) => {
    expect(strided(input, spec)).toEqual(expected)
  })

  it('knows the rank from the masks where begin and end are computed', () => {
    const computed: Operand = { shape: [2], dtype: 'int32' }
    const masks = { shrink_axis_mask: intOf(1) }
    expect(inferShape('StridedSlice', [given(5, 6, 7), computed, computed, values(1, 1)], masks)).toEqual([null, 7])
  })
})

describe('Slice', () => {
  it('takes the rest for -1', () => {
    expect(inferShape('Slice', [given(null, 4, 5), values(0, 1, 2), values(-1, 2, -1)])).toEqual([null, 2, 3])
    expect(inferShape('Slice', [given(null, 4), values(1, 0), values(-1, 4)])).toEqual([null, 4])
  })
})

describe('gathering', () => {
  it.each([
    [[null, 4, 5], [7], -1, 0, [null, 4, 7]],
    [[null, 4, 5], [2, 3], 1, 0, [null, 2, 3, 5]],
    [[6, 4, 5], [], 0, 0, [4, 5]],
    [[2, 4, 5], [2, 3], 1, 1, [2, 3, 5]],
  ])('GatherV2 from %j by %j at %i', (params, indices, axis, batchDims, expected) => {
    const operands = [given(...params), { shape: indices, dtype: 'int32' } as const, scalarOf(axis)]
    expect(inferShape('GatherV2', operands, { batch_dims: intOf(batchDims) })).toEqual(expected)
  })

  it('reads coordinates from the last dimension in GatherNd', () => {
    expect(inferShape('GatherNd', [given(2, 4, 5), given(null, 2)])).toEqual([null, 5])
    expect(inferShape('GatherNd', [given(2, 4, 5), given(7, 3)])).toEqual([7])
    expect(inferShape('GatherNd', [given(2, 4, 5), given(7, null)])).toBeNull()
  })
})

describe('joining and parting', () => {
  it('adds up along the axis and learns the other sizes from all', () => {
    expect(inferShape('ConcatV2', [given(null, 2, 3), given(4, 5, null), scalarOf(-2)])).toEqual([4, 7, 3])
    expect(inferShape('ConcatV2', [given(null, 3), given(2, 3), scalarOf(0)])).toEqual([null, 3])
    expect(inferShape('Concat', [scalarOf(1), given(2, 3), given(2, 4)])).toEqual([2, 7])
    expect(inferShape('ConcatV2', [{ shape: null }, given(2, 3), scalarOf(0)])).toEqual([null, 3])
  })

  it('stacks and unstacks', () => {
    expect(inferShape('Pack', [given(null, 3), given(2, 3)], { axis: intOf(-1) })).toEqual([2, 3, 2])
    const parts = inferNode('Unpack', [given(null, 2, 5)], { num: intOf(2), axis: intOf(-2) })
    expect(parts.map(({ shape }) => shape)).toEqual([
      [null, 5],
      [null, 5],
    ])
  })

  it('splits evenly, or into given sizes with one left open', () => {
    const even = inferNode('Split', [scalarOf(-1), given(null, 6)], { num_split: intOf(3) })
    expect(even.map(({ shape }) => shape)).toEqual([
      [null, 2],
      [null, 2],
      [null, 2],
    ])
    const uneven = inferNode('SplitV', [given(10, 2), values(1, -1, 3), scalarOf(0)], { num_split: intOf(3) })
    expect(uneven.map(({ shape }) => shape)).toEqual([
      [1, 2],
      [6, 2],
      [3, 2],
    ])
  })
})

describe('searching', () => {
  it('gives k values and their positions', () => {
    expect(inferNode('TopKV2', [given(null, 10), scalarOf(3)])).toEqual([
      { dtype: 'float32', shape: [null, 3] },
      { dtype: 'int32', shape: [null, 3] },
    ])
  })

  it('cannot tell how many are found', () => {
    expect(inferNode('Where', [{ shape: [4, 5], dtype: 'bool' }])).toEqual([{ dtype: 'int64', shape: [null, 2] }])
    expect(inferNode('Unique', [given(9)]).map(({ shape }) => shape)).toEqual([[null], [9]])
  })
})
