import type { Point } from './types'

const arrow = { width: 4, height: 6 }

/** An edge as an SVG path: a smooth line that leaves and enters boxes upright, and an arrowhead. */
export function edgePath(points: readonly Point[]): string {
  const [first, ...rest] = points
  let from = first
  let path = `M${at(first)}`
  for (const to of rest) {
    path += Math.abs(to.x - from.x) < 0.5 ? `L${at(to)}` : curve(from, to)
    from = to
  }
  const back = -arrow.height
  return `${path}M${at(from, -arrow.width, back)}L${at(from)}L${at(from, arrow.width, back)}`
}

function curve(from: Point, to: Point): string {
  const half = (to.y - from.y) / 2
  return `C${at(from, 0, half)} ${at(to, 0, -half)} ${at(to)}`
}

const at = ({ x, y }: Point, dx = 0, dy = 0): string => `${round(x + dx)} ${round(y + dy)}`
const round = (value: number): number => Math.round(value * 10) / 10
