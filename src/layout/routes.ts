import { isPort, type Crossing } from './group/border-crossings'
import type { Child, Placement, Standing } from './place/placement'
import type { Point } from './types'

export interface Routes {
  /** From border to border. */
  readonly routes: ReadonlyMap<Crossing, readonly Point[]>
  /** By tensor: where it enters and leaves the frame, from its left side. */
  readonly entries: ReadonlyMap<string, number>
  readonly exits: ReadonlyMap<string, number>
}

/** One tensor at one item's border, and where its way comes from or goes on to. */
interface Attachment {
  readonly tensor: string
  readonly towards: number[]
}

type Sides = Map<string, Map<string, Attachment>>
type BorderPoints = ReadonlyMap<string, ReadonlyMap<string, Point>>

/** The frame as lines see it. */
export interface FrameSides {
  /** How long it is along the flow. */
  readonly height: number
  /** How far in lines go straight on, past its header. */
  readonly header: number
  /** The farthest apart that two tensors enter one box. */
  readonly entryGap: number
}

/**
 * Routes tensors from the lower border of one item to the upper border of another. Tensors of one item are set apart, in
 * the order in which their ways go on, so that lines do not cross right at a box; the one that goes straight on is in the
 * middle, and those of an unfolded group meet the ways inside it. No line passes a box: beside taller neighbours it goes
 * straight.
 */
export function routeCrossings(
  children: readonly Child[],
  crossings: readonly Crossing[],
  placement: Placement,
  frame: FrameSides,
): Routes {
  const { standing, bends } = placement
  const leaving: Sides = new Map()
  const arriving: Sides = new Map()
  const at = (id: string): Standing => standing.get(id) ?? { x: 0, y: 0, rankTop: 0, rankBottom: 0 }
  const byId = new Map(children.map((child) => [child.id, child]))
  const attachedAt = (way: Crossing, end: 'from' | 'to'): number => {
    const child = byId.get(way[end])
    const own = (end === 'from' ? child?.exits : child?.entries)?.get(way.tensor)
    return at(way[end]).x + (child && own !== undefined ? own - child.width / 2 : 0)
  }
  for (const way of crossings) {
    const between = bends.get(way) ?? []
    attach(leaving, way.from, way.tensor, between.at(0)?.x ?? attachedAt(way, 'to'))
    attach(arriving, way.to, way.tensor, between.at(-1)?.x ?? attachedAt(way, 'from'))
  }
  const outputs = new Map<string, Map<string, Point>>()
  const inputs = new Map<string, Map<string, Point>>()
  for (const child of children) {
    const { id, width, height, entries, exits } = child
    const { x, y } = at(id)
    outputs.set(id, spread([...(leaving.get(id)?.values() ?? [])], x, width, width, exits, y + height / 2))
    inputs.set(id, spread([...(arriving.get(id)?.values() ?? [])], x, width, frame.entryGap, entries, y - height / 2))
  }

  const routes = new Map<Crossing, readonly Point[]>()
  for (const way of crossings) {
    const start = isPort(way.from) ? pastHeader(at(way.from).x, frame) : pastRank(outputs, way, 'from', at)
    const end = isPort(way.to) ? [{ x: at(way.to).x, y: frame.height }] : pastRank(inputs, way, 'to', at)
    routes.set(way, [...start, ...(bends.get(way) ?? []), ...end])
  }
  return { routes, entries: portPlaces('in:', placement), exits: portPlaces('out:', placement) }
}

/** From an item's border to that of its rank, or the other way round. */
function pastRank(points: BorderPoints, way: Crossing, end: 'from' | 'to', at: (id: string) => Standing): Point[] {
  const point = points.get(way[end])?.get(way.tensor)
  if (!point) return []
  const { rankTop, rankBottom } = at(way[end])
  const border = { x: point.x, y: end === 'from' ? rankBottom : rankTop }
  if (Math.abs(border.y - point.y) < 1) return [point]
  return end === 'from' ? [point, border] : [border, point]
}

/** From the frame's upper border to below its header. */
function pastHeader(x: number, { header }: FrameSides): Point[] {
  return header === 0
    ? [{ x, y: 0 }]
    : [
        { x, y: 0 },
        { x, y: header },
      ]
}

function attach(sides: Sides, id: string, tensor: string, towards: number): void {
  let side = sides.get(id)
  if (!side) sides.set(id, (side = new Map<string, Attachment>()))
  const known = side.get(tensor)
  if (known) known.towards.push(towards)
  else side.set(tensor, { tensor, towards: [towards] })
}

/** Points for tensors along a border, at most `gap` apart; the one that goes straight on stands in the middle. */
function spread(
  attachments: readonly Attachment[],
  centre: number,
  width: number,
  gap: number,
  fixed: ReadonlyMap<string, number> | undefined,
  y: number,
): Map<string, Point> {
  const mean = ({ towards }: Attachment) => towards.reduce((sum, x) => sum + x, 0) / towards.length
  const sorted = attachments.toSorted((a, b) => mean(a) - mean(b))
  const last = sorted.length - 1
  const straight = sorted.findIndex(({ towards }) => towards.some((x) => Math.abs(x - centre) < 1))
  const middle = straight < 0 ? last / 2 : straight
  const step = Math.min(gap, width / (2 * Math.max(middle, last - middle) + 2))
  return new Map(
    sorted.map(({ tensor }, i) => {
      const own = fixed?.get(tensor)
      const x = own === undefined ? centre + (i - middle) * step : centre - width / 2 + own
      return [tensor, { x, y }]
    }),
  )
}

function portPlaces(prefix: string, { standing }: Placement): Map<string, number> {
  const ports = [...standing].filter(([id]) => id.startsWith(prefix))
  return new Map(ports.map(([id, { x }]) => [id.slice(prefix.length), x]))
}
