import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import {
  changesAnything,
  checkAugment,
  completeAugment,
  isSameAugment,
  noCopies,
  storedAugment,
} from './augment-options'

describe('options of changed copies', () => {
  it('are read from before there were more, and off where scripts leave them out', () => {
    const old = { variants: 3, flip: true, crop: 0.1, scale: 0, brightness: 0.2 }
    expect(v.parse(storedAugment, old)).toEqual({ ...old, rotation: 0, hue: 0, saturation: 0, erase: 0 })
    expect(completeAugment(old)).toEqual(v.parse(storedAugment, old))
    expect(completeAugment({})).toEqual(noCopies)
  })

  it('make copies where something is to change, unless none are asked for', () => {
    expect(completeAugment({ rotation: 10 })).toEqual({ ...noCopies, variants: 3, rotation: 10 })
    expect(completeAugment({ rotation: 10, variants: 0 }).variants).toBe(0)
  })

  it('are refused out of their range, and taken at its ends', () => {
    const most = {
      variants: 20,
      crop: 0.5,
      scale: 0.5,
      brightness: 0.5,
      rotation: 180,
      hue: 0.5,
      saturation: 1,
      erase: 0.5,
    }
    expect(() => checkAugment(completeAugment(most))).not.toThrow()
    for (const [name, value] of Object.entries(most)) {
      for (const wrong of [value * 1.01, -0.1, NaN, '0.1', null]) {
        expect(() => checkAugment({ ...noCopies, [name]: wrong }), `${name} ${wrong}`).toThrow(
          expect.objectContaining({ code: 'bad-option' }),
        )
      }
    }
    expect(() => checkAugment({ ...noCopies, flip: 'no' as unknown as boolean })).toThrow(/true or false/)
  })

  it('change something where any of them does', () => {
    expect(changesAnything({ ...noCopies, variants: 3 })).toBe(false)
    expect(changesAnything({ ...noCopies, erase: 0.1 })).toBe(true)
  })

  it('are the same without copies, and otherwise where all is', () => {
    const some = { ...noCopies, variants: 2, hue: 0.1 }
    expect(isSameAugment({ ...some, variants: 0 }, noCopies)).toBe(true)
    expect(isSameAugment(some, noCopies)).toBe(false)
    expect(isSameAugment(some, { ...some })).toBe(true)
    expect(isSameAugment(some, { ...some, hue: 0.2 })).toBe(false)
    expect(isSameAugment(some, { ...some, variants: 3 })).toBe(false)
  })
})
