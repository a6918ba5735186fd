import { expect } from 'vitest'
import { splitTensor } from '../../graph/lookup/names'
import type { Graph } from '../../graph/types'
import type { Grouping, Item } from '../group/grouping'
import type { Box, Direction, LaidOut, Rect } from '../types'

/** Boxes of one frame do not overlap, stand inside the frame, and their places agree with the frame's. */
export function expectTidy(laid: LaidOut): void {
  const byId = new Map(laid.boxes.map((box) => [box.id, box]))
  const whole = { x: 0, y: 0, width: laid.width, height: laid.height }
  const siblings = new Map<string | null, Box[]>()
  for (const box of laid.boxes) {
    const parent = box.parent === null ? undefined : byId.get(box.parent)
    expect(box.parent === null || parent?.unfolded, `${box.id} stands in an unfolded frame`).toBe(true)
    expect(inside(box, parent ?? whole), `${box.id} is inside ${box.parent ?? 'the graph'}`).toBe(true)
    expect(box.x - box.offset.x).toBeCloseTo(parent?.x ?? 0)
    expect(box.y - box.offset.y).toBeCloseTo(parent?.y ?? 0)
    siblings.set(box.parent, [...(siblings.get(box.parent) ?? []), box])
  }
  for (const level of siblings.values()) {
    level.forEach((a, i) => {
      for (const b of level.slice(i + 1)) expect(overlap(a, b), `${a.id} and ${b.id} overlap`).toBe(false)
    })
  }
}

/** The edges are those that follow from the graph alone: one for each two boxes and the tensor between them. */
export function expectEveryEdge(laid: LaidOut, graph: Graph, grouping: Grouping): void {
  const shown = new Set(laid.boxes.filter((box) => !box.unfolded).map((box) => box.id))
  const boxOf = (name: string): string => {
    let item: Item | null | undefined = grouping.nodes.get(name)
    while (item && !shown.has(item.id)) item = item.parent
    return item?.id ?? `nothing shows ${name}`
  }
  const expected = new Set<string>()
  for (const node of graph.nodes) {
    if (!grouping.nodes.has(node.name)) continue
    for (const tensor of node.inputs) {
      const producer = splitTensor(tensor).node
      if (!grouping.nodes.has(producer)) continue
      const [from, to] = [boxOf(producer), boxOf(node.name)]
      if (from !== to) expected.add(`${from} ${to} ${tensor}`)
    }
  }
  expect(laid.edges.map((edge) => edge.id).sort()).toEqual([...expected].sort())
}

/** Every edge begins on the border at which data leaves its box and ends on the one at which it enters the other. */
export function expectConnected(laid: LaidOut, direction: Direction = 'down'): void {
  const byId = new Map(laid.boxes.map((box) => [box.id, box]))
  for (const { id, from, to, points } of laid.edges) {
    const [source, target, start, end] = [byId.get(from), byId.get(to), points.at(0), points.at(-1)]
    if (!source || !target || !start || !end) throw new Error(`${id} hangs in the air`)
    const [along, across] = direction === 'down' ? (['y', 'x'] as const) : (['x', 'y'] as const)
    const [length, width] = direction === 'down' ? (['height', 'width'] as const) : (['width', 'height'] as const)
    expect(start[along], id).toBeCloseTo(source[along] + source[length])
    expect(end[along], id).toBeCloseTo(target[along])
    expect(start[across], id).toBeGreaterThanOrEqual(source[across])
    expect(start[across], id).toBeLessThanOrEqual(source[across] + source[width])
    expect(end[across], id).toBeGreaterThanOrEqual(target[across])
    expect(end[across], id).toBeLessThanOrEqual(target[across] + target[width])
  }
}

const slack = 0.01

function inside(inner: Rect, outer: Rect): boolean {
  return (
    inner.x >= outer.x - slack &&
    inner.y >= outer.y - slack &&
    inner.x + inner.width <= outer.x + outer.width + slack &&
    inner.y + inner.height <= outer.y + outer.height + slack
  )
}

function overlap(a: Rect, b: Rect): boolean {
  return (
    a.x < b.x + b.width - slack &&
    b.x < a.x + a.width - slack &&
    a.y < b.y + b.height - slack &&
    b.y < a.y + a.height - slack
  )
}
