import type { Viewport } from '@xyflow/react'
import type { Point, Rect } from '../../../layout/types'

/** The size of the view on screen. */
export interface ScreenSize {
  readonly width: number
  readonly height: number
}

/** Where a rectangle of the layout stands on screen. */
export function onScreen({ x, y, width, height }: Rect, viewport: Viewport): Rect {
  const { zoom } = viewport
  return { x: x * zoom + viewport.x, y: y * zoom + viewport.y, width: width * zoom, height: height * zoom }
}

/**
 * How far a box must be moved, in the layout's pixels, to stand where it was on screen before layout and viewport
 * changed; null where that is not to be seen: it did not move, or neither place is on screen.
 */
export function glideFrom(
  before: { readonly box: Rect; readonly viewport: Viewport },
  after: { readonly box: Rect; readonly viewport: Viewport },
  screen: ScreenSize,
): Point | null {
  const [old, now] = [onScreen(before.box, before.viewport), onScreen(after.box, after.viewport)]
  const [dx, dy] = [old.x - now.x, old.y - now.y]
  if (Math.hypot(dx, dy) < 1) return null
  if (!onView(old, screen) && !onView(now, screen)) return null
  return { x: dx / after.viewport.zoom, y: dy / after.viewport.zoom }
}

/** Whether any part of a rectangle, in screen pixels, is on screen. */
export function onView({ x, y, width, height }: Rect, screen: ScreenSize): boolean {
  return x < screen.width && x + width > 0 && y < screen.height && y + height > 0
}
