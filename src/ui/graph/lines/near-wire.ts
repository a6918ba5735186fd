import type { Direction, Edge, Point } from '../../../layout/types'
import { stretches, type EdgeStretch } from '../../../layout/edge-path'

/** Straight pieces a curve is measured by. */
const pieces = 10

/** The edge that passes nearest to a point, of those within `reach`; undefined if there is none. */
export function nearestWire(
  edges: readonly Edge[],
  direction: Direction,
  point: Point,
  reach: number,
): Edge | undefined {
  let best: Edge | undefined
  let least = reach
  for (const edge of edges) {
    if (!near(edge.points, point, reach)) continue
    for (const stretch of stretches(edge.points, direction)) {
      const away = distance(stretch, point)
      if (away < least) [best, least] = [edge, away]
    }
  }
  return best
}

/** Whether a point is in the rectangle around others, made larger on all sides. */
function near(points: readonly Point[], { x, y }: Point, margin: number): boolean {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const point of points) {
    left = Math.min(left, point.x)
    right = Math.max(right, point.x)
    top = Math.min(top, point.y)
    bottom = Math.max(bottom, point.y)
  }
  return x >= left - margin && x <= right + margin && y >= top - margin && y <= bottom + margin
}

function distance({ from, leaving, entering, to }: EdgeStretch, point: Point): number {
  if (!leaving || !entering) return toLine(point, from, to)
  let least = Infinity
  let before = from
  for (let piece = 1; piece <= pieces; piece++) {
    const after = onCurve(from, leaving, entering, to, piece / pieces)
    least = Math.min(least, toLine(point, before, after))
    before = after
  }
  return least
}

function onCurve(a: Point, b: Point, c: Point, d: Point, t: number): Point {
  const s = 1 - t
  const [wa, wb, wc, wd] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t]
  return { x: wa * a.x + wb * b.x + wc * c.x + wd * d.x, y: wa * a.y + wb * b.y + wc * c.y + wd * d.y }
}

function toLine(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / length
  const t = Math.max(0, Math.min(1, along))
  return Math.hypot(point.x - from.x - t * dx, point.y - from.y - t * dy)
}
