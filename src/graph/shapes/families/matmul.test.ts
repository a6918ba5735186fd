import { describe, expect, it } from 'vitest'
import { boolOf, dtypeOf, stringOf } from '../../testing/build'
import { given, inferNode, inferShape } from '../../testing/infer-node'

describe('matrix products', () => {
  it('take rows from the left and columns from the right', () => {
    expect(inferShape('MatMul', [given(null, 3), given(3, 4)])).toEqual([null, 4])
    const both = { transpose_a: boolOf(true), transpose_b: boolOf(true) }
    expect(inferShape('_FusedMatMul', [given(3, 2), given(4, 3), given(4)], both)).toEqual([2, 4])
    expect(inferShape('MatMul', [{ shape: null }, given(3, 4)])).toEqual([null, 4])
  })

  it('broadcast the outer dimensions', () => {
    expect(inferShape('BatchMatMulV2', [given(null, 8, 2, 3), given(8, 3, 4)])).toEqual([null, 8, 2, 4])
    expect(inferShape('BatchMatMulV2', [given(5, 1, 2, 3), given(7, 4, 3)], { adj_y: boolOf(true) })).toEqual([
      5, 7, 2, 4,
    ])
    expect(inferNode('BatchMatMulV3', [given(2, 3), given(3, 4)], { Tout: dtypeOf('int32') })[0].dtype).toBe('int32')
  })

  it.each([
    ['bij,kj->bik', [null, 2, 3], [4, 3], [null, 2, 4]],
    ['...ij,kj->...ik', [null, 7, 2, 3], [4, 3], [null, 7, 2, 4]],
    ['b...i,b...j->bij...', [2, 5, 3], [2, 5, 4], [2, 3, 4, 5]],
    ['ij,ij->', [2, 3], [2, 3], []],
    ['bij,kj->bik', [2, 3], [4, 3], null],
  ])('Einsum %s', (equation, left, right, expected) => {
    expect(inferShape('Einsum', [given(...left), given(...right)], { equation: stringOf(equation) })).toEqual(expected)
  })
})
