import type { Direction, Point, Rect } from '../../layout/types'
import { chipSize } from './chip-size'
import type { Port, Scene, SceneBox } from './types'

/** A line across the picture at which the data is cut. */
export interface CutLine {
  readonly tensor: string
  readonly from: Point
  readonly to: Point
  /** Where it crosses the tensor itself. */
  readonly at: Point
  /** How far the tensor's shape reaches to each side of that, along the line. */
  readonly reach: number
  /** Whether the trunk goes on after it, up to another cut: then nothing ends here, but this tensor is taken, too. */
  readonly goesOn: boolean
  /** Whether it is no cut, but where training the network begins. */
  readonly trains: boolean
}

/**
 * Pixels: how far after its box a line runs, through the tensor's shape; its gap to boxes beside it; how far it sticks
 * out of the graph, and out of its box where the trunk goes on.
 */
const line = { after: 12.5, gap: 8, reach: 24, short: { down: 18, right: 30 } } as const

type SceneExtent = Pick<Scene, 'boxes' | 'edges' | 'width' | 'height' | 'direction'>

/**
 * A line for each cut tensor that is seen: across the frame its box stands in, as far as nothing else stands beside.
 * @param lit ids of the boxes that hold something of the trunk
 */
export function cutLines(scene: SceneExtent, lit: readonly string[] | null, cut: readonly string[]): CutLine[] {
  if (cut.length === 0) return []
  const seen = new Map<string, { box: SceneBox; port: Port }>()
  for (const box of scene.boxes) {
    if (box.unfolded) continue
    for (const port of box.ports) if (cut.includes(port.tensor)) seen.set(port.tensor, { box, port })
  }
  // Behind a single cut tensor nothing is kept.
  const kept = new Set(cut.length > 1 ? lit : null)
  const goesOn = new Set(scene.edges.filter(({ to }) => kept.has(to)).map(({ tensor }) => tensor))
  return cut.flatMap((tensor) => {
    const found = seen.get(tensor)
    return found ? [lineAt(found.box, found.port, scene, goesOn.has(tensor))] : []
  })
}

/** The line from which on the network is trained; none where it is not, or that tensor is not seen. */
export function freezeLine(scene: SceneExtent, freeze: string | null): CutLine[] {
  if (freeze === null) return []
  return cutLines(scene, null, [freeze]).map((line) => ({ ...line, trains: true }))
}

/** What a line says. */
export function cutWords({ goesOn, trains }: CutLine, direction: Direction): string {
  if (trains) return direction === 'down' ? 'Trained from here down' : 'Trained from here on'
  if (goesOn) return 'Also taken'
  return direction === 'down' ? 'Cut: kept above' : 'Cut: kept left'
}

function lineAt(box: SceneBox, port: Port, scene: SceneExtent, goesOn: boolean): CutLine {
  const frame = scene.boxes.find(({ id }) => id === box.parent)
  const beside = scene.boxes.filter((other) => other.parent === box.parent && other !== box)
  const turned = scene.direction === 'right'
  const turn = turned ? turnedRect : same
  const at = level(turned ? swapped(port) : port)
  const whole = frame ? turn(frame) : turn({ x: 0, y: 0, width: scene.width, height: scene.height })
  const bounds = goesOn ? grown(turn(box), line.short[scene.direction]) : frame ? whole : grown(whole, line.reach)
  const [left, right] = free(at, bounds, beside.map(turn))
  const [from, to] = [
    { x: left, y: at.y },
    { x: right, y: at.y },
  ]
  const { width, height } = chipSize(port.shape, true)
  // Of two shapes at ports side by side each leans away from the other.
  const reach = turned ? height / 2 : box.ports.length === 2 ? width : width / 2
  const placed = turned ? { from: swapped(from), to: swapped(to), at: swapped(at) } : { from, to, at }
  return { tensor: port.tensor, ...placed, reach, goesOn, trains: false }
}

const level = ({ x, y }: Point): Point => ({ x, y: y + line.after })

/** The free stretch to the left and right of a point, between the boxes beside it. */
function free(at: Point, bounds: Rect, beside: readonly Rect[]): [left: number, right: number] {
  let [left, right] = [bounds.x, bounds.x + bounds.width]
  for (const other of beside) {
    if (other.y - line.gap > at.y || other.y + other.height + line.gap < at.y) continue
    if (other.x + other.width <= at.x) left = Math.max(left, other.x + other.width + line.gap)
    else if (other.x >= at.x) right = Math.min(right, other.x - line.gap)
  }
  return [left, right]
}

const same = (rect: Rect): Rect => rect
const swapped = ({ x, y }: Point): Point => ({ x: y, y: x })
const turnedRect = ({ x, y, width, height }: Rect): Rect => ({ x: y, y: x, width: height, height: width })
const grown = ({ x, y, width, height }: Rect, by: number): Rect => ({ x: x - by, y, width: width + 2 * by, height })

/** Between words and what is beside them, in pixels. */
const air = 5

interface SceneSize {
  readonly width: number
  readonly height: number
}

/**
 * The upper left corner of the words on a line: at its right or upper end, beside the tensor's shape rather than over it,
 * and within what is visible; null where nothing of the line is.
 * @param ends of the line and the size of the words, in the same units as `visible`
 */
export function wordsPlace(
  ends: Pick<CutLine, 'from' | 'to' | 'at' | 'reach'>,
  { width, height }: SceneSize,
  direction: Direction,
  visible: Rect,
): Point | null {
  const { from, to, at } = ends
  const [left, right, top, bottom] = [visible.x, visible.x + visible.width, visible.y, visible.y + visible.height]
  if (to.x < left || from.x > right || to.y < top || from.y > bottom) return null
  if (direction === 'down') {
    const end = Math.min(to.x, right) - width - air
    const x = besideShape(end, width, at.x, ends.reach, left, right)
    return { x: clamped(x, left, right - width), y: at.y - height / 2 }
  }
  const end = Math.max(from.y, top) + air
  const y = besideShape(end, height, at.y, ends.reach, top, bottom)
  return { x: clamped(at.x - width / 2, left, right - width), y: clamped(y, top, bottom - height) }
}

/** Moves a stretch off the tensor's shape, to the side after it if there is room, else before it. */
function besideShape(start: number, length: number, at: number, reach: number, least: number, most: number): number {
  const [before, after] = [at - reach - air - length, at + reach + air]
  if (start >= after || start <= before) return start
  return after + length <= most || before < least ? after : before
}

const clamped = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most))
