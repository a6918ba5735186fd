import type { Shape } from '../../types'

/** `[batch, 1, 1, channels]`, or already a row for each picture. */
export function isPooled(shape: Shape | null): boolean {
  return shape?.slice(1, -1).every((size) => size === 1) ?? false
}

/** `[batch, height, width, channels]`, `[batch, places, channels]` and the like. */
export function isMap(shape: Shape | null): boolean {
  return shape !== null && shape.length > 2 && !isPooled(shape) && !shape.slice(2).every((size) => size === 1)
}
