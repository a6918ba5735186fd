import { indexGraph } from '../lookup/graph-index'
import { poolingAxes } from '../lookup/pooling'
import type { Graph, TensorInfo } from '../types'

/** How the numbers of a photo's value lie as a map, one after the other. */
export interface MapShape {
  readonly height: number
  readonly width: number
  readonly channels: number
  /** Whether all places of a channel stand together, and not all channels of a place. */
  readonly channelsFirst: boolean
}

/** What map all values at these cuts are; null where they are of several tensors, or no map of a known size, or one of a single place. */
export function mapShapeOf(
  graph: Graph,
  infos: ReadonlyMap<string, TensorInfo>,
  cuts: readonly string[],
): MapShape | null {
  const [cut] = cuts
  const shape = cuts.length === 1 ? infos.get(cut)?.shape : null
  if (shape?.length !== 4) return null
  const channelsFirst = poolingAxes(indexGraph(graph), infos, cut).includes(3)
  const [height, width, channels] = (channelsFirst ? [2, 3, 1] : [1, 2, 3]).map((axis) => shape[axis])
  if (height === null || width === null || channels === null || height * width < 2) return null
  return { height, width, channels, channelsFirst }
}
