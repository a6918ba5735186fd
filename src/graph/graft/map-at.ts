import { CutpointError } from '../../errors'
import { indexGraph } from '../lookup/graph-index'
import { pooledMap } from '../lookup/pooled-map'
import type { Graph, TensorInfo } from '../types'
import type { Pool } from './pools'
import { mapShapeOf, type MapShape } from './map-shape'

/** A map that a head of convolutions takes. */
export interface CutMap extends MapShape {
  readonly tensor: string
}

/** Where a head's features are taken of these cuts: the map, where it takes one and there is one. */
export function endsOf(
  graph: Graph,
  infos: ReadonlyMap<string, TensorInfo>,
  cuts: readonly string[],
  pool: Pool,
): readonly string[] {
  const map = pool === 'map' ? mapAt(graph, infos, cuts) : null
  return map ? [map.tensor] : cuts
}

/** The same, seen to be there. Throws CutpointError `no-map`. */
export function requireMap(graph: Graph, infos: ReadonlyMap<string, TensorInfo>, cuts: readonly string[]): CutMap {
  const map = mapAt(graph, infos, cuts)
  if (map) return { ...map, channelsFirst: false }
  throw new CutpointError(
    'no-map',
    cuts.length > 1
      ? 'A convolutional head takes one map, and several tensors are cut.'
      : 'A convolutional head needs a map of a known size, and there is none at this cut.',
    'Cut at one tensor with height and width, or behind their average.',
    { cuts },
  )
}

/** The map at a cut, or the one that it is the average of; null where there is none, its size is not known, or several tensors are cut. */
export function mapAt(graph: Graph, infos: ReadonlyMap<string, TensorInfo>, cuts: readonly string[]): CutMap | null {
  if (cuts.length !== 1) return null
  const tensor = pooledMap(indexGraph(graph), infos, cuts[0])
  const shape = tensor && mapShapeOf(graph, infos, [tensor])
  return tensor && shape ? { tensor, ...shape } : null
}
