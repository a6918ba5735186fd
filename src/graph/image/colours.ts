import { channelTakers, takenChannels } from './channels'
import { greyBy } from './grey'
import { isConstant } from './constant'
import { dtypeAttribute, intAttribute } from '../lookup/attributes'
import { constantValues } from '../lookup/constants'
import { producer, type GraphIndex } from '../lookup/graph-index'
import { splitTensor } from '../lookup/names'
import { opOf } from '../ops'
import type { GraphNode } from '../types'

/** What stands for a channel's number while it is followed through a graph. */
export interface Algebra<T> {
  /** A constant's numbers, one or as many as channels; null where they are not known. */
  readonly constant: (tensor: string) => readonly T[] | null
  readonly one: (x: T, of: (x: number) => number) => T
  /** `bounds`: the second only limits the first. */
  readonly two: (x: T, y: T, of: (x: number, y: number) => number, bounds: boolean) => T
}

type Channels<T> = readonly T[] | null

const mostSteps = 256
const deepest = 64
/** More channels than a picture has on any way that can be followed; put together again and again they would be without end. */
const mostChannels = 64
const whole: ReadonlySet<string> = new Set(['uint8', 'int8', 'uint16', 'int16', 'int32', 'uint32', 'int64', 'uint64'])
const others: ReadonlySet<string> = new Set(['Cast', 'ClipByValue', 'AddN', 'BiasAdd'])
const sum = (x: number, y: number): number => x + y
const product = (x: number, y: number): number => x * y

/** Whether it may be known what an operation that is none of the others makes of a picture. */
function isFollowed(op: string): boolean {
  const { onPicture, ofNumber, ofNumbers } = opOf(op) ?? {}
  return (onPicture ?? ofNumber ?? ofNumbers) !== undefined || others.has(op) || channelTakers.has(op)
}

/**
 * Follows a picture of a single colour from one tensor on: each tensor after it has one number a channel, or one alone
 * where it is grey. All that is done is done to each pixel alike, so that what becomes of one colour tells all.
 */
export class Colours<T> {
  readonly #index: GraphIndex
  readonly #algebra: Algebra<T>
  readonly #known: Map<string, Channels<T>>
  #steps = 0

  constructor(index: GraphIndex, from: string, picture: readonly T[], algebra: Algebra<T>) {
    this.#index = index
    this.#algebra = algebra
    this.#known = new Map([[from, picture]])
  }

  /** The channels of a tensor; null where it is not made of the picture by steps that can be followed. */
  of(tensor: string | undefined, depth = deepest): Channels<T> {
    if (tensor === undefined || depth === 0) return null
    const known = this.#known.get(tensor)
    if (known !== undefined) return known
    const node = producer(this.#index, tensor)
    if (!node || this.#steps++ > mostSteps) return null
    const made = isConstant(this.#index, tensor)
      ? this.#algebra.constant(tensor)
      : this.#made(node, splitTensor(tensor).output, depth - 1)
    const followed = made && made.length <= mostChannels ? made : null
    this.#known.set(tensor, followed)
    return followed
  }

  #made(node: GraphNode, output: number, depth: number): Channels<T> {
    const { op, inputs } = node
    const input = (place: number): Channels<T> => this.of(inputs.at(place), depth)
    const grey = greyBy(this.#index, node)
    if (grey) return this.#grey(input(0), grey === 'shares' ? input(1) : null, grey === 'mean')
    if (op === 'Pack' || op === 'ConcatV2') return this.#joined(node, depth)
    // What comes before an operation that cannot be followed is not looked at: that may be a whole network.
    if (!isFollowed(op)) return null
    const picture = input(op === 'Split' ? 1 : 0)
    if (!picture) return null
    const taken = takenChannels(this.#index, node, output, picture.length)
    if (taken) return taken.every((channel) => channel in picture) ? taken.map((channel) => picture[channel]) : null
    if (op === 'ClipByValue') return this.#two(this.#two(picture, input(1), Math.max, true), input(2), Math.min, true)
    if (op === 'AddN') return this.#added(inputs, depth)
    return this.#computed(node, picture, depth)
  }

  #computed(node: GraphNode, picture: readonly T[], depth: number): Channels<T> {
    const { category, onPicture, ofNumber, ofNumbers } = opOf(node.op) ?? {}
    if (node.op === 'Cast') {
      const isWhole = whole.has(dtypeAttribute(node, 'DstT', 'float32'))
      return isWhole ? picture.map((x) => this.#algebra.one(x, Math.trunc)) : picture
    }
    const isKept = onPicture === 'passes' || onPicture === 'resizes' || (category === 'shape' && ofNumber)
    if (isKept) return picture
    if (ofNumber) return picture.map((x) => this.#algebra.one(x, ofNumber))
    const ofTwo = node.op === 'BiasAdd' ? sum : ofNumbers
    if (!ofTwo || node.inputs.length !== 2) return null
    return this.#two(picture, this.of(node.inputs[1], depth), ofTwo, onPicture === 'bounds')
  }

  #two(a: Channels<T>, b: Channels<T>, of: (x: number, y: number) => number, bounds = false): Channels<T> {
    if (!a || !b || (a.length !== b.length && a.length !== 1 && b.length !== 1)) return null
    const at = (list: readonly T[], place: number): T => list[list.length === 1 ? 0 : place]
    return Array.from({ length: Math.max(a.length, b.length) }, (_, place) =>
      this.#algebra.two(at(a, place), at(b, place), of, bounds),
    )
  }

  #grey(picture: Channels<T>, shares: Channels<T>, isMean: boolean): Channels<T> {
    const parts = shares ? this.#two(picture, shares, product) : picture
    if (!parts) return null
    const total = parts.reduce((all, part) => this.#algebra.two(all, part, sum, false))
    return [isMean ? this.#algebra.one(total, (x) => x / parts.length) : total]
  }

  #added(inputs: readonly string[], depth: number): Channels<T> {
    const [first, ...others] = inputs.map((tensor) => this.of(tensor, depth))
    return others.reduce((all, other) => this.#two(all, other, sum), first)
  }

  /** Channels put together along the last axis. */
  #joined(node: GraphNode, depth: number): Channels<T> {
    const isPack = node.op === 'Pack'
    const axis = isPack ? intAttribute(node, 'axis', 0) : constantValues(this.#index, node.inputs.at(-1))?.at(0)
    if (axis !== -1 && axis !== 3) return null
    const parts = (isPack ? node.inputs : node.inputs.slice(0, -1)).map((tensor) => this.of(tensor, depth))
    const known = parts.filter((part) => part !== null)
    return known.length === parts.length && known.every((part) => !isPack || part.length === 1) ? known.flat() : null
  }
}
