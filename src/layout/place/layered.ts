import type { Crossing } from '../group/border-crossings'
import type { Child, Gaps, Placement, Standing } from './placement'
import { placeAcross } from './coordinates'
import { besideUsers, without } from './constants'
import { goAround, turn, type Row } from './detours'
import { alignBlocks } from './alignment'
import { wavesOfLanes } from './lanes'
import { mainPath, makeLayers, type Layered } from './layers'
import { reduceCrossings } from './crossing-reduction'
import type { ConnectedPart } from './components'
import { assignRanks } from './ranks'
import type { Point } from '../types'

/** Places one part: ranks, order in the ranks, places across the flow, and the dummy vertices of lines that pass ranks. */
export function placeRanked(part: ConnectedPart): Placement {
  const { task, order } = part
  const { items, ways, gaps } = task
  const number = new Map(items.map(({ id }, i) => [id, i]))
  const numberOf = (id: string) => number.get(id) ?? 0
  const links = ways.map(({ from, to }) => ({ from: numberOf(from), to: numberOf(to) }))
  const onBorder = (ids: ReadonlySet<string>) =>
    new Set([...ids].flatMap((id) => (number.has(id) ? [numberOf(id)] : [])))
  const borders = { upper: onBorder(task.upper), lower: onBorder(task.lower) }
  // Numbers are in the order of the flow.
  const along = links.filter(({ from, to }) => from < to)
  const constants = new Set(items.flatMap(({ isConstant }, i) => (isConstant ? [i] : [])))
  const unbroken = assignRanks(items.length, along, borders, [], constants)
  const isPort = (thing: number) => borders.upper.has(thing) || borders.lower.has(thing)
  const { barriers, gathered } = wavesOfLanes(items, along, unbroken, isPort, gaps)
  const ranks = barriers.length > 0 ? assignRanks(items.length, along, borders, barriers, constants) : unbroken
  const main = mainPath(items, ways, ranks)
  const layered = makeLayers(items, ways, ranks, { order, main, gathered })
  reduceCrossings(layered)
  if (constants.size > 0) {
    const others = without(layered, constants)
    besideUsers(layered, constants, placeAcross(others, alignBlocks(others), gaps))
  }
  const x = placeAcross(layered, alignBlocks(layered), gaps)
  const { rows, height } = rowsOf(layered, items, gaps)

  const standing = new Map<string, Standing>()
  items.forEach(({ id, height, isConstant }, i) => {
    const { top, bottom } = rows[ranks[i]]
    // Beside something tall a constant is right above what uses it.
    const y = isConstant ? bottom - height / 2 : (top + bottom) / 2
    standing.set(id, { x: x[i], y, rankTop: top, rankBottom: bottom })
  })
  const bends = new Map<Crossing, readonly Point[]>()
  const spans = new Map<Crossing, number>()
  ways.forEach((way, i) => {
    const span = ranks[links[i].to] - ranks[links[i].from]
    const chain = layered.chains.get(way) ?? []
    spans.set(way, span)
    if (chain.length > 0) bends.set(way, pointsOf(chain, layered, x, rows, span <= 0))
  })
  const rightmost = layered.widths.reduce((most, width, vertex) => Math.max(most, x[vertex] + width / 2), -Infinity)
  const around = layered.around.map((way) => ({ way, from: ranks[numberOf(way.from)], to: ranks[numberOf(way.to)] }))
  for (const [way, points] of goAround(around, rows, rightmost, gaps)) bends.set(way, points)
  return { ...normalised(part, standing, bends), height, spans, main }
}

/** How far each rank reaches along the flow, and how far all of them; between two is the room that is wanted after the first. */
function rowsOf({ layers, things }: Layered, items: readonly Child[], gaps: Gaps): { rows: Row[]; height: number } {
  let top = 0
  let height = 0
  const rows = layers.map((layer) => {
    const inRank = layer.filter((vertex) => vertex < things).map((vertex) => items[vertex])
    const bottom = inRank.reduce((most, item) => Math.max(most, top + item.height), top)
    // Things stand in the middle of their rank, so that shorter ones have some room in it.
    const after = inRank.reduce((most, item) => Math.max(most, (item.after ?? 0) - (bottom - top - item.height) / 2), 0)
    const row = { top, bottom }
    height = bottom + after
    top = bottom + Math.max(gaps.rank, after)
    return row
  })
  return { rows, height }
}

/** A line goes straight past each rank, from its top to its bottom; what is straight already needs no points. */
function pointsOf(
  chain: readonly number[],
  { ranks }: Layered,
  x: Float64Array,
  rows: readonly Row[],
  back: boolean,
): Point[] {
  const points = chain.flatMap((dummy): Point[] => {
    const { top, bottom } = rows[ranks[dummy]]
    const past = [
      { x: x[dummy], y: top },
      { x: x[dummy], y: bottom },
    ]
    return back ? past.reverse() : past
  })
  if (back) {
    points[0] = { x: points[0].x, y: points[0].y + turn }
    const last = points[points.length - 1]
    points[points.length - 1] = { x: last.x, y: last.y - turn }
  }
  const near = (a: Point, b: Point | undefined) => b !== undefined && Math.abs(a.x - b.x) < 0.01
  return points.filter((point, i) => !(near(point, points[i - 1]) && near(point, points[i + 1]) && i > 0))
}

function normalised(
  part: ConnectedPart,
  standing: ReadonlyMap<string, Standing>,
  bends: ReadonlyMap<Crossing, readonly Point[]>,
): { width: number; standing: Map<string, Standing>; bends: Map<Crossing, readonly Point[]> } {
  let [left, right] = [Infinity, -Infinity]
  const include = (x: number, width: number) => {
    left = Math.min(left, x - width / 2)
    right = Math.max(right, x + width / 2)
  }
  for (const { id, width } of part.task.items) include(standing.get(id)?.x ?? 0, width)
  for (const points of bends.values()) for (const { x } of points) include(x, 0)
  const move = <P extends Point>(point: P): P => ({ ...point, x: point.x - left })
  return {
    width: right - left,
    standing: new Map([...standing].map(([id, at]) => [id, move(at)])),
    bends: new Map([...bends].map(([way, points]) => [way, points.map(move)])),
  }
}
