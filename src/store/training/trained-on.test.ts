import { describe, expect, it } from 'vitest'
import type { HeadOptions } from '../../types'
import { trainingKey } from './trained-on'

const settingsWith = (head: object): string =>
  trainingKey({
    photos: [],
    options: {
      head: head as HeadOptions,
      split: { train: 70, validation: 15, test: 15 },
      tail: null,
      classWeights: 'none',
      seed: 1,
      augment: { variants: 0, flip: true, crop: 0.1, scale: 0.1, brightness: 0.1 },
    },
    preprocessing: null,
    model: null,
    cut: { summary: { tensors: ['features:0'] } },
  }).settings

describe('the key of what a head was trained with', () => {
  it('is as it was before a scale of features could be chosen', () => {
    // As heads have it that were kept then.
    expect(settingsWith({ kind: 'linear', l2: 0.01 })).toBe('cdd98efca150c18f')
    expect(settingsWith({ kind: 'linear', l2: 0.01, scale: 'each' })).toBe('cdd98efca150c18f')
  })

  it('is another with another scale', () => {
    expect(settingsWith({ kind: 'linear', l2: 0.01, scale: 'global' })).not.toBe('cdd98efca150c18f')
  })
})
