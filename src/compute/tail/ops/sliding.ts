import { intsAttribute, stringAttribute } from '../../../graph/lookup/attributes'
import type { GraphNode } from '../../../graph/types'
import type { Pair, Plane, Sliding } from '../kernels/types'
import type { Sizes } from './types'

/** How a convolution or a pooling slides over maps, channels last, from its attributes and all sizes. */
export function slidingOf(node: GraphNode, input: Sizes, output: Sizes, kernel: Pair): Sliding {
  const strides = alongSpace(node, 'strides')
  const dilations = alongSpace(node, 'dilations')
  const padding = stringAttribute(node, 'padding', 'VALID')
  const pairs = intsAttribute(node, 'explicit_paddings', [])
  const before = (axis: 0 | 1): number => {
    if (padding === 'EXPLICIT') return pairs.at(2 * (axis + 1)) ?? 0
    if (padding !== 'SAME') return 0
    const reach = (output[axis + 1] - 1) * strides[axis] + (kernel[axis] - 1) * dilations[axis] + 1
    return Math.floor(Math.max(reach - input[axis + 1], 0) / 2)
  }
  return {
    batch: input[0],
    input: planeOf(input),
    output: planeOf(output),
    kernel,
    strides,
    dilations,
    before: [before(0), before(1)],
  }
}

const planeOf = ([, height, width, channels]: Sizes): Plane => ({ height, width, channels })

function alongSpace(node: GraphNode, name: string): Pair {
  const values = intsAttribute(node, name, [1, 1, 1, 1])
  return values.length === 4 ? [values[1], values[2]] : [1, 1]
}

/** Height and width of a pooling's window. */
export function windowOf(node: GraphNode): Pair {
  return alongSpace(node, 'ksize')
}
