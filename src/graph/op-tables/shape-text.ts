import type { Shape } from '../types'

/** `[null, 112, 112, 32]` → `112×112×32`: as on an edge, without the batch. */
export function shapeText(shape: Shape | null | undefined): string {
  if (!shape) return '?'
  return wholeShapeText(shape.length > 1 && (shape[0] === null || shape[0] === 1) ? shape.slice(1) : shape)
}

/** `[1, 3, 3, 32]` → `1×3×3×32`: of a weight, which has no batch. */
export function wholeShapeText(shape: Shape): string {
  return shape.length === 0 ? 'scalar' : shape.map((size) => size ?? '?').join('×')
}
