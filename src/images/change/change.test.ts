import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { changesOf, noChange, type CopyChange } from '../augment'
import { noCopies } from '../../augment-options'
import { recolour } from './colours'
import { erase } from './erase'
import { changedPixels } from '.'
import { turned } from './turned'

interface Case {
  readonly by: number
  readonly pixels: string
}

/** What tools/fixtures/augment/make.py writes. */
const reference = JSON.parse(readFileSync(new URL('fixtures/tensorflow.json', import.meta.url), 'utf8')) as {
  readonly width: number
  readonly height: number
  readonly pixels: string
  readonly hue: readonly Case[]
  readonly saturation: readonly Case[]
  readonly turned: readonly Case[]
}
const { width, height } = reference
const decode = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0))
const picture = decode(reference.pixels)

const farthest = (one: Uint8Array, other: Uint8Array): number =>
  one.reduce((most, byte, at) => Math.max(most, Math.abs(byte - other[at])), Math.abs(one.length - other.length))

function recoloured(hue: number, saturation: number): Uint8Array {
  const made = picture.slice()
  recolour(made, hue, saturation)
  return made
}

describe('colours of a copy', () => {
  it.each(reference.hue)('have TensorFlow’s hues, turned by $by', ({ by, pixels }) => {
    expect(farthest(recoloured(by, 1), decode(pixels))).toBeLessThanOrEqual(1)
    expect(farthest(picture, decode(pixels))).toBeGreaterThan(50)
  })

  it.each(reference.saturation)('have TensorFlow’s saturations, multiplied by $by', ({ by, pixels }) => {
    expect(farthest(recoloured(0, by), decode(pixels))).toBeLessThanOrEqual(1)
    expect(farthest(picture, decode(pixels))).toBeGreaterThan(50)
  })

  it('stay where nothing is changed, and where there are none', () => {
    expect(recoloured(0, 1)).toEqual(picture)
    const grey = Uint8Array.from({ length: 256 * 3 }, (_, at) => Math.floor(at / 3))
    const made = grey.slice()
    recolour(made, 0.3, 2)
    expect(made).toEqual(grey)
  })
})

describe('a turned copy', () => {
  it.each(reference.turned)('is as SciPy’s, mirrored beyond the edges, by $by degrees', ({ by, pixels }) => {
    expect(farthest(turned(picture, width, height, by), decode(pixels))).toBeLessThanOrEqual(1)
  })

  it('is the same picture after a whole turn, of any size', () => {
    expect(turned(picture, width, height, 360)).toEqual(picture)
    expect([...turned(Uint8Array.of(7, 8, 9), 1, 1, 33)]).toEqual([7, 8, 9])
  })
})

describe('an erased place', () => {
  const place = { left: 0.2, top: 0.5, width: 0.4, height: 0.3, seed: 3 }
  const white = new Uint8Array(100 * 80 * 3).fill(255)
  const covered = (seed: number): Uint8Array => {
    const made = white.slice()
    erase(made, 100, 80, { ...place, seed })
    return made
  }

  it('is that place alone, in noise of its own seed', () => {
    const made = covered(3)
    expect(covered(3)).toEqual(made)
    expect(covered(4)).not.toEqual(made)
    const inside: number[] = []
    made.forEach((byte, at) => {
      const [x, y] = [Math.floor(at / 3) % 100, Math.floor(at / 300)]
      if (x >= 20 && x < 60 && y >= 40 && y < 64) inside.push(byte)
      else expect(byte).toBe(255)
    })
    expect(inside).toHaveLength(40 * 24 * 3)
    const mean = inside.reduce((sum, byte) => sum + byte, 0) / inside.length
    expect(Math.abs(mean - 127.5)).toBeLessThan(5)
    expect(new Set(inside).size).toBe(256)
  })

  it('lies within the picture, with areas and ratios of all sizes', () => {
    const places = Array.from({ length: 500 }, (_, photo) =>
      changesOf(`photo ${photo}`, { ...noCopies, variants: 2, erase: 0.3 }, 5).flatMap(({ erased }) => erased ?? []),
    ).flat()
    expect(places).toHaveLength(1000)
    for (const { left, top, width: across, height: down } of places) {
      expect(Math.min(left, top)).toBeGreaterThanOrEqual(0)
      expect(Math.max(left + across, top + down)).toBeLessThanOrEqual(1.0005)
      expect(Math.max(across, down)).toBeLessThanOrEqual(Math.sqrt(0.3) + 0.001)
      expect(Math.min(across, down)).toBeGreaterThanOrEqual(Math.sqrt(0.02) - 0.001)
    }
    const areas = places.map((each) => each.width * each.height)
    expect(Math.min(...areas)).toBeLessThan(0.04)
    expect(Math.max(...areas)).toBeGreaterThan(0.27)
  })
})

describe('all changes of a copy', () => {
  const change: CopyChange = {
    ...noChange,
    ...{ rotation: 10, hue: 0.1, saturation: 1.2 },
    erased: { left: 0, top: 0, width: 0.5, height: 0.5, seed: 1 },
  }

  it('are made in one order, and are the same whenever they are made', () => {
    const made = changedPixels(picture.slice(), { width, height }, change)
    expect(changedPixels(picture.slice(), { width, height }, change)).toEqual(made)
    const step = turned(picture, width, height, 10)
    recolour(step, 0.1, 1.2)
    erase(step, width, height, change.erased ?? { left: 0, top: 0, width: 0, height: 0, seed: 0 })
    expect(made).toEqual(step)
  })

  it('leave the picture as it is where there are none', () => {
    expect(changedPixels(picture.slice(), { width, height }, noChange)).toEqual(picture)
  })
})
