import type { GraphIndex } from '../../graph/lookup/graph-index'
import { tensorShapeText } from '../../graph/op-tables/titles'
import type { ModelFacts } from '../types'
import { chipSize } from './chip-size'

/** How wide the chip of each tensor is at most; 0 where no shape is known. */
export function chipWidths(index: GraphIndex, { infos }: ModelFacts): (tensor: string) => number {
  return (tensor) => {
    const shape = infos.get(tensor)?.shape
    return shape ? chipSize(tensorShapeText(tensor, shape, index), true).width : 0
  }
}
