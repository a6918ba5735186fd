import { describe, expect, it } from 'vitest'
import type { MapShape } from '../../../graph/graft/map-shape'
import { uniform } from '../../../random'
import { symmetricBeta } from './beta'
import { createMixer, mixedRow, partOfOther, type Mixture } from './mixture'
import { mixedTargets } from './targets'

const map: MapShape = { height: 4, width: 5, channels: 3, channelsFirst: false }

describe('shares that are drawn', () => {
  it.each([0.05, 0.2, 1, 2.5, 20])('have the mean, the variance and the fourth moment of Beta(%d, %d)', (alpha) => {
    const random = uniform(3)
    const count = 60_000
    const drawn = Float64Array.from({ length: count }, () => symmetricBeta(alpha, random))
    const mean = (of: (value: number) => number): number => drawn.reduce((sum, value) => sum + of(value), 0) / count
    const variance = 1 / (4 * (2 * alpha + 1))
    expect(mean((value) => value)).toBeCloseTo(0.5, 2)
    expect(mean((value) => (value - 0.5) ** 2) / variance).toBeCloseTo(1, 1)
    const fourth = 3 / (16 * (2 * alpha + 1) * (2 * alpha + 3))
    expect(mean((value) => (value - 0.5) ** 4) / fourth).toBeCloseTo(1, 1)
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...drawn)).toBeLessThanOrEqual(1)
  })

  it('are numbers however small α is', () => {
    const random = uniform(1)
    for (let draw = 0; draw < 1000; draw++) expect(symmetricBeta(1e-6, random)).toBeGreaterThanOrEqual(0)
  })
})

describe('a mixer', () => {
  it('says the same for the same seed, and something else in the next step', () => {
    for (const mix of ['mixup', 'cutmix'] as const) {
      const steps = (seed: number): unknown[] => {
        const mixer = createMixer({ mix, mixAlpha: 1 }, map, seed)
        return [mixer(16), mixer(16), mixer(3)]
      }
      expect(steps(1)).toEqual(steps(1))
      expect(steps(1)).not.toEqual(steps(2))
      expect(steps(1)[0]).not.toEqual(steps(1)[1])
    }
  })

  it('does nothing where nothing is to be mixed, or there is no map to cut out of', () => {
    expect(createMixer({ mix: 'none', mixAlpha: 1 }, map, 1)(8)).toBeNull()
    expect(createMixer({ mix: 'cutmix', mixAlpha: 1 }, null, 1)(8)).toBeNull()
  })

  it('mixes each row with one of the same batch, each once', () => {
    const { partners } = createMixer({ mix: 'mixup', mixAlpha: 1 }, null, 4)(11) ?? { partners: [] }
    expect([...partners].sort((one, other) => one - other)).toEqual([...Array(11).keys()])
  })

  it('leaves a batch of one as it is', () => {
    for (const mix of ['mixup', 'cutmix'] as const) {
      const mixture = createMixer({ mix, mixAlpha: 1 }, map, 4)(1)
      if (!mixture) throw new Error('nothing was mixed')
      const row = Float32Array.from({ length: 60 }, (_, at) => at)
      expect(mixedRow(row, row, mixture, 0)).toEqual(row)
      const { labels, others, weights } = mixedTargets(Int32Array.of(2), Float32Array.of(3), mixture)
      expect([labels[0], others[0], weights[0]]).toEqual([2, 2, 3])
    }
  })

  it('cuts out boxes within the map, whose area is the share, all over it and of all sizes', () => {
    const mixture = createMixer({ mix: 'cutmix', mixAlpha: 1 }, map, 9)(4000)
    if (!mixture?.boxes) throw new Error('nothing was cut out')
    const times = new Float64Array(20)
    mixture.boxes.of.forEach((_, row) => {
      const part = partOfOther(mixture, row, 60)
      const places = Array.from({ length: 20 }, (_, place) => part[3 * place])
      places.forEach((value, place) => (times[place] += value))
      expect(part.reduce((sum, value) => sum + value, 0)).toBeCloseTo(60 * mixture.shares[row], 3)
    })
    expect(Math.min(...mixture.shares)).toBe(0)
    expect(Math.max(...mixture.shares)).toBe(1)
    expect(Math.min(...times)).toBeGreaterThan(0.15 * 4000)
  })
})

describe('a mixed row', () => {
  const own = Float32Array.from({ length: 60 }, (_, at) => at)
  const other = own.map((value) => -value)

  it('is of both by their shares, or the other one’s in the box', () => {
    const mixture: Mixture = { partners: Int32Array.of(1, 0), shares: Float32Array.of(0.25, 0), boxes: null }
    expect(mixedRow(own, other, mixture, 0)).toEqual(own.map((value) => 0.5 * value))
    expect(mixedRow(own, other, mixture, 1)).toEqual(own)
    const box = { top: 1, left: 2, bottom: 3, right: 5 }
    const cut: Mixture = { ...mixture, boxes: { map, of: [box, box] } }
    const inBox = (place: number): boolean => Math.floor(place / 5) % 3 !== 0 && place % 5 >= 2
    expect(mixedRow(own, other, cut, 0)).toEqual(own.map((value, at) => (inBox(Math.floor(at / 3)) ? -value : value)))
    const first: Mixture = { ...mixture, boxes: { map: { ...map, channelsFirst: true }, of: [box, box] } }
    expect(mixedRow(own, other, first, 0)).toEqual(own.map((value, at) => (inBox(at % 20) ? -value : value)))
  })
})

describe('targets of mixed rows', () => {
  it('name the greater part, and count each part as its row counts', () => {
    const mixture: Mixture = { partners: Int32Array.of(1, 0, 2), shares: Float32Array.of(0.25, 0.75, 0.4), boxes: null }
    const { labels, others, shares, ofPartners, weights } = mixedTargets(
      Int32Array.of(4, 7, 9),
      Float32Array.of(1, 3, 2),
      mixture,
    )
    expect([...labels]).toEqual([4, 4, 9])
    expect([...others]).toEqual([7, 7, 9])
    // ¾ of one that counts 1 and ¼ of one that counts 3.
    expect([...weights]).toEqual([1.5, 1.5, 2])
    expect([...shares]).toEqual([0.5, 0.5, Math.fround(0.4)])
    expect([...ofPartners]).toEqual([0.5, 0.5, Math.fround(0.4)])
  })
})
