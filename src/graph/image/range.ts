import { computes, type PathStep } from './path'
import { constantNumbers } from './values'
import type { GraphIndex } from '../lookup/graph-index'
import { inputRanges, rangeNumbers } from '../../input-ranges'
import type { InputRange } from '../../types'
import type { WeightStore } from '../types'

/** What becomes of a picture's numbers on its way: each channel times `scale` plus `offset`; three of each. */
export interface ChannelMap {
  readonly scale: readonly number[]
  readonly offset: readonly number[]
}

const three = [0, 1, 2] as const
const same: ChannelMap = { scale: [1, 1, 1], offset: [0, 0, 0] }
const inverse: ChannelMap = { scale: [-1, -1, -1], offset: [0, 0, 0] }

/** Bytes to a range. */
function mapTo(range: InputRange): ChannelMap {
  const { divisor, mean, deviation } = rangeNumbers[range]
  return {
    scale: three.map((i) => 1 / divisor / deviation[i]),
    offset: three.map((i) => (0 - mean[i]) / deviation[i]),
  }
}

/**
 * What the arithmetic among `steps` does to a picture's numbers, its channels in the order they come in; null where a constant is not known or not one a channel,
 * or where there is no arithmetic.
 */
export async function channelMap(
  index: GraphIndex,
  weights: WeightStore,
  steps: readonly PathStep[],
): Promise<ChannelMap | null> {
  let map: ChannelMap | null = null
  let reversed = false
  for (const { node, input, reverses, grey } of steps) {
    if (reverses) reversed = !reversed
    if (grey) {
      const shares = grey === 'shares' ? await constantNumbers(index, weights, node.inputs.at(1)) : three.map(() => 1)
      if (shares?.length !== 3) return null
      map = mixed(map ?? same, grey === 'mean' ? shares.map((share) => share / 3) : shares)
      continue
    }
    if (node.op === 'Neg') map = after(map ?? same, inverse)
    if (node.op === 'Neg' || !computes(node)) continue
    const constant = await constantNumbers(index, weights, node.inputs.at(1 - input))
    const next = constant && stepMap(node.op, input, reversed ? constant.toReversed() : constant)
    if (!next) return null
    map = after(map ?? same, next)
  }
  return map
}

/** What becomes of a picture that is made grey, told as if its colours were alike. */
function mixed({ scale, offset }: ChannelMap, shares: readonly number[]): ChannelMap {
  const sum = (values: readonly number[]): number[] => {
    const total = values.reduce((all, value, i) => all + shares[i] * value, 0)
    return three.map(() => total)
  }
  return { scale: sum(scale), offset: sum(offset) }
}

function stepMap(op: string, input: number, constant: readonly number[]): ChannelMap | null {
  if (constant.length !== 1 && constant.length !== 3) return null
  const c = three.map((i) => constant[constant.length === 1 ? 0 : i])
  const ones = [1, 1, 1]
  const negative = (values: readonly number[]): number[] => values.map((value) => -value)
  switch (op) {
    case 'Mul':
      return { scale: c, offset: [0, 0, 0] }
    case 'Div':
    case 'RealDiv':
      return input === 0 ? { scale: c.map((value) => 1 / value), offset: [0, 0, 0] } : null
    case 'Sub':
      return input === 0 ? { scale: ones, offset: negative(c) } : { scale: negative(ones), offset: c }
    default:
      return { scale: ones, offset: c }
  }
}

/** First `a`, then `b`. */
function after(a: ChannelMap, b: ChannelMap): ChannelMap {
  return {
    scale: three.map((i) => a.scale[i] * b.scale[i]),
    offset: three.map((i) => a.offset[i] * b.scale[i] + b.offset[i]),
  }
}

/** The range that bytes have after `map`, by within 3 of 100; null for none that has a name. */
export function rangeAfter(map: ChannelMap): InputRange | null {
  return inputRanges.find((range) => isLike(map, mapTo(range))) ?? null
}

function isLike(a: ChannelMap, b: ChannelMap): boolean {
  return three.every((i) => {
    const width = Math.abs(255 * b.scale[i])
    const low = Math.abs(a.offset[i] - b.offset[i])
    const high = Math.abs(255 * a.scale[i] + a.offset[i] - (255 * b.scale[i] + b.offset[i]))
    return Math.max(low, high) <= 0.03 * width
  })
}

/**
 * The range that a network wants which goes on with `map` by itself: the one after which the numbers are as networks are
 * trained on, in a range that has a name or at least about zero and some units wide. Null where none is.
 */
export function rangeBefore(map: ChannelMap): InputRange | null {
  const candidates = ['0to255', '0to1', 'minus1to1'] as const
  const made = candidates.map((range) => ({ range, map: upright(after(mapTo(range), map)) }))
  // Bytes that are inverted are bytes again.
  if (map.scale.every((scale) => scale < 0) && isLike(made[0].map, mapTo('0to255'))) return '0to255'
  const named = made.find(({ map: result }) => {
    const known = rangeAfter(result)
    return known !== null && known !== '0to255'
  })
  return (named ?? made.find(({ map: result }) => isUsual(result)))?.range ?? null
}

/** The same numbers with dark and light exchanged, where they are inverted. */
function upright({ scale, offset }: ChannelMap): ChannelMap {
  if (!scale.every((value) => value < 0)) return { scale, offset }
  return { scale: scale.map((value) => -value), offset: offset.map((value, i) => value + 255 * scale[i]) }
}

/**
 * Zero inside, and 1 to 10 wide or so, or wider with the mean of dark pictures taken off; or bytes with a mean taken off
 * that is none of numbers from −1 to 1.
 */
function isUsual({ scale, offset }: ChannelMap): boolean {
  return three.every((i) => {
    const width = 255 * scale[i]
    const low = offset[i]
    const narrow = width >= 0.9 && width <= (low < -0.3 ? 30 : 10)
    const centred = Math.abs(width - 255) < 1 && low < -2
    return (narrow || centred) && low <= 0.01 * width && low + width >= 0
  })
}
