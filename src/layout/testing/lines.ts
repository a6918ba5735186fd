import { stretches } from '../edge-path'
import type { Box, Direction, Edge, LaidOut, Point } from '../types'

/** Points looked at on each stretch of a line. */
const samples = 24

/** Each line that runs through a box, other than the frames around its ends, as `EDGE through BOX`. */
export function linesThroughBoxes(laid: LaidOut, direction: Direction): string[] {
  const byId = new Map(laid.boxes.map((box) => [box.id, box]))
  const found: string[] = []
  for (const edge of laid.edges) {
    const own = new Set([...framesAround(edge.from, byId), ...framesAround(edge.to, byId)])
    const points = along(edge, direction)
    const reach = { x: points.map(({ x }) => x), y: points.map(({ y }) => y) }
    const [left, right] = [Math.min(...reach.x), Math.max(...reach.x)]
    const [top, bottom] = [Math.min(...reach.y), Math.max(...reach.y)]
    for (const box of laid.boxes) {
      if (box.x > right || box.x + box.width < left || box.y > bottom || box.y + box.height < top) continue
      if (!own.has(box.id) && points.some((point) => within(point, box))) found.push(`${edge.id} through ${box.id}`)
    }
  }
  return found
}

function framesAround(id: string, byId: ReadonlyMap<string, Box>): string[] {
  const parentOf = (inner: string) => byId.get(inner)?.parent ?? null
  const found: string[] = []
  for (let frame = parentOf(id); frame !== null; frame = parentOf(frame)) found.push(frame)
  return found
}

function within({ x, y }: Point, box: Box): boolean {
  return x > box.x + 1 && x < box.x + box.width - 1 && y > box.y + 1 && y < box.y + box.height - 1
}

function along({ points }: Edge, direction: Direction): Point[] {
  return stretches(points, direction).flatMap(({ from, leaving, entering, to }) => {
    const [b, c] = [leaving ?? from, entering ?? to]
    return Array.from({ length: samples + 1 }, (_, i) => {
      const t = i / samples
      const s = 1 - t
      const at = (axis: 'x' | 'y') =>
        s * s * s * from[axis] + 3 * s * s * t * b[axis] + 3 * s * t * t * c[axis] + t * t * t * to[axis]
      return { x: at('x'), y: at('y') }
    })
  })
}

/** Each two lines of different tensors that run on top of one another for a while, as `EDGE on EDGE`. */
export function linesOnLines(laid: LaidOut, direction: Direction): string[] {
  const [across, on] = direction === 'down' ? (['x', 'y'] as const) : (['y', 'x'] as const)
  const straight = laid.edges.flatMap((edge) =>
    edge.points.slice(1).flatMap((to, i) => {
      const from = edge.points[i]
      if (Math.abs(to[across] - from[across]) > 0.5) return []
      const [first, last] = [Math.min(from[on], to[on]), Math.max(from[on], to[on])]
      return [{ edge, at: to[across], first, last }]
    }),
  )
  straight.sort((a, b) => a.at - b.at)
  const found = new Set<string>()
  straight.forEach((a, i) => {
    for (let k = i + 1; k < straight.length && straight[k].at - a.at < 1; k++) {
      const b = straight[k]
      const together = Math.min(a.last, b.last) - Math.max(a.first, b.first)
      if (a.edge.tensor !== b.edge.tensor && together > 20) found.add(`${a.edge.id} on ${b.edge.id}`)
    }
  })
  return [...found]
}
