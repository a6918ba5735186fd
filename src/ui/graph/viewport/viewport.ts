import type { Viewport } from '@xyflow/react'
import type { Direction, Point, Rect } from '../../../layout/types'
import type { Spot } from '../../../store/state/places'
import { onScreen, onView, type ScreenSize } from './glide'
import { byReading } from '../lookups'
import type { Covered } from '../types'
import type { Scene, SceneBox } from '../../../view/scene/types'

export type { ScreenSize }

/** Below this, names cannot be read; a small screen shows a part anyway, so it may as well be large. */
const legibleZoom = ({ width }: ScreenSize): number => (width < 600 ? 0.85 : 0.8)
/** The least is less than any layout needs: a million pixels fit on a screen. */
export const zoomRange = { least: 0.0001, most: 2 } as const

/** How far one may zoom out: until the whole is half as large as the screen. */
export function leastZoom(laid: Pick<Rect, 'width' | 'height'> | null, screen: ScreenSize): number {
  if (!laid || screen.width === 0) return 0.02
  return Math.max(zoomRange.least, Math.min(0.3, fitting(laid, screen).zoom / 2))
}

/** Below this, boxes are drawn as plain rectangles. */
export const lowDetail = 0.34
/** Pixels on screen; thinner frames could not be seen. */
const thinnestFrame = 6
/** Lines keep at least a pixel on screen. */
export const lineThickness = (zoom: number): number => Math.max(1.4, Math.round(10 / zoom) / 10)
/** The view is free of anything that lies over it. */
export const nothingCovered: Covered = { left: 0, bottom: 0, now: false }

/** Free screen space around the graph; at the top the search field lies over it, at the bottom the legend, which is high. */
const margin = { top: 70, side: 24, bottom: 96 } as const
/** Pixels for each frame around a box, as its header may lie above; no more than so many do. */
const header = { height: 27, most: 3 } as const

/** The part of the layout that is on screen. */
export function areaOnScreen({ x, y, zoom }: Viewport, { width, height }: ScreenSize): Rect {
  return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom }
}

/** A rectangle made larger on each side by a share of its size. */
export function enlarged({ x, y, width, height }: Rect, share: number): Rect {
  return {
    x: x - width * share,
    y: y - height * share,
    width: width * (1 + 2 * share),
    height: height * (1 + 2 * share),
  }
}

/** Whether a rectangle lies in another, edges included. */
export function contains(outer: Rect, inner: Rect): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    outer.x + outer.width >= inner.x + inner.width &&
    outer.y + outer.height >= inner.y + inner.height
  )
}

/** On whole pixels, where text is sharp and nothing of a moved box's edge stays behind. */
const onPixels = ({ x, y, zoom }: Viewport): Viewport => ({ x: Math.round(x), y: Math.round(y), zoom })

/** The part of the screen in which things are to be shown. */
export function freePart({ width, height }: ScreenSize, covered: Omit<Covered, 'now'> = nothingCovered): Rect {
  const side = width - covered.left > 6 * margin.side ? covered.left + margin.side : margin.side
  return {
    x: side,
    y: margin.top,
    width: width - side - margin.side,
    height: height * (1 - covered.bottom) - margin.top - margin.bottom,
  }
}

/** The part of the screen in which a box is to be shown: below the headers of the frames around it. */
export function partFor({ depth }: SceneBox, part: Rect): Rect {
  const above = header.height * Math.min(depth, header.most)
  return { ...part, y: part.y + above, height: part.height - above }
}

/** What is left of a part of the screen beside its covered lower right corner, and what is left above it. */
function besideCorner(part: Rect, screen: ScreenSize, corner: Pick<Rect, 'width' | 'height'>): [Rect, Rect] {
  const [right, bottom] = [screen.width - corner.width, screen.height - corner.height]
  return [
    { ...part, width: Math.max(1, Math.min(part.width, right - part.x)) },
    { ...part, height: Math.max(1, Math.min(part.height, bottom - part.y)) },
  ]
}

interface FittingOptions {
  /** The zoom is no larger. */
  readonly most?: number
  readonly covered?: Covered
  /** What lies over the lower right corner. */
  readonly corner?: { readonly width: number; readonly height: number }
}

const noCorner = { width: 0, height: 0 } as const

/** All of something in view, enlarged to at most `most`. */
export function fitting(
  laid: Pick<Rect, 'width' | 'height'>,
  screen: ScreenSize,
  { most = 1, covered = nothingCovered, corner = noCorner }: FittingOptions = {},
): Viewport {
  const zoomIn = ({ width, height }: Rect): number =>
    Math.max(zoomRange.least, Math.min(most, width / Math.max(1, laid.width), height / Math.max(1, laid.height)))
  const [whole, beside] = [freePart(screen), freePart(screen, covered)].map((part) => {
    const [left, above] = besideCorner(part, screen, corner)
    return zoomIn(left) >= zoomIn(above) ? left : above
  })
  // Room is left for a panel that is not there yet only if that makes nothing smaller.
  const free = covered.now || zoomIn(beside) >= zoomIn(whole) ? beside : whole
  const zoom = zoomIn(free)
  return onPixels({
    zoom,
    x: free.x + (free.width - laid.width * zoom) / 2,
    y: free.y + (free.height - laid.height * zoom) / 2,
  })
}

/** The first view: all of the layout if its names can be read then, else its beginning at a size at which they can. */
export function openingViewport(laid: Scene, screen: ScreenSize, covered = nothingCovered): Viewport {
  const whole = fitting(laid, screen, { covered })
  const legible = legibleZoom(screen)
  const first = laid.boxes
    .filter((box) => !box.unfolded)
    .toSorted(byReading(laid.direction))
    .at(0)
  if (whole.zoom >= legible || !first) return whole
  if (laid.direction === 'right') {
    const room = screen.height - margin.top - margin.bottom
    const zoom = Math.min(0.9, Math.max(legible, room / Math.max(1, laid.height)))
    const middle = laid.height * zoom <= room ? laid.height / 2 : first.y + first.height / 2
    return onPixels({ zoom, x: margin.side, y: margin.top + room / 2 - middle * zoom })
  }
  const zoom = Math.min(0.9, Math.max(legible, (screen.width - 2 * margin.side) / Math.max(1, laid.width)))
  const beside = freePart(screen, covered)
  const across = laid.width * zoom <= beside.width ? beside.x + beside.width / 2 : screen.width / 2
  const middle = laid.width * zoom <= screen.width ? laid.width / 2 : first.x + first.width / 2
  return onPixels({ zoom, x: across - middle * zoom, y: margin.top })
}

/** The viewport in which `next` is where `previous` was on screen: the middle of the edge at which data enters stays. */
export function keepingPlace(viewport: Viewport, previous: Rect, next: Rect, direction: Direction = 'down'): Viewport {
  const { zoom } = viewport
  const kept = ({ x, y, width, height }: Rect): Point =>
    direction === 'down' ? { x: x + width / 2, y } : { x, y: y + height / 2 }
  const [before, after] = [kept(previous), kept(next)]
  return onPixels({
    zoom,
    x: viewport.x + (before.x - after.x) * zoom,
    y: viewport.y + (before.y - after.y) * zoom,
  })
}

/** The viewport moved as little as shows a rectangle in a part of the screen; of what is larger than that, the beginning. */
export function movedInto(viewport: Viewport, rect: Rect, part: Rect): Viewport {
  const { x, y, width, height } = onScreen(rect, viewport)
  const [dx, dy] = [shiftInto(x, width, part.x, part.width), shiftInto(y, height, part.y, part.height)]
  return dx === 0 && dy === 0 ? viewport : onPixels({ ...viewport, x: viewport.x + dx, y: viewport.y + dy })
}

function shiftInto(start: number, length: number, from: number, room: number): number {
  if (start < from || length > room) return from - start
  return Math.min(0, from + room - start - length)
}

/** The viewport after the view got another size: the middle stays, and so does the box that is nearest to it, whole. */
export function resized(
  viewport: Viewport,
  before: ScreenSize,
  after: ScreenSize,
  boxes: readonly SceneBox[],
): Viewport {
  const middle = spotOf(viewport, before)
  const kept = viewportAt(middle, after)
  const box = nearestBox(boxes, middle, (each) => !each.unfolded && onView(onScreen(each, viewport), before))
  return box ? movedInto(kept, box, partFor(box, freePart(after))) : kept
}

/** How much of a frame is to be seen after it was unfolded, in the layout's pixels: where the data enters. */
const entrance = { across: 240, along: 130 } as const

/** What must be seen of a box in `room` pixels: all of it; of a frame its beginning, as wide as there is room for. */
export function mustSee(box: SceneBox, room: Pick<Rect, 'width' | 'height'>, zoom: number, direction: Direction): Rect {
  if (!box.unfolded) return box
  const { x, y, width, height } = box
  if (direction === 'right') {
    const across = height * zoom <= room.height ? height : Math.min(height, entrance.across)
    return { x, y: y + (height - across) / 2, width: Math.min(width, entrance.along), height: across }
  }
  const across = width * zoom <= room.width ? width : Math.min(width, entrance.across)
  return { x: x + (width - across) / 2, y, width: across, height: Math.min(height, entrance.along) }
}

/** Frames, those too thin to be seen made wider; the same ones where none is. */
export function seenFrames(frames: readonly SceneBox[], zoom: number): readonly SceneBox[] {
  const least = thinnestFrame / zoom
  if (frames.every(({ width, height }) => width >= least && height >= least)) return frames
  return frames.map((frame) => {
    const [width, height] = [Math.max(least, frame.width), Math.max(least, frame.height)]
    return { ...frame, x: frame.x - (width - frame.width) / 2, y: frame.y - (height - frame.height) / 2, width, height }
  })
}

/** What is looked at: the middle of the screen, in the layout's coordinates, and the zoom. */
export function spotOf(viewport: Viewport, screen: ScreenSize): Spot {
  const { x, y, width, height } = areaOnScreen(viewport, screen)
  return { x: x + width / 2, y: y + height / 2, zoom: viewport.zoom }
}

/** The viewport that shows a spot. */
export function viewportAt({ x, y, zoom }: Spot, { width, height }: ScreenSize): Viewport {
  return onPixels({ zoom, x: width / 2 - x * zoom, y: height / 2 - y * zoom })
}

/** The viewport, unless nothing but frames would be seen in it (what was looked at is folded away): then with `box` in the middle. */
export function keepingInView(viewport: Viewport, box: Rect, boxes: readonly SceneBox[], screen: ScreenSize): Viewport {
  if (boxes.some((other) => !other.unfolded && onView(onScreen(other, viewport), screen))) return viewport
  const { zoom } = viewport
  return onPixels({
    zoom,
    x: screen.width / 2 - (box.x + box.width / 2) * zoom,
    y: screen.height / 3 - box.y * zoom,
  })
}

/** The box whose upper edge is nearest to a point, of those `accepted`. */
export function nearestBox(
  boxes: readonly SceneBox[],
  point: Point,
  accepted: (box: SceneBox) => boolean,
): SceneBox | undefined {
  let best: SceneBox | undefined
  let least = Infinity
  for (const box of boxes) {
    const distance = Math.hypot(box.x + box.width / 2 - point.x, box.y - point.y)
    if (distance < least && accepted(box)) [best, least] = [box, distance]
  }
  return best
}
