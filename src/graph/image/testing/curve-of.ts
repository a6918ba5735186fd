import { picturePath } from '../path'
import { colourCurve, type ColourCurve } from '../range'
import type { GraphIndex } from '../../lookup/graph-index'
import type { WeightStore } from '../../types'

/** What becomes of colours on the way from the input `image` to the first layer; null where that cannot be followed. */
export async function curveOf(index: GraphIndex, weights: WeightStore): Promise<ColourCurve | null> {
  const path = picturePath(index, 'image:0')
  return path && colourCurve(index, weights, path.from, path.convolution.inputs.at(0))
}
