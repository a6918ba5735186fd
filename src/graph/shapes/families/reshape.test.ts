import { describe, expect, it } from 'vitest'
import { intOf, intsOf, shapeOf } from '../../testing/build'
import { given, inferNode, inferShape, scalarOf, values } from '../../testing/infer-node'

describe('Reshape', () => {
  it.each<[string, (number | null)[], number[], (number | null)[]]>([
    ['-1 is what is left', [2, 3, 4], [-1, 6], [4, 6]],
    ['-1 alone is all', [2, 3, 4], [-1], [24]],
    ['the batch stays where the rest fits', [null, 7, 7, 64], [-1, 3136], [null, 3136]],
    ['a batch counted several times over is not known', [null, 49, 64], [-1, 64], [null, 64]],
    ['a batch of one leaves -1 unknown', [null, 4], [1, -1], [1, null]],
    ['to a scalar', [1], [], []],
  ])('%s', (_, input, target, expected) => {
    expect(inferShape('Reshape', [given(...input), values(...target)])).toEqual(expected)
  })

  it('leaves -1 open where the elements do not divide', () => {
    expect(inferShape('Reshape', [given(5, 3), values(-1, 4)])).toEqual([null, 4])
  })

  it('knows the rank from the length of the target', () => {
    expect(inferShape('Reshape', [given(2, 3), { shape: [3], dtype: 'int32' }])).toEqual([null, null, null])
    expect(inferShape('Reshape', [given(2, 3), { shape: [null], dtype: 'int32' }])).toBeNull()
    // One unknown entry follows from the elements.
    expect(inferShape('Reshape', [given(2, 3), { shape: [1], dtype: 'int32' }])).toEqual([6])
  })
})

describe('dimensions of size 1', () => {
  it.each([
    [0, [1, null, 3]],
    [1, [null, 1, 3]],
    [-1, [null, 3, 1]],
    [-3, [1, null, 3]],
    [7, [null, null, null]],
  ])('ExpandDims at %i', (axis, expected) => {
    expect(inferShape('ExpandDims', [given(null, 3), scalarOf(axis)])).toEqual(expected)
  })

  it('go where Squeeze names them, also from the end', () => {
    expect(inferShape('Squeeze', [given(null, 1, 1, 5)], { squeeze_dims: intsOf(1, 2) })).toEqual([null, 5])
    expect(inferShape('Squeeze', [given(null, 1, 5, 1)], { squeeze_dims: intsOf(-1) })).toEqual([null, 1, 5])
    expect(inferShape('Squeeze', [given(1, 3, 1)])).toEqual([3])
    // The unknown size may be 1 too, and then go.
    expect(inferShape('Squeeze', [given(null, 1, 5)])).toBeNull()
  })
})

describe('rearranging', () => {
  it('follows the permutation', () => {
    expect(inferShape('Transpose', [given(null, 3, 4), values(2, 0, 1)])).toEqual([4, null, 3])
    expect(inferShape('Transpose', [given(2, 3), { shape: [2], dtype: 'int32' }])).toEqual([null, null])
  })

  it('tiles, pads and fills', () => {
    expect(inferShape('Tile', [given(null, 3), values(1, 2)])).toEqual([null, 6])
    expect(inferShape('Pad', [given(null, 5), { values: [0, 0, 1, 2], shape: [2, 2] }])).toEqual([null, 8])
    expect(inferShape('Pad', [given(null, 5), { values: [1, 0, 1, 2], shape: [2, 2] }])).toEqual([null, 8])
    expect(inferShape('Fill', [values(2, 3), scalarOf(0)])).toEqual([2, 3])
    expect(inferShape('BroadcastTo', [given(3), values(2, 3)])).toEqual([2, 3])
  })

  it('agrees with EnsureShape', () => {
    expect(inferShape('EnsureShape', [given(null, 3)], { shape: shapeOf([4, null]) })).toEqual([4, 3])
    expect(inferShape('EnsureShape', [{ shape: null }], { shape: shapeOf([null, 3]) })).toEqual([null, 3])
  })

  it('moves between channels and space', () => {
    const block = { block_size: intOf(2) }
    expect(inferShape('DepthToSpace', [given(null, 3, 4, 8)], block)).toEqual([null, 6, 8, 2])
    expect(inferShape('SpaceToDepth', [given(null, 6, 8, 2)], block)).toEqual([null, 3, 4, 8])
    expect(inferShape('DepthToSpace', [given(1, 3, 4, 6)], block)).toEqual([1, 6, 8, null])
  })
})

describe('making tensors', () => {
  it.each([
    [0, 10, 3, 4],
    [10, 2, -3, 3],
    [5, 5, 1, 0],
    [3, 1, 1, 0],
  ])('Range from %i to %i by %i has %i', (start, limit, step, count) => {
    expect(inferShape('Range', [scalarOf(start), scalarOf(limit), scalarOf(step)])).toEqual([count])
  })

  it('puts the new dimension of OneHot at its axis', () => {
    const operands = [{ shape: [null, 4], dtype: 'int32' }, scalarOf(7), given(), given()] as const
    expect(inferNode('OneHot', operands)).toEqual([{ dtype: 'float32', shape: [null, 4, 7] }])
    expect(inferShape('OneHot', operands, { axis: intOf(1) })).toEqual([null, 7, 4])
  })

  it('gives shape, size and rank', () => {
    expect(inferNode('Shape', [given(null, 3)])).toEqual([{ dtype: 'int32', shape: [2] }])
    expect(inferShape('Shape', [{ shape: null }])).toEqual([null])
    expect(inferShape('Size', [given(2)])).toEqual([])
  })
})
