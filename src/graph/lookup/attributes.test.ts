import { describe, expect, it } from 'vitest'
import {
  boolAttribute,
  dtypeAttribute,
  dtypesAttribute,
  floatAttribute,
  intAttribute,
  intsAttribute,
  shapeAttribute,
  shapesAttribute,
  stringAttribute,
  stringsAttribute,
} from './attributes'
import { boolOf, dtypeOf, intOf, intsOf, shapeOf, stringOf, stringsOf } from '../testing/build'

const node = {
  attributes: {
    axis: intOf(0),
    epsilon: { kind: 'float', value: 0.5 },
    whole: intOf(2),
    keep: boolOf(false),
    padding: stringOf(''),
    T: dtypeOf('int64'),
    shape: shapeOf(null),
    strides: intsOf(1, 2),
    empty: intsOf(),
    ops: stringsOf('BiasAdd', 'Relu'),
    types: { kind: 'list', items: [dtypeOf('bool')] },
    shapes: { kind: 'list', items: [shapeOf([null, 3]), shapeOf(null)] },
    mixed: { kind: 'list', items: [intOf(1), stringOf('a')] },
  },
} as const

describe('attribute getters', () => {
  it('read values, also those that are falsy', () => {
    expect(intAttribute(node, 'axis', 7)).toBe(0)
    expect(boolAttribute(node, 'keep', true)).toBe(false)
    expect(stringAttribute(node, 'padding', 'SAME')).toBe('')
    expect(dtypeAttribute(node, 'T', 'float32')).toBe('int64')
    expect(floatAttribute(node, 'epsilon', 1)).toBe(0.5)
    expect(floatAttribute(node, 'whole', 1)).toBe(2)
  })

  it('read lists', () => {
    expect(intsAttribute(node, 'strides', null)).toEqual([1, 2])
    expect(intsAttribute(node, 'empty', null)).toEqual([])
    expect(stringsAttribute(node, 'ops', [])).toEqual(['BiasAdd', 'Relu'])
    expect(dtypesAttribute(node, 'types', [])).toEqual(['bool'])
    expect(shapesAttribute(node, 'shapes', [])).toEqual([[null, 3], null])
  })

  it('tell a shape of unknown rank from one that is not there', () => {
    expect(shapeAttribute(node, 'shape', [1])).toBeNull()
    expect(shapeAttribute(node, 'none', [1])).toEqual([1])
  })

  it('fall back where the attribute is missing or of another kind', () => {
    expect(intAttribute(node, 'missing', -1)).toBe(-1)
    expect(intAttribute(node, 'padding', null)).toBeNull()
    expect(stringAttribute(node, 'data_format', 'NHWC')).toBe('NHWC')
    expect(intsAttribute(node, 'mixed', [9])).toEqual([9])
    expect(intsAttribute(node, 'axis', [9])).toEqual([9])
  })
})
