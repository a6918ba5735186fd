import { describe, expect, test } from 'vitest'
import { indexGraph } from '../graph/lookup/graph-index'
import { scopeTree } from '../graph/lookup/scopes'
import { seeded } from '../graph/testing/random'
import { groupGraph } from './group/group'
import { createLayouter } from './layouter'
import { flatGraph, scopedGraph } from './testing/graphs'
import type { LaidOut, Rect } from './types'
import { mostVisible, visibleBoxes } from './visible'

async function unfoldedWhole(graph = scopedGraph(seeded(3), 90)): Promise<LaidOut> {
  const grouping = groupGraph(indexGraph(graph), scopeTree(graph))
  return createLayouter(graph, grouping).layout(new Set(grouping.groups.keys()))
}

const touches = (a: Rect, b: Rect) =>
  a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height

describe('visibleBoxes', () => {
  test('finds exactly the boxes that touch the viewport', async () => {
    const laid = await unfoldedWhole()
    const random = seeded(5)
    for (let i = 0; i < 50; i++) {
      const viewport = {
        x: random() * laid.width,
        y: random() * laid.height,
        width: random() * 2000,
        height: random() * 2000,
      }
      const { boxes, flat } = visibleBoxes(laid, viewport, 1)
      expect(boxes).toEqual(laid.boxes.filter((box) => touches(box, viewport)).sort((a, b) => a.depth - b.depth))
      expect(flat.size).toBe(0)
    }
  })

  test('shows an edge that passes through though both its ends are out of view', async () => {
    const laid = await unfoldedWhole()
    const edge = laid.edges.reduce((a, b) => (b.points.length > a.points.length ? b : a))
    const middle = edge.points[Math.floor(edge.points.length / 2)]
    const viewport = { x: middle.x - 1, y: middle.y - 1, width: 2, height: 2 }
    expect(visibleBoxes(laid, viewport, 1).edges).toContain(edge)
  })

  test('leaves out what stands innermost when there is too much, and says which frames are flat', async () => {
    const laid = await unfoldedWhole(flatGraph(160))
    expect(laid.boxes.length).toBeGreaterThan(600)
    const whole = { x: 0, y: 0, width: laid.width, height: laid.height }
    const { boxes, flat, edges } = visibleBoxes(laid, whole, 0.05)
    expect(boxes.length).toBeLessThanOrEqual(mostVisible)
    expect(flat.size).toBeGreaterThan(0)
    const shown = new Set(boxes.map((box) => box.id))
    const parents = new Map(laid.boxes.map((box) => [box.id, box.parent]))
    const shownAs = (id: string): string => (shown.has(id) ? id : shownAs(parents.get(id) ?? `${id} is not shown`))
    const pairs = edges.map((edge) => `${shownAs(edge.from)} → ${shownAs(edge.to)}`)
    // The runs of the chain stand one after another.
    expect(pairs.length).toBeGreaterThanOrEqual(flat.size - 1)
    expect(new Set(pairs).size).toBe(pairs.length)
    for (const edge of edges) expect(shownAs(edge.from)).not.toBe(shownAs(edge.to))
  })
})
