import { flowOrder } from './order'
import { longestPathRanks, type Placed, type Placement, type PlacementTask } from './placement'
import { itemGap, rankGap } from './sizes'
import type { Point } from './types'

const sweeps = 6

interface Standing extends Placed {
  /** Centre. */
  x: number
}

/**
 * Places in ranks by longest path, each rank in the order of its neighbours' middles. Near linear in items and links,
 * for groups too entangled for dagre; long links go straight.
 */
export function placeSimply({ items, links, upper, lower }: PlacementTask): Placement {
  const order = flowOrder(
    items.map((item) => item.id),
    links,
  )
  const inner = longestPathRanks(order, links)
  const last = Math.max(0, ...inner.values()) + 1
  const rankOf = (id: string) => {
    if (upper.has(id)) return 0
    return lower.has(id) ? last + 1 : (inner.get(id) ?? 0) + (upper.size > 0 && inner.get(id) === 0 ? 1 : 0)
  }

  const byId = new Map(items.map((item): [string, Standing] => [item.id, { ...item, x: 0 }]))
  const ranks: Standing[][] = []
  for (const id of order) {
    const item = byId.get(id)
    if (item) (ranks[rankOf(id)] ??= []).push(item)
  }
  const rows = ranks.filter((row) => row.length > 0)
  const neighbours = new Map<string, Standing[]>()
  for (const { from, to } of links) {
    const [a, b] = [byId.get(from), byId.get(to)]
    if (!a || !b) continue
    neighbours.set(from, [...(neighbours.get(from) ?? []), b])
    neighbours.set(to, [...(neighbours.get(to) ?? []), a])
  }

  for (const row of rows) spread(row)
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (const row of sweep % 2 === 0 ? rows : rows.toReversed()) {
      for (const item of row) item.x = meanX(neighbours.get(item.id)) ?? item.x
      row.sort((a, b) => a.x - b.x)
      spread(row)
    }
  }
  return { centres: centresOf(rows), bends: new Map() }
}

function meanX(items: readonly Standing[] | undefined): number | undefined {
  if (!items || items.length === 0) return undefined
  return items.reduce((sum, item) => sum + item.x, 0) / items.length
}

/** Moves a row's items apart, in their order, as little to the right as needed, and the row back to its middle. */
function spread(row: readonly Standing[]): void {
  const before = meanX(row) ?? 0
  for (let i = 1; i < row.length; i++) {
    const least = row[i - 1].x + (row[i - 1].width + row[i].width) / 2 + itemGap
    row[i].x = Math.max(row[i].x, least)
  }
  const shift = before - (meanX(row) ?? 0)
  for (const item of row) item.x += shift
}

function centresOf(rows: readonly (readonly Standing[])[]): Map<string, Point> {
  const left = Math.min(...rows.flatMap((row) => row.map((item) => item.x - item.width / 2)))
  const centres = new Map<string, Point>()
  let y = 0
  for (const row of rows) {
    const height = Math.max(...row.map((item) => item.height))
    for (const item of row) centres.set(item.id, { x: item.x - left, y: y + height / 2 })
    y += height + rankGap
  }
  return centres
}
