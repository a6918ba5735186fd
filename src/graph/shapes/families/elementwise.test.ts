import { describe, expect, it } from 'vitest'
import { boolOf, dtypeOf } from '../../testing/build'
import { given, inferNode, inferShape, scalarOf, values } from '../../testing/infer-node'

describe('elementwise operations', () => {
  it.each<[string, (number | null)[], (number | null)[], (number | null)[] | null]>([
    ['a vector stretches over a batch', [null, 4, 5], [5], [null, 4, 5]],
    ['both sides stretch', [3, 1, 5], [4, 1], [3, 4, 5]],
    ['a scalar fits everything', [null, 2], [], [null, 2]],
    ['an unknown size beside 1 stays unknown', [null], [1], [null]],
    ['an unknown size beside a number is that number', [null, 3], [7, 3], [7, 3]],
    ['two unknown sizes need not be the same', [null, 3], [null, 3], [null, 3]],
    ['what does not fit is unknown', [2, 3], [4, 3], null],
  ])('%s', (_, left, right, expected) => {
    expect(inferShape('AddV2', [given(...left), given(...right)])).toEqual(expected)
    expect(inferShape('Mul', [given(...right), given(...left)])).toEqual(expected)
  })

  it('is unknown where a rank is', () => {
    expect(inferShape('Sub', [{ shape: null }, given(3)])).toBeNull()
  })

  it('makes booleans of comparisons and floats of complex numbers', () => {
    expect(inferNode('Greater', [given(2, 3), given(3)])).toEqual([{ dtype: 'bool', shape: [2, 3] }])
    expect(inferNode('IsNan', [given(2)])).toEqual([{ dtype: 'bool', shape: [2] }])
    expect(inferNode('ComplexAbs', [{ shape: [2], dtype: 'complex64' }])).toEqual([{ dtype: 'float32', shape: [2] }])
    expect(inferNode('Cast', [given(2)], { DstT: dtypeOf('int32') })).toEqual([{ dtype: 'int32', shape: [2] }])
  })

  it('takes the dtype of its input where the attribute is missing', () => {
    expect(inferNode('Relu', [{ shape: [1], dtype: 'float16' }])[0].dtype).toBe('float16')
    expect(inferNode('AddN', [{ shape: [1], dtype: 'int64' }])[0].dtype).toBe('int64')
  })

  it('broadcasts the condition of SelectV2, but not of Select', () => {
    const condition = { shape: [3, 1], dtype: 'bool' } as const
    expect(inferShape('SelectV2', [condition, given(4), scalarOf(0)])).toEqual([3, 4])
    expect(inferShape('Select', [{ shape: [3], dtype: 'bool' }, given(3, 4), given(3, 4)])).toEqual([3, 4])
  })

  it('learns from every operand of AddN', () => {
    expect(inferShape('AddN', [given(null, 4), given(2, null)])).toEqual([2, 4])
  })

  it('keeps the shape of what a bias, an alpha or limits are applied to', () => {
    expect(inferShape('BiasAdd', [given(null, 8), given(8)])).toEqual([null, 8])
    expect(inferShape('Prelu', [given(null, 4, 4, 8), given(1, 1, 8)])).toEqual([null, 4, 4, 8])
    expect(inferShape('ClipByValue', [given(null, 8), scalarOf(0), scalarOf(1)])).toEqual([null, 8])
  })
})

describe('reductions', () => {
  const keep = { keep_dims: boolOf(true) }
  it.each<[string, number[], boolean, (number | null)[]]>([
    ['over space', [1, 2], false, [null, 6]],
    ['over space, kept', [1, 2], true, [null, 1, 1, 6]],
    ['from the end', [-1], false, [null, 4, 5]],
    ['over nothing', [], false, [null, 4, 5, 6]],
    ['over all', [0, 1, -2, -1], false, []],
  ])('%s', (_, axes, isKept, expected) => {
    expect(inferShape('Mean', [given(null, 4, 5, 6), values(...axes)], isKept ? keep : {})).toEqual(expected)
  })

  it('know the rank at least, where dimensions are kept', () => {
    const axes = { shape: [2], dtype: 'int32' } as const
    expect(inferShape('Sum', [given(3, 4), axes], keep)).toEqual([null, null])
    expect(inferShape('Sum', [given(3, 4), axes])).toBeNull()
    expect(inferShape('Sum', [given(3, 4), scalarOf(7)])).toBeNull()
  })

  it('give positions as int64 unless told otherwise', () => {
    expect(inferNode('ArgMax', [given(null, 10), scalarOf(-1)])).toEqual([{ dtype: 'int64', shape: [null] }])
    const narrow = { output_type: dtypeOf('int32') }
    expect(inferNode('ArgMin', [given(3, 10), scalarOf(0)], narrow)).toEqual([{ dtype: 'int32', shape: [10] }])
  })
})
