import { intAttribute } from '../lookup/attributes'
import { constantValues } from '../lookup/constants'
import { producer, type GraphIndex } from '../lookup/graph-index'
import type { GraphNode } from '../types'

/**
 * The tensor whose last of four axes a node turns round while it does nothing else: `x[..., ::-1]`, a reverse along it, or
 * its three channels taken out one by one and put together again the other way. Null for any other node.
 */
export function reversedBy(index: GraphIndex, node: GraphNode): string | null {
  const turns =
    (node.op === 'ReverseV2' && isLastAxis(constantValues(index, node.inputs.at(1)))) ||
    (node.op === 'StridedSlice' && stepsBack(index, node))
  if (turns) return node.inputs.at(0) ?? null
  return node.op === 'Pack' ? putTogether(index, node) : null
}

const isLastAxis = (axes: readonly number[] | undefined): boolean =>
  axes?.length === 1 && (axes[0] === -1 || axes[0] === 3)

function stepsBack(index: GraphIndex, node: GraphNode): boolean {
  const strides = constantValues(index, node.inputs.at(3))
  if (strides?.at(-1) !== -1 || strides.slice(0, -1).some((stride) => stride !== 1)) return false
  return takesWhole(node, strides.length, strides.length) && intAttribute(node, 'shrink_axis_mask', 0) === 0
}

/** As Keras 3 writes `x[..., ::-1]`: https://github.com/keras-team/keras/blob/master/keras/src/applications/imagenet_utils.py */
function putTogether(index: GraphIndex, { inputs, attributes }: GraphNode): string | null {
  const axis = intAttribute({ attributes }, 'axis', 0)
  if (inputs.length !== 3 || (axis !== -1 && axis !== 3)) return null
  const slices = inputs.map((tensor) => producer(index, tensor))
  const from = slices[0]?.inputs.at(0)
  const inOrder = slices.every(
    (slice, place) => slice && slice.inputs.at(0) === from && channelOf(index, slice) === 2 - place,
  )
  return inOrder ? (from ?? null) : null
}

/** The channel in `x[..., channel]`. */
function channelOf(index: GraphIndex, node: GraphNode): number | null {
  const begin = node.op === 'StridedSlice' ? constantValues(index, node.inputs.at(1)) : undefined
  if (!begin || !takesWhole(node, begin.length, begin.length - 1)) return null
  const strides = constantValues(index, node.inputs.at(3))
  const alone = intAttribute(node, 'shrink_axis_mask', 0) === 1 << (begin.length - 1)
  return alone && strides?.every((stride) => stride === 1) ? (begin.at(-1) ?? null) : null
}

/** Whether a slice's last entry is of the last of four axes, and the first `count` entries leave out nothing. */
function takesWhole(node: GraphNode, entries: number, count: number): boolean {
  const mask = (name: string): number => intAttribute(node, name, 0)
  const ellipsis = mask('ellipsis_mask')
  if (mask('new_axis_mask') !== 0 || (ellipsis >> (entries - 1)) % 2 === 1) return false
  if (ellipsis === 0 && entries !== 4) return false
  const whole = (mask('begin_mask') & mask('end_mask')) | ellipsis
  return Array.from({ length: count }, (_, axis) => (whole >> axis) & 1).every((bit) => bit === 1)
}
