import { describe, expect, test } from 'vitest'
import { GraphBuilder } from '../../graph/testing/build'
import { attributeText } from './attributes'
import { trafficOf } from './traffic'
import { present } from '../testing/models'
import { viewed } from '../testing/viewed'

describe('trafficOf', () => {
  test('tells what enters and leaves, without constants, and outputs of the graph though nobody takes them', () => {
    const build = new GraphBuilder()
    const image = build.input('image', [null, 4])
    const weights = build.constant('weights', [4, 4])
    const product = build.node('MatMul', 'block/product', [image, weights])
    const sum = build.node('AddV2', 'block/sum', [product, image])
    const side = build.node('Neg', 'block/side', [sum])
    build.node('Relu', 'after', [sum])
    const { index, grouping } = viewed(build.graph(side))
    const block = present(grouping.groups.get('block'))
    expect(trafficOf(index, grouping, block)).toEqual({
      entering: ['image:0'],
      leaving: ['block/sum:0', 'block/side:0'],
    })
    expect(trafficOf(index, grouping, grouping.root)).toEqual({ entering: ['image:0'], leaving: ['block/side:0'] })
  })
})

describe('attributeText', () => {
  test('writes lists, floats and shapes as people read them', () => {
    const strides = [1, 2, 2, 1].map((value) => ({ kind: 'int', value }) as const)
    expect(attributeText({ kind: 'list', items: strides })).toBe('1, 2, 2, 1')
    expect(attributeText({ kind: 'float', value: 0.0010000000474974513 })).toBe('0.001')
    expect(attributeText({ kind: 'shape', value: [null, 224, 224, 3] })).toBe('batch × 224 × 224 × 3')
    expect(attributeText({ kind: 'shape', value: null })).toBe('unknown shape')
    expect(attributeText({ kind: 'string', value: '' })).toBe('(empty)')
  })
})
