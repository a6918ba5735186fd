import { pointOfLayers } from '../../graph/tail/point-of-layers'
import type { FreezePoint, FreezePoints } from '../../graph/tail/types'
import type { TailOptions } from '../../tail-options'
import { getState, setState, type State } from '../state/state'
import { computeWorker } from '../workers/workers'
import { aboutOpenModel } from './generation'

/** Finds out where training the network itself can begin before the present cut, if that is not known. */
export async function findFreezePoints(): Promise<void> {
  const { cut } = getState()
  if (cut === null || cut.freezePoints) return
  await aboutOpenModel(
    (id) => computeWorker().freezePoints(id),
    (freezePoints) => setState((state) => (state.cut === cut ? { cut: { ...cut, freezePoints } } : {})),
  )
}

/** The points from which so many of the last layers are trained, the least first: of those with as many the last one; at least one layer. */
export function pointsByLayers({ points }: FreezePoints): readonly FreezePoint[] {
  const byLayers = new Map(points.filter(({ layers }) => layers > 0).map((point) => [point.layers, point]))
  return [...byLayers.values()].toSorted((one, other) => one.layers - other.layers)
}

/** The point that options ask for, or the earliest where there are fewer layers; null where there is none. */
export function chosenPoint(
  points: FreezePoints,
  { from, layers }: Pick<TailOptions, 'from' | 'layers'>,
): FreezePoint | null {
  if (from !== null) return points.points.find(({ tensor }) => tensor === from) ?? null
  return pointOfLayers(points, layers)
}

/** The tensor from which on the network would be trained now; null where it stays as it is, or that is not known yet. */
export function freezeNow({ cut, options: { tail } }: Pick<State, 'cut' | 'options'>): string | null {
  if (tail === null || !cut?.freezePoints) return null
  return tail.from ?? chosenPoint(cut.freezePoints, tail)?.tensor ?? null
}
