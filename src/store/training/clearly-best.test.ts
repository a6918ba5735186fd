import { describe, expect, it } from 'vitest'
import type { ChannelOrder, InputRange } from '../../types'
import { clearlyBest } from './clearly-best'

type Fit = readonly [range: InputRange, order: ChannelOrder, divergence: number]

function measured(photos: number, ...fits: readonly Fit[]) {
  const sorted = fits.map(([range, order, divergence]) => ({ range, order, divergence }))
  return { photos, fits: sorted.sort((a, b) => a.divergence - b.divergence) }
}

const frozen: readonly Fit[] = [
  ['minus1to1', 'rgb', 0.03],
  ['minus1to1', 'bgr', 0.08],
  ['0to1', 'rgb', 0.62],
]

describe('clearlyBest', () => {
  it('goes by a fit that is clearly better than all others, or than what is assumed', () => {
    const best = { range: 'minus1to1', order: 'rgb', divergence: 0.03 }
    expect(clearlyBest(measured(16, ...frozen), null)).toEqual(best)
    expect(clearlyBest(measured(16, ...frozen), { range: '0to1', order: 'rgb' })).toEqual(best)
    expect(clearlyBest(measured(16, ...frozen), { range: 'minus1to1', order: 'rgb' })).toEqual(best)
  })

  it('does not go by a small difference, few photos, or a bad fit', () => {
    expect(clearlyBest(measured(16, ['minus1to1', 'rgb', 0.5], ['0to1', 'rgb', 0.6]), null)).toBeNull()
    expect(clearlyBest(measured(4, ['minus1to1', 'rgb', 0.3], ['0to1', 'rgb', 0.6]), null)).toBeNull()
    expect(clearlyBest(measured(2, ...frozen), null)).toBeNull()
    expect(clearlyBest(measured(16, ['minus1to1', 'rgb', 50], ['0to255', 'rgb', 9000]), null)).toBeNull()
  })

  it('swaps red and blue only for much', () => {
    const slightly: readonly Fit[] = [
      ['caffe', 'bgr', 0.1],
      ['caffe', 'rgb', 0.15],
      ['0to1', 'rgb', 5],
    ]
    expect(clearlyBest(measured(16, ...slightly), null)?.order).toBe('rgb')
    expect(clearlyBest(measured(16, ...slightly), { range: 'caffe', order: 'bgr' })?.order).toBe('bgr')
    const much = slightly.map(([range, order, fit]): Fit => [range, order, order === 'bgr' ? fit / 10 : fit])
    expect(clearlyBest(measured(16, ...much), null)?.order).toBe('bgr')
  })
})
