import { isPort, type Crossing } from './group/border-crossings'
import { place } from './place/place'
import { portWidth, type Child, type Placement, type PlacementTask } from './place/placement'
import { routeCrossings, type Routes } from './routes'
import { entryGap, frameHeader, framePadding, gaps } from './sizes'
import type { Direction, Point } from './types'

/** The inside of one group, laid out; coordinates from the frame's top left corner. */
export interface Arrangement {
  readonly width: number
  readonly height: number
  /** Top left corners by item id. */
  readonly places: ReadonlyMap<string, Point>
  /** From border to border. */
  readonly routes: ReadonlyMap<Crossing, readonly Point[]>
  /** How many ranks each way goes on; 1 to the next one, negative against the flow. */
  readonly spans: ReadonlyMap<Crossing, number>
  /** By tensor: where it enters and leaves the frame, across the flow, from the frame's left side or its top. */
  readonly entries: ReadonlyMap<string, number>
  readonly exits: ReadonlyMap<string, number>
  /** The tensors with which the main path comes in and goes out. */
  readonly mainEntry?: string
  readonly mainExit?: string
}

/**
 * Arranges a group's items, of the sizes they have on screen, given the ways of the tensors through it. The whole graph has no frame. Placing is done as if
 * the flow went down; for a flow to the right x and y are exchanged, before and after.
 */
export function arrange(
  children: readonly Child[],
  crossings: readonly Crossing[],
  framed: boolean,
  direction: Direction,
): Arrangement {
  const turned = direction === 'right'
  const things = turned ? children.map((child) => ({ ...child, ...turnSize(child) })) : children
  const ports = [...new Set(crossings.flatMap(({ from, to }) => [from, to].filter(isPort)))]
  const task: PlacementTask = {
    items: [...things, ...ports.map((id) => ({ id, width: portWidth, height: 0, size: portSize }))],
    ways: crossings,
    upper: new Set(ports.filter((id) => id.startsWith('in:'))),
    lower: new Set(ports.filter((id) => id.startsWith('out:'))),
    gaps: gaps[direction],
  }
  const { placement, width, height } = intoFrame(place(task), paddingOf(task, framed, direction))
  const places = new Map<string, Point>()
  for (const { id, width, height } of things) {
    const { x, y } = placement.standing.get(id) ?? { x: 0, y: 0 }
    places.set(id, turnIf(turned, { x: x - width / 2, y: y - height / 2 }))
  }
  const header = framed && !turned ? frameHeader : 0
  const frame = { height, header, entryGap: entryGap[direction] }
  const { routes, entries, exits } = routeCrossings(things, crossings, placement, frame)
  const main = [...placement.main]
  return {
    ...(turned ? turnSize({ width, height }) : { width, height }),
    places,
    routes: turned ? turnRoutes(routes) : routes,
    spans: placement.spans,
    entries,
    exits,
    mainEntry: main.find(({ from }) => isPort(from))?.tensor,
    mainExit: main.find(({ to }) => isPort(to))?.tensor,
  }
}

/** Ports are worth a little, so that the main path begins and ends at one. */
const portSize = 0.1

interface ArrangedSize {
  readonly width: number
  readonly height: number
}

const turnSize = ({ width, height }: ArrangedSize): ArrangedSize => ({ width: height, height: width })

const turnIf = (turned: boolean, point: Point): Point => (turned ? { x: point.y, y: point.x } : point)

function turnRoutes(routes: Routes['routes']): Routes['routes'] {
  return new Map([...routes].map(([way, points]) => [way, points.map((point) => turnIf(true, point))]))
}

interface Padding {
  readonly before: number
  readonly after: number
  readonly sides: readonly [number, number]
}

function paddingOf({ upper, lower }: PlacementTask, framed: boolean, direction: Direction): Padding {
  if (!framed) return { before: 0, after: 0, sides: [0, 0] }
  const padding = framePadding[direction]
  return {
    before: upper.size > 0 ? padding.beforePorts : padding.before,
    after: lower.size > 0 ? padding.afterPorts : padding.after,
    sides: padding.sides,
  }
}

/** The placement moved to where a frame's padding puts it, and the frame's size. */
function intoFrame(raw: Placement, { before, after, sides }: Padding) {
  const move = <P extends Point>(point: P): P => ({ ...point, x: point.x + sides[0], y: point.y + before })
  const placement: Placement = {
    ...raw,
    standing: new Map(
      [...raw.standing].map(([id, at]) => [
        id,
        { ...move(at), rankTop: at.rankTop + before, rankBottom: at.rankBottom + before },
      ]),
    ),
    bends: new Map([...raw.bends].map(([way, points]) => [way, points.map(move)])),
  }
  return { placement, width: raw.width + sides[0] + sides[1], height: raw.height + before + after }
}
