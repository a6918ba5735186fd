import { describe, expect, it } from 'vitest'
import { imageLayout } from './layout'

describe('imageLayout', () => {
  it.each([
    [[null, 224, 192, 3], { height: 224, width: 192, channels: 3, axes: 'last' }],
    [[1, 3, 64, 32], { height: 64, width: 32, channels: 3, axes: 'first' }],
    [[null, 28, 28, 1], { height: 28, width: 28, channels: 1, axes: 'last' }],
    [[null, 32, 32, 4], { height: 32, width: 32, channels: 4, axes: 'last' }],
    [[null, 28, 28], { height: 28, width: 28, channels: 1, axes: 'plane' }],
    [[null, 784], { height: 28, width: 28, channels: 1, axes: 'flat' }],
    [[1, 3072], { height: 32, width: 32, channels: 3, axes: 'flat' }],
  ] as const)('reads %j', (shape, layout) => {
    expect(imageLayout(shape)).toEqual(layout)
  })

  it.each([
    [null],
    [[28, 28, 3]],
    [[null, 28, 30]],
    [[null, 6, 6]],
    [[null, 10]],
    [[null, 36]],
    [[null, 8, 8, 7]],
    [[null, 4, 8, 8]],
  ])('takes %j for no picture', (shape) => {
    expect(imageLayout(shape)).toBeNull()
  })
})
