import type { FreezePoint, FreezePoints } from './types'

/** The last freeze point with at least so many layers behind it, or the earliest where there are fewer; null where there is none. */
export function pointOfLayers({ points }: FreezePoints, layers: number): FreezePoint | null {
  return points.findLast((point) => point.layers >= layers) ?? points.at(0) ?? null
}
