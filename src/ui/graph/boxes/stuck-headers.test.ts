import { describe, expect, test } from 'vitest'
import { headerHeight, stuckHeaders } from './stuck-headers'
import { frameBox } from '../testing'

const screen = { width: 1000, height: 800 }
const open = { left: 372, bottom: 0, now: false }
const inspector = { ...open, now: true }
const at = (x: number, y: number, zoom = 1) => ({ x, y, zoom })
const outer = frameBox('outer', 0, 0, 3000, 5000)
const inner = { ...frameBox('inner', 100, 60, 2000, 3000), parent: outer.id, depth: 1 }

describe('stuck headers', () => {
  test('are for frames whose own header is out of sight, and in the part of them that is seen', () => {
    expect(stuckHeaders([outer], at(20, 80), screen, open)).toEqual([])
    const [across] = stuckHeaders([outer], at(-500, 100), screen, open)
    expect(across.x).toBeGreaterThanOrEqual(0)
    expect(across.x).toBeLessThan(20)
    // Still at the height of its own place.
    expect(across.y).toBe(106)
    const [along] = stuckHeaders([outer], at(20, -900), screen, open)
    expect(along.x).toBe(26)
    expect(along.y).toBeGreaterThan(0)
    expect(along.y).toBeLessThan(100)
  })

  test('of inner frames stand below those of outer ones', () => {
    const [first, second] = stuckHeaders([outer, inner], at(-500, -900), screen, open)
    expect([first.id, second.id]).toEqual([outer.id, inner.id])
    expect(second.y).toBeGreaterThanOrEqual(first.y + headerHeight)
  })

  test('keep off the inspector while it is there', () => {
    for (const header of stuckHeaders([outer, inner], at(0, -900), screen, inspector)) {
      expect(header.x).toBeGreaterThanOrEqual(372)
    }
    expect(stuckHeaders([outer], at(0, 100), screen, inspector)).toHaveLength(1)
    expect(stuckHeaders([outer], at(20, 100), screen, open)).toHaveLength(0)
  })

  test('go where too little is left of the frame', () => {
    expect(stuckHeaders([outer], at(20, -4920), screen, open)).toEqual([])
    expect(stuckHeaders([outer], at(-2960, -900), screen, open)).toEqual([])
    expect(stuckHeaders([outer], at(20, -900, 0.02), screen, open)).toEqual([])
  })

  test('of many frames in one another, only the innermost', () => {
    const nest = Array.from({ length: 8 }, (_, depth) => ({
      ...frameBox(`f${depth}`, depth * 10, depth * 10, 3000, 5000),
      depth,
      parent: depth === 0 ? null : `g:f${depth - 1}`,
    }))
    const stuck = stuckHeaders(nest, at(-500, -900), screen, open)
    expect(stuck.map(({ id }) => id)).toEqual(['g:f5', 'g:f6', 'g:f7'])
    expect(new Set(stuck.map(({ y }) => y)).size).toBe(3)
    expect(Math.min(...stuck.map(({ y }) => y))).toBeLessThan(80)
  })
})
