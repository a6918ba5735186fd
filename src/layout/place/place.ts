import type { Crossing } from '../group/border-crossings'
import { flowOrder } from './flow-order'
import type { Placement, PlacementTask, Standing } from './placement'
import { separateParts, type ConnectedPart } from './components'
import { placeRanked } from './layered'
import type { Point } from '../types'

/** Wanted width for each height of what is made of several parts. */
const aspect = 1.6

/**
 * Places the things of a group in ranks along the flow (Sugiyama's method: ranks, few crossings, straight lines), with the
 * main path as a straight line and lines that pass ranks at the side of what they pass. Parts that nothing connects
 * stand beside one another. Cost grows with m log m for m things, and ranks that lines pass.
 */
export function place(task: PlacementTask): Placement {
  const order = flowOrder(
    task.items.map(({ id }) => id),
    task.ways,
  )
  const parts = separateParts(task, order).map((part) => (part.loose ? stackLoose(part) : placeRanked(part)))
  return parts.length === 1 ? parts[0] : besideOneAnother(parts, task)
}

/** Things that nothing connects, in columns. */
function stackLoose({ task }: ConnectedPart): Placement {
  const { items, gaps } = task
  const cellWidth = Math.max(...items.map(({ width }) => width)) + gaps.item
  const cellHeight = Math.max(...items.map(({ height, after = 0 }) => height + after)) + gaps.item
  const columns = Math.max(1, Math.round(Math.sqrt((items.length * aspect * cellHeight) / cellWidth)))
  const standing = new Map<string, Standing>()
  items.forEach(({ id, height }, i) => {
    const top = Math.floor(i / columns) * cellHeight
    const x = (i % columns) * cellWidth + (cellWidth - gaps.item) / 2
    standing.set(id, { x, y: top + height / 2, rankTop: top, rankBottom: top + height })
  })
  return {
    width: Math.min(columns, items.length) * cellWidth - gaps.item,
    height: Math.ceil(items.length / columns) * cellHeight - gaps.item,
    standing,
    bends: new Map(),
    spans: new Map(),
    main: new Set(),
  }
}

/** Parts in columns, each as high as the highest part, or as makes a good shape of all. */
function besideOneAnother(parts: readonly Placement[], { gaps }: PlacementTask): Placement {
  const gap = 2 * gaps.item
  const area = parts.reduce((sum, { width, height }) => sum + (width + gap) * (height + gap), 0)
  const highest = Math.max(Math.sqrt(area / aspect), ...parts.map(({ height }) => height))
  const standing = new Map<string, Standing>()
  const bends = new Map<Crossing, readonly Point[]>()
  const spans = new Map<Crossing, number>()
  let [left, top, columnWidth, height] = [0, 0, 0, 0]
  for (const part of parts) {
    if (top > 0 && top + part.height > highest) {
      left += columnWidth + gap
      top = 0
      columnWidth = 0
    }
    for (const [id, { x, y, rankTop, rankBottom }] of part.standing) {
      standing.set(id, { x: x + left, y: y + top, rankTop: rankTop + top, rankBottom: rankBottom + top })
    }
    for (const [way, points] of part.bends) {
      bends.set(
        way,
        points.map(({ x, y }) => ({ x: x + left, y: y + top })),
      )
    }
    for (const [way, span] of part.spans) spans.set(way, span)
    columnWidth = Math.max(columnWidth, part.width)
    height = Math.max(height, top + part.height)
    top += part.height + gap
  }
  return { width: left + columnWidth, height, standing, bends, spans, main: parts[0].main }
}
