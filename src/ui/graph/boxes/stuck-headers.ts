import type { Viewport } from '@xyflow/react'
import type { Rect } from '../../../layout/types'
import { onScreen } from '../viewport/glide'
import type { ScreenSize } from '../viewport/viewport'
import type { Covered } from '../types'
import type { SceneBox } from '../../../view/scene/types'

/** A frame's header that stays in sight while its own place is not; pixels on screen. */
export interface StuckHeader {
  readonly id: string
  readonly x: number
  readonly y: number
  /** At most; narrower than what is seen of its frame, so that boxes under it can be clicked on beside it. */
  readonly width: number
}

/** Pixels on screen. */
export const headerHeight = 24
const gap = 3
const widest = 400
const narrowest = 100
/** At the top the search field lies over the graph, at the right the buttons. */
const margin = { top: 62, side: 2, right: 56 } as const
/** Where a frame's own header begins, in the layout's pixels. */
const inset = 6
/** Of frames in one another, the innermost ones; more would cover what they name. */
const mostBelow = 3

interface SeenFrame extends StuckHeader {
  readonly frame: SceneBox
  readonly down: boolean
}

/**
 * The headers of frames that reach into the free part of the screen while their own is out of it: at the edge, those of
 * inner frames below those of outer ones.
 * @param frames outer ones before those in them
 */
export function stuckHeaders(
  frames: readonly SceneBox[],
  viewport: Viewport,
  screen: ScreenSize,
  covered: Covered,
): StuckHeader[] {
  const free = seenPart(screen, covered)
  const touching = frames.filter((frame) => overlap(onScreen(frame, viewport), free))
  const left = outOfSight(touching, viewport, free)
  const byId = new Map<string, SeenFrame>()
  for (const frame of touching) {
    const { zoom } = viewport
    const place = onScreen(frame, viewport)
    const around = frame.parent === null ? undefined : byId.get(frame.parent)
    const own = { x: place.x + inset * zoom, y: place.y + inset * zoom }
    const top = around?.down ? around.y + headerHeight + gap : free.y
    const down = own.y < top - 1
    if (left.has(frame.id)) {
      // Its place goes to what stands in it.
      if (around) byId.set(frame.id, { ...around, id: frame.id, frame })
      continue
    }
    if (!down && own.x >= free.x - 1) continue
    const [x, y] = [Math.max(own.x, free.x), Math.max(own.y, top)]
    const across = Math.min(place.x + place.width, free.x + free.width) - x
    const width = Math.min(widest, Math.max(0.6 * across, Math.min(across - 4, 120)))
    const room = Math.min(place.y + place.height, free.y + free.height) - y
    if (width < narrowest || room < headerHeight + gap) continue
    byId.set(frame.id, { id: frame.id, x, y, width, frame, down })
  }
  return [...byId.values()].filter(({ id }) => !left.has(id)).map(({ id, x, y, width }) => ({ id, x, y, width }))
}

/** Frames with so many others in them, all of them begun above the screen, that their headers are left out. */
function outOfSight(frames: readonly SceneBox[], viewport: Viewport, free: Rect): Set<string> {
  const above = frames.filter((frame) => onScreen(frame, viewport).y + inset * viewport.zoom < free.y - 1)
  const inside = new Map<string, number>()
  for (const { id, parent } of above.toReversed()) {
    if (parent !== null) inside.set(parent, Math.max(inside.get(parent) ?? 0, (inside.get(id) ?? 0) + 1))
  }
  return new Set(above.filter(({ id }) => (inside.get(id) ?? 0) >= mostBelow).map(({ id }) => id))
}

function seenPart({ width, height }: ScreenSize, { left, bottom, now }: Covered): Rect {
  const x = (now ? left : 0) + margin.side
  const lower = now ? height * (1 - bottom) : height
  return { x, y: margin.top, width: width - x - margin.right, height: lower - margin.top }
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}
