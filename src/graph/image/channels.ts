import { intAttribute } from '../lookup/attributes'
import { constantValues } from '../lookup/constants'
import type { GraphIndex } from '../lookup/graph-index'
import type { GraphNode } from '../types'

/** Operations that may take channels and do no more. */
export const channelTakers: ReadonlySet<string> = new Set([
  'ReverseV2',
  'StridedSlice',
  'Slice',
  'Split',
  'SplitV',
  'Unpack',
  'GatherV2',
])

/** Which of `count` channels, the last of four axes, one output of a node holds, in their order; null where it does more than take channels. */
export function takenChannels(
  index: GraphIndex,
  node: GraphNode,
  output: number,
  count: number,
): readonly number[] | null {
  const all = Array.from({ length: count }, (_, channel) => channel)
  const constant = (place: number): readonly number[] | undefined => constantValues(index, node.inputs.at(place))
  const isOfChannels = (axis: number | undefined): boolean => axis === -1 || axis === 3
  switch (node.op) {
    case 'ReverseV2': {
      const axes = constant(1)
      return axes?.length === 1 && isOfChannels(axes[0]) ? all.toReversed() : null
    }
    case 'StridedSlice':
      return sliced(index, node, all)
    case 'Slice': {
      const [begin, size] = [constant(1), constant(2)]
      if (begin?.length !== 4 || size?.length !== 4) return null
      const isWhole = begin.slice(0, 3).every((from) => from === 0) && size.slice(0, 3).every((taken) => taken === -1)
      return isWhole ? all.slice(begin[3], size[3] === -1 ? undefined : begin[3] + size[3]) : null
    }
    case 'Split':
      return isOfChannels(constant(0)?.at(0)) && intAttribute(node, 'num_split', 0) === count ? [output] : null
    case 'SplitV': {
      const sizes = constant(1)
      return isOfChannels(constant(2)?.at(0)) && sizes?.every((size) => size === 1) ? [output] : null
    }
    case 'Unpack':
      return isOfChannels(intAttribute(node, 'axis', 0)) ? [output] : null
    case 'GatherV2':
      return isOfChannels(constant(2)?.at(0)) ? (constant(1)?.map((channel) => all.at(channel) ?? -1) ?? null) : null
    default:
      return null
  }
}

/** `x[..., from:to:step]` and `x[..., channel]`. */
function sliced(index: GraphIndex, node: GraphNode, all: readonly number[]): readonly number[] | null {
  const [begin, end, strides] = [1, 2, 3].map((place) => constantValues(index, node.inputs.at(place)))
  if (!begin || !strides || !takesWhole(node, begin.length)) return null
  if (strides.slice(0, -1).some((stride) => stride !== 1)) return null
  const last = begin.length - 1
  const has = (mask: string): boolean => (intAttribute(node, mask, 0) >> last) % 2 === 1
  const alone = intAttribute(node, 'shrink_axis_mask', 0)
  if (alone !== 0) {
    const channel = has('shrink_axis_mask') && alone === 1 << last ? all.at(begin[last]) : undefined
    return channel === undefined ? null : [channel]
  }
  const [from, to] = [has('begin_mask') ? undefined : begin[last], has('end_mask') ? undefined : end?.at(last)]
  if (strides[last] === -1) return from === undefined && to === undefined ? all.toReversed() : null
  return strides[last] === 1 && (has('end_mask') || to !== undefined) ? all.slice(from, to) : null
}

/** Whether a slice's last entry is of the last of four axes, and the entries before leave out nothing. */
function takesWhole(node: GraphNode, entries: number): boolean {
  const mask = (name: string): number => intAttribute(node, name, 0)
  const ellipsis = mask('ellipsis_mask')
  if (mask('new_axis_mask') !== 0 || (ellipsis >> (entries - 1)) % 2 === 1) return false
  if (ellipsis === 0 && entries !== 4) return false
  const whole = (mask('begin_mask') & mask('end_mask')) | ellipsis
  return Array.from({ length: entries - 1 }, (_, axis) => (whole >> axis) & 1).every((bit) => bit === 1)
}
