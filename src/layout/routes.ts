import { crossingKey, isPort, type Crossing } from './crossings'
import { linkKey, type Child, type Placement } from './placement'
import { entryGap, frameHeader } from './sizes'
import type { Point } from './types'

export interface Routes {
  /** By `crossingKey`, from border to border. */
  readonly routes: ReadonlyMap<string, readonly Point[]>
  /** By item id and tensor: where the tensor leaves the item. */
  readonly outputs: ReadonlyMap<string, ReadonlyMap<string, Point>>
  /** By tensor: where it enters and leaves the frame, from its left side. */
  readonly entries: ReadonlyMap<string, number>
  readonly exits: ReadonlyMap<string, number>
}

/** One tensor at one item's border, and where its way comes from or goes on to. */
interface Attachment {
  readonly tensor: string
  readonly towards: number[]
}

/**
 * Routes tensors from the lower border of one item to the upper border of another. Tensors of one item are set apart, in
 * the order in which their ways go on, so that lines do not cross right at a box; those of an unfolded group meet the
 * ways inside it.
 */
export function routeCrossings(
  children: readonly Child[],
  crossings: readonly Crossing[],
  placement: Placement,
  height: number,
): Routes {
  const bends = bendsPastRanks(children, placement)
  const leaving = new Map<string, Map<string, Attachment>>()
  const arriving = new Map<string, Map<string, Attachment>>()
  const centreX = (id: string) => placement.centres.get(id)?.x ?? 0
  for (const { tensor, from, to } of crossings) {
    const between = (bends.get(linkKey({ from, to })) ?? []).map((bend) => bend.x)
    const stations = [centreX(from), ...between, centreX(to)]
    attach(leaving, from, tensor, stations[1])
    attach(arriving, to, tensor, stations[stations.length - 2])
  }

  const outputs = new Map<string, Map<string, Point>>()
  const inputs = new Map<string, Map<string, Point>>()
  for (const child of children) {
    const centre = placement.centres.get(child.id) ?? { x: 0, y: 0 }
    const out = [...(leaving.get(child.id)?.values() ?? [])]
    const into = [...(arriving.get(child.id)?.values() ?? [])]
    const below = centre.y + child.height / 2
    const above = centre.y - child.height / 2
    outputs.set(child.id, spread(out, centre.x, child.width, child.width, child.exits, below))
    inputs.set(child.id, spread(into, centre.x, child.width, entryGap, child.entries, above))
  }

  const routes = new Map<string, readonly Point[]>()
  for (const crossing of crossings) {
    const { tensor, from, to } = crossing
    // Inside a frame's header lines go straight down, and part below it.
    const start = isPort(from) ? pastHeader(centreX(from)) : borderPoint(outputs, from, tensor)
    const end = isPort(to) ? [{ x: centreX(to), y: height }] : borderPoint(inputs, to, tensor)
    routes.set(crossingKey(crossing), [...start, ...(bends.get(linkKey(crossing)) ?? []), ...end])
  }
  return { routes, outputs, entries: portPlaces('in:', placement), exits: portPlaces('out:', placement) }
}

type BorderPoints = ReadonlyMap<string, ReadonlyMap<string, Point>>

function borderPoint(points: BorderPoints, id: string, tensor: string): Point[] {
  const point = points.get(id)?.get(tensor)
  return point ? [point] : []
}

/** From the frame's upper border to below its header. */
function pastHeader(x: number): Point[] {
  return [
    { x, y: 0 },
    { x, y: frameHeader },
  ]
}

function attach(sides: Map<string, Map<string, Attachment>>, id: string, tensor: string, towards: number): void {
  let side = sides.get(id)
  if (!side) sides.set(id, (side = new Map<string, Attachment>()))
  const known = side.get(tensor)
  if (known) known.towards.push(towards)
  else side.set(tensor, { tensor, towards: [towards] })
}

/** Points for tensors along a border, at most `gap` apart. */
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
  const step = Math.min(gap, width / (sorted.length + 1))
  return new Map(
    sorted.map(({ tensor }, i) => {
      const own = fixed?.get(tensor)
      const x = own === undefined ? centre + (i - (sorted.length - 1) / 2) * step : centre - width / 2 + own
      return [tensor, { x, y }]
    }),
  )
}

/**
 * Bends as dagre gives them are points in the middle of ranks; stretched over the whole height of the rank, so that a
 * line goes past a tall neighbour and not through it. Points between ranks (dagre's room for labels) are left out.
 */
function bendsPastRanks(children: readonly Child[], { centres, bends }: Placement): Map<string, Point[]> {
  const reach = new Map<number, number>()
  for (const { id, height } of children) {
    const rank = Math.round(centres.get(id)?.y ?? 0)
    reach.set(rank, Math.max(reach.get(rank) ?? 0, height / 2))
  }
  const stretched = new Map<string, Point[]>()
  for (const [key, points] of bends) {
    const past = points.flatMap(({ x, y }) => {
      const half = reach.get(Math.round(y))
      if (half === undefined) return []
      return [
        { x, y: y - half },
        { x, y: y + half },
      ]
    })
    // A link against the flow is routed upwards.
    if (points.length > 1 && points[0].y > points[points.length - 1].y) swapPairs(past)
    stretched.set(key, past)
  }
  return stretched
}

function swapPairs(points: Point[]): void {
  for (let i = 0; i + 1 < points.length; i += 2) [points[i], points[i + 1]] = [points[i + 1], points[i]]
}

function portPlaces(prefix: string, { centres }: Placement): Map<string, number> {
  const ports = [...centres].filter(([id]) => id.startsWith(prefix))
  return new Map(ports.map(([id, { x }]) => [id.slice(prefix.length), x]))
}
