import { describe, expect, it } from 'vitest'
import { noCopies, type AugmentOptions } from '../augment-options'
import { changeKey, changesOf, noChange } from './augment'

const none: AugmentOptions = { ...noCopies, variants: 4 }
/** All that could be changed at first. */
const before = { ...none, flip: true, crop: 0.3, scale: 0.2, brightness: 0.25 }
const all: AugmentOptions = { ...before, rotation: 30, hue: 0.2, saturation: 0.6, erase: 0.3 }
const hashes = Array.from({ length: 500 }, (_, index) => `photo ${index}`)

describe('changed copies', () => {
  it('are the same for the same photo and settings, and others for another photo or seed', () => {
    const keys = (hash: string, seed: number): string[] => changesOf(hash, all, seed).map(changeKey)
    expect(keys('a', 1)).toEqual(keys('a', 1))
    expect(new Set([...keys('a', 1), ...keys('b', 1), ...keys('a', 2)]).size).toBe(12)
  })

  it('are as many as asked for, and none where nothing may change', () => {
    expect(changesOf('a', all, 1)).toHaveLength(4)
    expect(changesOf('a', none, 1)).toEqual([])
    expect(changesOf('a', { ...all, variants: 0 }, 1)).toEqual([])
  })

  it('stay as they are when there is one more', () => {
    expect(changesOf('a', { ...all, variants: 5 }, 1).slice(0, 4)).toEqual(changesOf('a', all, 1))
  })

  it('change in nothing but what was set', () => {
    const brighter = changesOf('a', { ...all, brightness: 0.5 }, 1)
    expect(brighter.map((change) => ({ ...change, brightness: 0 }))).toEqual(
      changesOf('a', { ...all, brightness: 0 }, 1),
    )
  })

  it('have the keys they had before there were more changes, as long as those are off', () => {
    // As features were kept then.
    expect(changesOf('photo 1', { ...before, variants: 3 }, 7).map(changeKey)).toEqual([
      '1,0.296,0.631,0.998,1.027,43',
      '0,0.273,0.352,0.83,1.175,13',
      '1,0.157,0.55,0.546,0.966,-42',
    ])
  })

  it.each(['crop', 'scale', 'brightness', 'rotation', 'hue', 'saturation', 'erase'] as const)(
    'are all others once %s is changed, whose parts move alone',
    (what) => {
      const [with_, without] = [all, { ...all, [what]: 0 }].map((options) => changesOf('a', options, 1))
      const keys = new Set([...with_, ...without].map(changeKey))
      expect(keys.size).toBe(8)
      const parts = { crop: ['crop', 'cropX', 'cropY'], erase: ['erased'] } as const
      const own: readonly string[] = what === 'crop' || what === 'erase' ? parts[what] : [what]
      const rest = (change: object): unknown[] => Object.entries(change).filter(([name]) => !own.includes(name))
      expect(with_.map(rest)).toEqual(without.map(rest))
    },
  )

  it('are only mirrored once where nothing else changes', () => {
    expect(changesOf('a', { ...none, flip: true }, 1)).toEqual([{ ...noChange, flip: true }])
  })

  it('lie within what was set, spread over all of it', () => {
    const changes = hashes.flatMap((hash) => changesOf(hash, all, 7))
    const spread = (values: number[]): [number, number, number] => [
      Math.min(...values),
      values.reduce((sum, value) => sum + value, 0) / values.length,
      Math.max(...values),
    ]
    const near = (found: number[], wanted: number[], range: number): void =>
      wanted.forEach((value, index) => expect(Math.abs(found[index] - value)).toBeLessThanOrEqual(range * 0.03))
    near(spread(changes.map(({ crop }) => crop)), [0, 0.15, 0.3], 0.3)
    near(spread(changes.map(({ cropX }) => cropX)), [0, 0.5, 1], 1)
    near(spread(changes.map(({ cropY }) => cropY)), [0, 0.5, 1], 1)
    near(spread(changes.map(({ scale }) => scale)), [0.8, 1, 1.2], 0.4)
    near(spread(changes.map(({ brightness }) => brightness)), [-64, 0, 64], 128)
    near(spread(changes.map(({ rotation }) => rotation)), [-30, 0, 30], 60)
    near(spread(changes.map(({ hue }) => hue)), [-0.2, 0, 0.2], 0.4)
    near(spread(changes.map(({ saturation }) => saturation)), [0.4, 1, 1.6], 1.2)
    expect(changes.filter(({ flip }) => flip)).toHaveLength(changes.length / 2)
    expect(Math.max(...changes.map(({ crop }) => crop))).toBeLessThanOrEqual(0.3)
    expect(Math.min(...changes.map(({ scale }) => scale))).toBeGreaterThanOrEqual(0.8)
  })
})
