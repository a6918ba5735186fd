import { dtypeAttribute } from '../lookup/attributes'
import type { DType, GraphNode, Shape, TensorInfo } from '../types'
import { countElements, isSame, type Dims, type SymbolicSize } from './size'

/** What inference knows of one tensor. */
export interface Tensor {
  readonly dtype: DType
  /** null where not even the rank is known. */
  readonly shape: Dims | null
  /** The elements in row-major order, for small tensors of numbers that shapes may be computed from. */
  readonly value?: Dims
  /** For a resource handle: what the variable holds. */
  readonly holds?: { readonly dtype: DType; readonly shape: Dims | null }
}

/**
 * From what is known of a node's inputs to what is known of its outputs; inputs that are not there read as `nothing`.
 * `outputs` is how many the node has.
 */
export type ShapeRule = (node: GraphNode, inputs: Inputs, outputs: number) => readonly Tensor[]

export interface Inputs {
  readonly length: number
  /** The input at a position (from the end if negative). */
  at(position: number): Tensor
  readonly all: readonly Tensor[]
}

/** A tensor of which nothing is known. */
export const nothing: Tensor & TensorInfo = { dtype: 'unknown', shape: null }

/** Values of more elements than this are not carried: they are no shapes. */
const MOST_VALUES = 256

/** A node's inputs; positions beyond them give `nothing`. */
export function inputsOf(tensors: readonly Tensor[]): Inputs {
  return { length: tensors.length, all: tensors, at: (position) => tensors.at(position) ?? nothing }
}

/**
 * A tensor; sizes that no tensor can have (from attributes or values that do not fit), or that are asked of a dimension
 * that is not there, count as unknown.
 */
export function tensor(dtype: DType, sizes: readonly (SymbolicSize | undefined)[] | null, value?: Dims): Tensor {
  const shape = sizes?.map((size) => (isPossible(size) ? size : null)) ?? null
  if (value === undefined || value.length > MOST_VALUES || countElements(shape) !== value.length)
    return { dtype, shape }
  return { dtype, shape, value }
}

function isPossible(size: SymbolicSize | undefined): size is SymbolicSize {
  return size !== undefined && (typeof size !== 'number' || (Number.isInteger(size) && size >= 0))
}

/** A tensor without dimensions, with its value where it is known. */
export function scalar(dtype: DType, value?: SymbolicSize): Tensor {
  return tensor(dtype, [], value === undefined ? undefined : [value])
}

/** A tensor of one dimension whose values are known, at least as sizes. */
export function vector(dtype: DType, value: Dims): Tensor {
  return tensor(dtype, [value.length], value)
}

/** The dtype an attribute names, else that of an input. */
export function typeOf(node: GraphNode, attribute: string, fallback: DType): DType {
  const named = dtypeAttribute(node, attribute, fallback)
  return named === 'unknown' ? fallback : named
}

/** The number a scalar holds, if it is known. */
export function numberIn(input: Tensor): number | null {
  const [value = null] = input.value?.length === 1 ? input.value : []
  return typeof value === 'number' ? value : null
}

/** The numbers a tensor holds, if all are known. */
export function numbersIn(input: Tensor): readonly number[] | null {
  const { value } = input
  return value?.every((size) => typeof size === 'number') === true ? value : null
}

/**
 * The entries of a vector that stands for sizes (a shape, multiples, a slice's begin): its values where known, else
 * as many nulls as it is long, else null.
 */
export function entriesOf(input: Tensor): Dims | null {
  if (input.value) return input.value
  const length = input.shape?.length === 1 ? input.shape[0] : null
  return typeof length === 'number' && length <= MOST_VALUES ? unknownDims(length) : null
}

/** A vector of sizes read as a shape: negative entries are unknown. */
export function shapeIn(input: Tensor): Dims | null {
  return entriesOf(input)?.map((size) => (typeof size === 'number' && size < 0 ? null : size)) ?? null
}

/** A shape of which only the rank is known. */
export function unknownDims(rank: number): Dims {
  return Array.from({ length: rank }, () => null)
}

/** An axis counted from the front; null if it lies outside. */
export function positiveAxis(axis: number | null, rank: number): number | null {
  if (axis === null) return null
  const positive = axis < 0 ? axis + rank : axis
  return Number.isInteger(axis) && positive >= 0 && positive < rank ? positive : null
}

/** Several axes counted from the front; null if one lies outside. */
export function positiveAxes(axes: readonly number[] | null, rank: number): readonly number[] | null {
  if (axes === null) return null
  const positive = axes.flatMap((axis) => positiveAxis(axis, rank) ?? [])
  return positive.length === axes.length ? positive : null
}

/** What two shapes that must agree say together: each dimension as either knows it; null if they do not agree. */
export function agree(a: Dims | null, b: Dims | null): Dims | null {
  if (a === null || b === null) return a ?? b
  if (a.length !== b.length) return null
  return a.map((size, i) => (typeof b[i] === 'number' || size === null ? b[i] : size))
}

/** What holds whichever of two shapes it turns out to be. */
export function either(a: Dims | null, b: Dims | null): Dims | null {
  if (a?.length !== b?.length || a === null || b === null) return null
  return a.map((size, i) => (isSame(size, b[i]) ? size : null))
}

/** Sizes as the rest of the program knows them: numbers, and null for what is not known before a run. */
export function publicShape(dims: Dims | null): Shape | null {
  if (dims === null || dims.every((size) => typeof size === 'number')) return dims
  return dims.map((size) => (typeof size === 'number' ? size : null))
}
