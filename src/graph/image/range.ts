import { Colours, type Algebra } from './colours'
import { constantNumbers } from './values'
import type { GraphIndex } from '../lookup/graph-index'
import { inputRanges, inRange } from '../../input-ranges'
import type { InputRange } from '../../types'
import type { WeightStore } from '../types'

type Numbers = readonly number[]

/** What becomes of a colour's three numbers on their way through a graph, in the order they come in. */
export type ColourCurve = (colour: Numbers) => Numbers

/** What becomes of black and of white. */
interface Ends {
  readonly low: Numbers
  readonly high: Numbers
}

const three = [0, 1, 2] as const
const highestByte = 255
/** Greys that are tried, from black to white. */
const greys = Array.from({ length: 16 }, (_, step) => (step * highestByte) / 15)

const inRangeOf = (range: InputRange, byte: number): Numbers => three.map((colour) => inRange(range, colour, byte))
const endsOf = (range: InputRange): Ends => ({ low: inRangeOf(range, 0), high: inRangeOf(range, highestByte) })

/**
 * What the operations between two tensors make of a picture's colours; null where they cannot be followed, a constant is
 * not known or not one a channel, or where nothing is computed.
 */
export async function colourCurve(
  index: GraphIndex,
  weights: WeightStore,
  from: string,
  to: string | undefined,
): Promise<ColourCurve | null> {
  const constants = new Map<string, Numbers>()
  const channels = sourcesOf(index, from, to, (tensor) => constants.set(tensor, []))
  if (!channels) return null
  for (const tensor of constants.keys()) {
    const numbers = await constantNumbers(index, weights, tensor)
    if (!numbers) return null
    constants.set(tensor, numbers)
  }
  const numbers: Algebra<number> = {
    constant: (tensor) => constants.get(tensor) ?? null,
    one: (x, of) => of(x),
    two: (x, y, of) => of(x, y),
  }
  const reverses = channels.join() === '4,2,1'
  const curve = (colour: Numbers): Numbers => {
    const made = new Colours(index, from, colour, numbers).of(to) ?? []
    const all = made.length === 1 ? three.map(() => made[0]) : made
    return reverses ? all.toReversed() : all
  }
  return curve([0, 0, 0]).length === 3 && !keeps(curve) ? curve : null
}

/**
 * Of each channel of a tensor, the bits of those it is made of; calls `meet` with the constants beside them. Null where
 * they cannot be followed, are neither one nor three, or nothing is computed.
 */
function sourcesOf(
  index: GraphIndex,
  from: string,
  to: string | undefined,
  meet: (constant: string) => void,
): Numbers | null {
  const computed = new Set<'computed'>()
  const channels = new Colours<number>(index, from, [1, 2, 4], {
    constant: (tensor) => {
      meet(tensor)
      return [0]
    },
    one: (x) => {
      computed.add('computed')
      return x
    },
    two: (x, y, _, bounds) => {
      if (!bounds) computed.add('computed')
      return x | y
    },
  }).of(to)
  return computed.size > 0 && (channels?.length === 1 || channels?.length === 3) ? channels : null
}

/** Whether every grey comes out as it went in: then nothing is told. */
const keeps = (curve: ColourCurve): boolean =>
  greys.every((grey) => curve([grey, grey, grey]).every((value) => Math.abs(value - grey) < 0.1))

/** The range that bytes have after `curve`, by within 3 of 100; null for none that has a name. */
export function rangeAfter(curve: ColourCurve): InputRange | null {
  const ends = { low: curve([0, 0, 0]), high: curve(three.map(() => highestByte)) }
  return nameOf(ends)
}

const nameOf = (ends: Ends): InputRange | null => inputRanges.find((range) => isLike(ends, endsOf(range))) ?? null

function isLike(a: Ends, b: Ends): boolean {
  return three.every((i) => {
    const width = Math.abs(b.high[i] - b.low[i])
    return Math.max(Math.abs(a.low[i] - b.low[i]), Math.abs(a.high[i] - b.high[i])) <= 0.03 * width
  })
}

/**
 * The range that a network wants which goes on with `curve` by itself: the one after which the numbers are as networks are
 * trained on, in a range that has a name or at least about zero and some units wide. Null where none is.
 */
export function rangeBefore(curve: ColourCurve): InputRange | null {
  const candidates = ['0to255', '0to1', 'minus1to1'] as const
  const made = candidates.flatMap((range) => {
    const made = madeOf(curve, range)
    return made ? [{ range, ...made }] : []
  })
  // Bytes that are inverted are bytes again.
  if (made.some(({ range, falls, ends }) => range === '0to255' && falls && isLike(ends, endsOf(range)))) return '0to255'
  const named = made.find(({ ends }) => {
    const known = nameOf(ends)
    return known !== null && known !== '0to255'
  })
  return (named ?? made.find(({ ends }) => isUsual(ends)))?.range ?? null
}

/**
 * What becomes of black and white in a range, exchanged where what was dark is light. Null where greys between them do not
 * stay apart and in order: numbers that are cut off were not meant.
 */
function madeOf(curve: ColourCurve, range: InputRange): { ends: Ends; falls: boolean } | null {
  const values = greys.map((grey) => curve(inRangeOf(range, grey)))
  const [low, high] = [values[0], values[values.length - 1]]
  // The very ends may be cut off.
  const inner = values.slice(1, -1)
  const isInOrder = (sign: number): boolean =>
    inner.every((value, at) => at === 0 || three.every((i) => sign * (value[i] - inner[at - 1][i]) > 0))
  if (isInOrder(1)) return { ends: { low, high }, falls: false }
  return isInOrder(-1) ? { ends: { low: high, high: low }, falls: true } : null
}

/**
 * Zero inside, and 1 to 10 wide or so, or wider with the mean of dark pictures taken off; or bytes with a mean taken off
 * that is none of numbers from −1 to 1.
 */
function isUsual({ low, high }: Ends): boolean {
  return three.every((i) => {
    const width = high[i] - low[i]
    const narrow = width >= 0.9 && width <= (low[i] < -0.3 ? 30 : 10)
    const centred = Math.abs(width - 255) < 1 && low[i] < -2
    return (narrow || centred) && low[i] <= 0.01 * width && high[i] >= 0
  })
}
