import type { Direction, Point } from './types'

const arrow = { width: 4, height: 6 }

/** A stretch of an edge: a cubic Bézier curve, or a straight line where the two in the middle are null. */
export interface EdgeStretch {
  readonly from: Point
  readonly leaving: Point | null
  readonly entering: Point | null
  readonly to: Point
}

/** An edge's points as smooth stretches that leave and enter boxes along the flow. */
export function stretches(points: readonly Point[], direction: Direction): EdgeStretch[] {
  return points.slice(1).map((to, i) => {
    const from = points[i]
    const down = direction === 'down'
    if (Math.abs(down ? to.x - from.x : to.y - from.y) < 0.5) return { from, leaving: null, entering: null, to }
    const half = (down ? to.y - from.y : to.x - from.x) / 2
    return { from, leaving: moved(from, half, down), entering: moved(to, -half, down), to }
  })
}

const moved = ({ x, y }: Point, along: number, down: boolean): Point =>
  down ? { x, y: y + along } : { x: x + along, y }

/** An edge as an SVG path with an arrowhead. */
export function edgePath(points: readonly Point[], direction: Direction = 'down'): string {
  let path = `M${at(points[0])}`
  for (const { leaving, entering, to } of stretches(points, direction)) {
    path += leaving && entering ? `C${at(leaving)} ${at(entering)} ${at(to)}` : `L${at(to)}`
  }
  const end = points[points.length - 1]
  const { width, height } = arrow
  const [left, right] =
    direction === 'down'
      ? [at(end, -width, -height), at(end, width, -height)]
      : [at(end, -height, -width), at(end, -height, width)]
  return `${path}M${left}L${at(end)}L${right}`
}

const at = ({ x, y }: Point, dx = 0, dy = 0): string => `${round(x + dx)} ${round(y + dy)}`
const round = (value: number): number => Math.round(value * 10) / 10
