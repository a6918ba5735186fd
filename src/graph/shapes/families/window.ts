import { intAttribute, intsAttribute, stringAttribute } from '../../lookup/attributes'
import type { GraphNode } from '../../types'
import type { SymbolicSize } from '../size'

/** Whether `data_format` puts the channels second (NCHW, NCW, NCDHW) instead of last. */
export function hasChannelsSecond(node: GraphNode): boolean {
  return stringAttribute(node, 'data_format', 'NHWC').startsWith('NC')
}

/** The dimension that holds the channels. */
export function channelAxis(node: GraphNode, rank: number): number {
  return hasChannelsSecond(node) ? 1 : rank - 1
}

/** The axes of height, width and the like. */
export function spatialAxes(node: GraphNode, rank: number): number[] {
  const first = hasChannelsSecond(node) ? 2 : 1
  return Array.from({ length: rank - 2 }, (_, place) => first + place)
}

/**
 * Output size along one axis of a window that slides over it, from `strides`, `dilations` (`rates`) and `padding`:
 * SAME gives ceil(input / stride), VALID and EXPLICIT count the places where the whole window fits.
 * Source: https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2
 */
export function windowSize(
  node: GraphNode,
  axis: number,
  input: SymbolicSize,
  window: SymbolicSize,
  rank: number,
): SymbolicSize {
  const stride = alongAxis(node, ['strides', 'stride'], axis, rank)
  if (!(stride >= 1)) return null
  const padding = stringAttribute(node, 'padding', stringAttribute(node, 'pad', 'VALID')).toUpperCase()
  if (padding === 'SAME') {
    if (stride === 1) return input
    return typeof input === 'number' ? Math.ceil(input / stride) : null
  }
  const reach = reachOf(window, alongAxis(node, ['dilations', 'rates', 'dilation'], axis, rank))
  const padded = padding === 'EXPLICIT' ? explicitPadding(node, axis) : 0
  if (reach === 1 && stride === 1 && padded === 0) return input
  if (typeof input !== 'number' || reach === null) return null
  const places = Math.floor((input + padded - reach) / stride) + 1
  return places > 0 ? places : null
}

/** How far a dilated window reaches. */
function reachOf(window: SymbolicSize, dilation: number): number | null {
  return typeof window === 'number' ? (window - 1) * dilation + 1 : null
}

/** The entry of a list attribute with one number an axis of the input; Conv1D may have a single number for its one. */
function alongAxis(node: GraphNode, names: readonly string[], axis: number, rank: number): number {
  for (const name of names) {
    const list = intsAttribute(node, name, null)
    if (list !== null) return (list.length === rank ? list[axis] : list.at(0)) ?? 1
    const single = intAttribute(node, name, null)
    if (single !== null) return single
  }
  return 1
}

/** Before and after together, from a list of pairs, one an axis. */
function explicitPadding(node: GraphNode, axis: number): number {
  const pairs = intsAttribute(node, 'explicit_paddings', [])
  return (pairs.at(2 * axis) ?? 0) + (pairs.at(2 * axis + 1) ?? 0)
}
