import { isPort, type Crossing } from './crossings'
import type { Link } from './order'
import { dagreEffort, placeByDagre } from './placeByDagre'
import { placeSimply } from './placeSimply'
import { linkKey, type Child, type Placement, type PlacementTask } from './placement'
import { routeCrossings, type Routes } from './routes'
import { framePadding, portPadding } from './sizes'
import { straighten } from './straighten'
import type { Point } from './types'

/** Above this `dagreEffort` the simple placement is used. */
const mostEffort = 1800

/** The inside of one group, laid out; coordinates from the frame's top left corner. */
export interface Arrangement extends Routes {
  readonly width: number
  readonly height: number
  /** Top left corners by item id. */
  readonly places: ReadonlyMap<string, Point>
}

/** Arranges a group's items, given the ways of the tensors through it. The whole graph has no frame. */
export function arrange(children: readonly Child[], crossings: readonly Crossing[], framed: boolean): Arrangement {
  const ports = [...new Set(crossings.flatMap(({ from, to }) => [from, to].filter(isPort)))]
  const links = new Map<string, Link>(crossings.map(({ from, to }) => [linkKey({ from, to }), { from, to }]))
  const task = {
    items: [...children, ...ports.map((id) => ({ id, width: 10, height: 0 }))],
    links: [...links.values()],
    upper: new Set(ports.filter((id) => id.startsWith('in:'))),
    lower: new Set(ports.filter((id) => id.startsWith('out:'))),
  }
  const raw = dagreEffort(task) > mostEffort ? placeSimply(task) : placeByDagre(task)
  const padding = framed ? paddingOf(task) : { top: 0, side: 0, bottom: 0 }
  const { placement, width, height } = intoFrame(straighten(raw, children, crossings), children, padding)
  const places = new Map<string, Point>()
  for (const { id, width, height } of children) {
    const centre = placement.centres.get(id) ?? { x: 0, y: 0 }
    places.set(id, { x: centre.x - width / 2, y: centre.y - height / 2 })
  }
  return { width, height, places, ...routeCrossings(children, crossings, placement, height) }
}

interface Padding {
  readonly top: number
  readonly side: number
  readonly bottom: number
}

function paddingOf({ upper, lower }: PlacementTask): Padding {
  return {
    top: (upper.size > 0 ? portPadding : framePadding).top,
    side: framePadding.side,
    bottom: (lower.size > 0 ? portPadding : framePadding).bottom,
  }
}

/** The placement moved to where a frame's padding puts it, and the frame's size. */
function intoFrame(raw: Placement, children: readonly Child[], padding: Padding) {
  const sizes = new Map(children.map((child) => [child.id, child]))
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  const include = ({ x, y }: Point, width: number, height: number) => {
    left = Math.min(left, x - width / 2)
    right = Math.max(right, x + width / 2)
    top = Math.min(top, y - height / 2)
    bottom = Math.max(bottom, y + height / 2)
  }
  for (const [id, centre] of raw.centres) include(centre, sizes.get(id)?.width ?? 10, sizes.get(id)?.height ?? 0)
  for (const bends of raw.bends.values()) for (const bend of bends) include(bend, 0, 0)
  if (raw.centres.size === 0) [left, right, top, bottom] = [0, 0, 0, 0]

  const move = ({ x, y }: Point): Point => ({ x: x - left + padding.side, y: y - top + padding.top })
  const placement: Placement = {
    centres: new Map([...raw.centres].map(([id, centre]) => [id, move(centre)])),
    bends: new Map([...raw.bends].map(([key, bends]) => [key, bends.map(move)])),
  }
  return {
    placement,
    width: right - left + 2 * padding.side,
    height: bottom - top + padding.top + padding.bottom,
  }
}
