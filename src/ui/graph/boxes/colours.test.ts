import { describe, expect, test } from 'vitest'
import { colouring, distanceShare, inkOn, logShare, pictureFills } from './colours'
import { opBox, sceneOf } from '../testing'

const cost = { parameters: 0, multiplyAdds: 0, weightBytes: 0, outputBytes: 0 }
const boxes = [1, 1000, 1_000_000, 0].map((parameters, i) =>
  opBox(`op${i}`, 0, i * 100, { cost: { ...cost, parameters } }),
)
const scene = sceneOf(boxes, [])

/** The relative luminance (WCAG 2) of the colour for light pages. */
function luminance(fill: string | undefined): number {
  const [red, green, blue] = [...(/rgb\((\d+) (\d+) (\d+)\)/.exec(fill ?? '') ?? [])].slice(1).map(Number)
  const linear = (value: number) => ((value / 255 + 0.055) / 1.055) ** 2.4
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

describe('colours', () => {
  test('of amounts go by factors from the least to the most; what has none keeps its own', () => {
    expect(logShare(1, 1, 1_000_000)).toBe(0)
    expect(logShare(1000, 1, 1_000_000)).toBeCloseTo(0.5)
    expect(logShare(7, 7, 7)).toBe(1)
    const { fills, scale } = colouring(scene, null, 'parameters')
    expect([...fills.keys()]).toEqual(['n:op0', 'n:op1', 'n:op2'])
    expect(scale?.ends).toEqual(['1', '1 M'])
    const dark = ['n:op0', 'n:op1', 'n:op2'].map((id) => luminance(fills.get(id)?.fill))
    expect(dark[0]).toBeGreaterThan(dark[1])
    expect(dark[1]).toBeGreaterThan(dark[2])
  })

  test('of the distance part at the cut, each side as far as its farthest', () => {
    expect(distanceShare(0, -40, 10)).toBe(0.5)
    expect(distanceShare(-40, -40, 10)).toBe(0)
    expect(distanceShare(10, -40, 10)).toBe(1)
    expect(distanceShare(-3, -40, 10)).toBeLessThan(0.5)
    expect(distanceShare(2, 0, 10)).toBeGreaterThan(0.5)
    const marks = { lit: [], cutInside: [], distance: { 'n:op0': -12, 'n:op1': 0, 'n:op2': 3 } }
    const { fills, scale } = colouring(scene, marks, 'distance')
    expect(scale?.ends).toEqual(['12 before (kept)', 'the cut', '3 after'])
    expect(fills.size).toBe(3)
    expect(colouring(scene, { lit: null, cutInside: [], distance: {} }, 'distance').scale).toBeNull()
  })

  test('leave text readable, and reach a picture as they are', () => {
    expect(inkOn([255, 255, 255])).not.toBe('#ffffff')
    expect(inkOn([15, 39, 96])).toBe('#ffffff')
    expect(pictureFills(colouring(scene, null, 'category'))).toBeNull()
    expect(Object.keys(pictureFills(colouring(scene, null, 'parameters')) ?? {})).toHaveLength(3)
  })
})
