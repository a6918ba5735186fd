import { describe, expect, it } from 'vitest'
import type { ChannelOrder, InputRange } from '../types'
import { toInput } from './tensor'

/** Two pixels: pure values that tell the channels apart, and the ends of the scale. */
const pixels = Uint8Array.of(0, 127, 255, 200, 100, 50)

// Worked out by hand, to seven digits.
const cases: [InputRange, ChannelOrder, number[]][] = [
  ['0to255', 'rgb', [0, 127, 255, 200, 100, 50]],
  ['0to255', 'bgr', [255, 127, 0, 50, 100, 200]],
  ['0to1', 'rgb', [0, 0.4980392, 1, 0.7843137, 0.3921569, 0.1960784]],
  ['minus1to1', 'rgb', [-1, -0.0039216, 1, 0.5686275, -0.2156863, -0.6078431]],
  ['minus1to1', 'bgr', [1, -0.0039216, -1, -0.6078431, -0.2156863, 0.5686275]],
  ['imagenet', 'rgb', [-2.1179039, 0.1876751, 2.64, 1.3070469, -0.285014, -0.9329847]],
  ['imagenet', 'bgr', [2.64, 0.1876751, -2.1179039, -0.9329847, -0.285014, 1.3070469]],
  // Keras' mode `caffe` on RGB pixels: blue - 103.939, green - 116.779, red - 123.68, in this order.
  ['caffe', 'bgr', [151.061, 10.221, -123.68, -53.939, -16.779, 76.32]],
  ['caffe', 'rgb', [-123.68, 10.221, 151.061, 76.32, -16.779, -53.939]],
]

describe('toInput', () => {
  it.each(cases)('%s %s', (range, order, wanted) => {
    const input = toInput(pixels, range, order)
    expect(input).toHaveLength(wanted.length)
    wanted.forEach((value, at) => expect(input[at]).toBeCloseTo(value, Math.abs(value) > 10 ? 4 : 6))
  })

  // Pillow 11: Image.new('RGB', (1, 1), colour).convert('L').
  it('gives grey by luma', () => {
    expect([...toInput(pixels, '0to255', 'rgb', 1)]).toEqual([104, 124])
    expect([...toInput(Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255), '0to255', 'bgr', 1)]).toEqual([76, 150, 29])
    expect(toInput(Uint8Array.of(255, 255, 255), '0to1', 'rgb', 1)[0]).toBeCloseTo(1, 6)
    expect(toInput(Uint8Array.of(9, 9, 9), 'caffe', 'rgb', 1)[0]).toBeCloseTo(9 - 117.3786, 3)
  })

  it('gives opaque alpha behind the colours', () => {
    expect([...toInput(pixels, '0to255', 'bgr', 4)]).toEqual([255, 127, 0, 255, 50, 100, 200, 255])
    expect(toInput(pixels, 'minus1to1', 'rgb', 4)[3]).toBeCloseTo(1, 6)
  })

  it('leaves the bytes alone and takes an empty batch', () => {
    toInput(pixels, 'caffe', 'bgr')
    expect([...pixels]).toEqual([0, 127, 255, 200, 100, 50])
    expect(toInput(new Uint8Array(0), '0to1', 'rgb')).toHaveLength(0)
  })
})
