import { describe, expect, it } from 'vitest'
import { noCopies, type AugmentOptions } from '../../augment-options'
import { firstTail, type TailOptions } from '../../tail-options'
import type { HeadOptions } from '../../types'
import { trainingKey } from './trained-on'

const settingsWith = (head: object, augment: Partial<AugmentOptions> = {}, tail: TailOptions | null = null): string =>
  trainingKey({
    photos: [],
    options: {
      head: head as HeadOptions,
      split: { train: 70, validation: 15, test: 15 },
      tail,
      classWeights: 'none',
      seed: 1,
      augment: { ...noCopies, flip: true, crop: 0.1, scale: 0.1, brightness: 0.1, ...augment },
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

  it('is as it was before copies could be turned, coloured and erased, as long as they are not', () => {
    const head = { kind: 'linear', l2: 0.01 }
    // As heads have it that were kept then.
    expect(settingsWith(head, { variants: 2 })).toBe('9038022c753a8c39')
    const changes = [{ rotation: 10 }, { hue: 0.1 }, { saturation: 0.1 }, { erase: 0.1 }]
    const keys = changes.map((change) => settingsWith(head, { variants: 2, ...change }))
    expect(new Set([...keys, '9038022c753a8c39']).size).toBe(5)
    // Without copies it makes no difference what they would be.
    expect(settingsWith(head, { rotation: 10, hue: 0.1 })).toBe(settingsWith(head))
  })

  it('is as it was before photos could be mixed for the last layers, as long as they are not', () => {
    const head = { kind: 'linear', l2: 0.01, scale: 'global' }
    // As heads have it that were kept then.
    expect(settingsWith(head, {}, firstTail)).toBe('182f09a402dff6cf')
    expect(settingsWith(head, {}, { ...firstTail, mixAlpha: 1 })).toBe('182f09a402dff6cf')
    expect(settingsWith(head, {}, { ...firstTail, mix: 'mixup' })).not.toBe('182f09a402dff6cf')
    // Nor until the length of gradients could be chosen.
    expect(settingsWith(head, {}, { ...firstTail, clipNorm: 1 })).not.toBe('182f09a402dff6cf')
  })
})
