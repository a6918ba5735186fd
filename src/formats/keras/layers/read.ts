import type { Shape } from '../../../graph/types'
import { isArray, own } from '../../json'
import { isSymbolic, NotLowered, type Argument, type Call, type KerasLayer, type Symbolic } from '../types'

/** Larger sizes than this are no layer's; they come from damaged files. */
const largestSize = 2 ** 24

/** A field of a layer's configuration; undefined where it is missing or null. */
export function field(layer: Pick<KerasLayer, 'config'>, name: string): unknown {
  return own(layer.config, name) ?? undefined
}

function unclear(name: string, value: unknown): NotLowered {
  return new NotLowered(`Its “${name}” is ${JSON.stringify(value).slice(0, 60)}, which Cutpoint cannot express.`)
}

/** A finite number from a layer's configuration. Throws NotLowered for any other value. */
export function numberField(layer: KerasLayer, name: string, fallback: number): number {
  const value = field(layer, name) ?? fallback
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw unclear(name, value)
}

/** A boolean from a layer's configuration. Throws NotLowered for any other value. */
export function flagField(layer: KerasLayer, name: string, fallback: boolean): boolean {
  const value = field(layer, name) ?? fallback
  if (typeof value === 'boolean') return value
  throw unclear(name, value)
}

/** One of `known`, whatever its case. */
export function choiceField<T extends string>(layer: KerasLayer, name: string, known: readonly T[], fallback: T): T {
  const value = field(layer, name) ?? fallback
  const found = known.find((choice) => typeof value === 'string' && choice === value.toLowerCase())
  if (found !== undefined) return found
  throw unclear(name, value)
}

/** Whole numbers: as many as `count`, which one number stands for, too. */
export function wholeNumbers(value: unknown, count: number, name: string): readonly number[] {
  const values = isArray(value) ? value : Array.from({ length: count }, () => value)
  if (values.length === count && values.every(isWhole)) return values
  throw unclear(name, value)
}

/** Sizes of at least one, for each of `count` dimensions. */
export function sizesField(layer: KerasLayer, name: string, count: number, fallback: number): readonly number[] {
  const value = field(layer, name) ?? fallback
  const sizes = wholeNumbers(value, count, name)
  if (sizes.every((size) => size >= 1)) return sizes
  throw unclear(name, value)
}

/** The axes a layer names, one or several, counted from the front of `rank` dimensions. */
export function axesField(layer: KerasLayer, name: string, rank: number, fallback: number): readonly number[] {
  return axesOf(field(layer, name) ?? fallback, rank)
}

/** One axis, or a list of them, counted from the front of `rank` dimensions. */
export function axesOf(value: unknown, rank: number): readonly number[] {
  const axes = isArray(value) ? value : [value]
  const positive = axes.flatMap((axis) => (isWhole(axis) ? (axis < 0 ? axis + rank : axis) : []))
  const isSound = positive.length === axes.length && positive.every((axis) => axis >= 0 && axis < rank)
  if (isSound && new Set(positive).size === positive.length) return positive
  throw unclear('axis', value)
}

/** As `axesOf`, for a layer that takes one axis only. Throws NotLowered for several. */
export function axisOf(value: unknown, rank: number): number {
  const [axis, ...others] = axesOf(value, rank)
  if (others.length === 0) return axis
  throw unclear('axis', value)
}

/** A list of whole numbers of any length. */
export function listOf(value: unknown, name: string): readonly number[] {
  if (isArray(value) && value.every(isWhole)) return value
  throw unclear(name, value)
}

/** Whether a value is an integer that may be a size or an axis; larger ones come from damaged files. */
export function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= largestSize
}

/** The first argument of a call, which must be a tensor. */
export function inputOf(call: Call): Symbolic {
  const [first] = inputsOf(call)
  return first
}

/** The tensors a layer is called with: one, a list, or several arguments; at least one. */
export function inputsOf({ args, kwargs }: Call): readonly Symbolic[] {
  const given: readonly unknown[] = args.length > 0 ? args : [kwargs.inputs ?? kwargs.x ?? kwargs.input_tensor]
  const found = given.flatMap((value) => (isArray(value) ? value : [value])).filter(isSymbolic)
  if (found.length > 0) return found
  throw new NotLowered('It is not called with a tensor.')
}

/** An argument by its name or its place; undefined where it is missing or null. */
export function argument({ args, kwargs }: Call, name: string, place: number): Argument | undefined {
  return kwargs[name] ?? args.at(place) ?? undefined
}

/** A shape whose rank is known. */
export function shapeOf(x: Symbolic): Shape {
  if (x.shape) return x.shape
  throw new NotLowered('The number of dimensions it works on is not known.')
}

/** The number of dimensions of a tensor. Throws NotLowered where it is not known. */
export function rankOf(x: Symbolic): number {
  return shapeOf(x).length
}

/** Demands a rank that the layer is made for. */
export function needRank(x: Symbolic, ...ranks: readonly number[]): void {
  const rank = rankOf(x)
  if (!ranks.includes(rank)) throw new NotLowered(`It cannot work on a tensor of ${rank} dimensions.`)
}

/** The size of one dimension, which must be known before a run. */
export function sizeOf(x: Symbolic, axis: number): number {
  const size = shapeOf(x).at(axis) ?? null
  if (size !== null) return size
  throw new NotLowered(`The size of its dimension ${axis} is known only when it runs.`)
}

/** Whether the layer's images are `[batch, channels, …]`. */
export function isChannelsFirst(layer: KerasLayer): boolean {
  const formats = ['channels_last', 'channels_first', 'tf', 'th'] as const
  const format = choiceField(layer, 'data_format', formats, 'channels_last')
  return format === 'channels_first' || format === 'th'
}
