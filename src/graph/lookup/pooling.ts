import { stringAttribute } from './attributes'
import { constantValues } from './constants'
import { producer, type GraphIndex } from './graph-index'
import type { TensorInfo } from '../types'

/**
 * The dimensions over which a tensor is averaged to give one row of features for each picture: the two of space for
 * rank 4 (`[batch, height, width, channels]`, or `[batch, channels, height, width]`), the middle one for rank 3, none
 * for rank 2.
 */
export function poolingAxes(index: GraphIndex, infos: ReadonlyMap<string, TensorInfo>, tensor: string): number[] {
  const rank = infos.get(tensor)?.shape?.length
  if (rank === 4) return channelsFirst(index, infos, tensor) ? [2, 3] : [1, 2]
  return rank === 3 ? [1] : []
}

/**
 * Whether a tensor of rank 4 has its channels second: as the op that made it says in `data_format`; ops that say
 * nothing hand on the layout of what they take, and a transposition changes it.
 */
function channelsFirst(index: GraphIndex, infos: ReadonlyMap<string, TensorInfo>, tensor: string): boolean {
  const seen = new Set<string>()
  let current: string | undefined = tensor
  while (current !== undefined && !seen.has(current)) {
    seen.add(current)
    const node = producer(index, current)
    if (!node) return false
    const format = stringAttribute(node, 'data_format', null)
    if (format !== null) return format === 'NCHW'
    if (node.op === 'Transpose') {
      const permutation = constantValues(index, node.inputs.at(1))?.join()
      if (permutation === '0,3,1,2') return true
      if (permutation === '0,2,3,1') return false
    }
    if (node.inputs.length === 0) return looksChannelsFirst(infos.get(current))
    current = node.inputs.find((input) => infos.get(input)?.shape?.length === 4 && !isConstant(index, input))
  }
  return false
}

function isConstant(index: GraphIndex, tensor: string): boolean {
  return producer(index, tensor)?.op === 'Const'
}

/** For an input: 3 channels second and not last. */
function looksChannelsFirst(info: TensorInfo | undefined): boolean {
  return info?.shape?.at(1) === 3 && info.shape.at(3) !== 3
}
