import { expect, test } from 'vitest'
import { inputRanges, inRange, opaqueIn } from './input-ranges'

test.each([
  ['minus1to1', [-1, 1], 1],
  ['0to1', [0, 1], 1],
  ['0to255', [0, 255], 255],
  // Of green, (x / 255 − 0.456) / 0.224.
  ['imagenet', [-2.0357142857, 2.4285714286], 1],
  ['caffe', [-116.779, 138.221], 255],
] as const)('%s', (range, ends, opaque) => {
  const [least, most] = [inRange(range, 1, 0), inRange(range, 1, 255)]
  expect(least).toBeCloseTo(ends[0], 9)
  expect(most).toBeCloseTo(ends[1], 9)
  expect(opaqueIn(range)).toBe(opaque)
})

test('they are told in the order in which they are offered', () => {
  expect(inputRanges).toEqual(['minus1to1', '0to1', '0to255', 'imagenet', 'caffe'])
})
