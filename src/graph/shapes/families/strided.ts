import { intAttribute } from '../../lookup/attributes'
import type { GraphNode } from '../../types'
import { isSame, type Dims, type SymbolicSize } from '../size'
import { entriesOf, tensor, typeOf, type Inputs, type ShapeRule } from '../tensor'

/** How StridedSlice treats one dimension of its input, or a new one. */
type SliceStep =
  | { readonly kind: 'new' }
  /** One index is taken and the dimension goes; `begin` is the index. */
  | { readonly kind: 'shrink'; readonly begin: SymbolicSize }
  /** `begin` and `end` are undefined where a mask says: from the start, to the end. */
  | {
      readonly kind: 'range'
      readonly begin: SymbolicSize | undefined
      readonly end: SymbolicSize | undefined
      readonly stride: SymbolicSize
    }

/**
 * StridedSlice: begin, end and strides say what to take of each dimension; bit i of a mask changes the meaning of
 * their entry i. Source: https://www.tensorflow.org/api_docs/python/tf/strided_slice
 */
export const stridedSlice: ShapeRule = (node, inputs) => {
  const x = inputs.at(0)
  const dtype = typeOf(node, 'T', x.dtype)
  const steps = x.shape === null ? null : stepsOf(node, inputs, x.shape.length)
  if (steps === null || x.shape === null) return [tensor(dtype, null)]
  return [tensor(dtype, slicedShape(x.shape, steps), slicedValue(x.value, steps))]
}

/** null where the entries do not fit the rank, or their number is not known. */
function stepsOf(node: GraphNode, inputs: Inputs, rank: number): readonly SliceStep[] | null {
  const begin = entriesOf(inputs.at(1))
  const count = begin?.length ?? entriesOf(inputs.at(2))?.length ?? entriesOf(inputs.at(3))?.length
  if (count === undefined) return null
  const end = entriesOf(inputs.at(2))
  const strides = entriesOf(inputs.at(3))
  const has = (mask: string, i: number): boolean => ((intAttribute(node, mask, 0) >> i) & 1) === 1

  const steps: SliceStep[] = []
  let ellipsis = -1
  for (let i = 0; i < count; i++) {
    if (has('ellipsis_mask', i)) ellipsis = steps.length
    else if (has('new_axis_mask', i)) steps.push({ kind: 'new' })
    else if (has('shrink_axis_mask', i)) steps.push({ kind: 'shrink', begin: begin?.[i] ?? null })
    else {
      steps.push({
        kind: 'range',
        begin: has('begin_mask', i) ? undefined : (begin?.[i] ?? null),
        end: has('end_mask', i) ? undefined : (end?.[i] ?? null),
        stride: strides?.[i] ?? null,
      })
    }
  }
  const left = rank - steps.filter((step) => step.kind !== 'new').length
  if (left < 0) return null
  // Dimensions nobody mentions are taken whole: at the ellipsis, or at the end.
  const whole: SliceStep[] = Array.from({ length: left }, () => ({
    kind: 'range',
    begin: undefined,
    end: undefined,
    stride: 1,
  }))
  return steps.toSpliced(ellipsis < 0 ? steps.length : ellipsis, 0, ...whole)
}

function slicedShape(shape: Dims, steps: readonly SliceStep[]): Dims {
  let axis = 0
  return steps.flatMap((step): SymbolicSize[] => {
    if (step.kind === 'new') return [1]
    const size = shape[axis++]
    return step.kind === 'shrink' ? [] : [rangeSize(size, step)]
  })
}

type Range = Extract<SliceStep, { kind: 'range' }>

function rangeSize(size: SymbolicSize, { begin, end, stride }: Range): SymbolicSize {
  if (typeof stride !== 'number' || stride === 0) return null
  const toEnd = end === undefined || (stride > 0 && isSame(end, size))
  const isWhole = toEnd && (begin === undefined || (begin === 0 && stride > 0))
  if (isWhole && Math.abs(stride) === 1) return size
  if (typeof size !== 'number') return null
  const indices = rangeIndices(size, { kind: 'range', begin, end, stride })
  return indices === null ? null : indices.count
}

/** First index, step and number of indices of a range over a dimension of known size, as Python's slices count them. */
function rangeIndices(
  size: number,
  { begin, end, stride }: Range,
): { first: number; step: number; count: number } | null {
  if (typeof stride !== 'number' || stride === 0) return null
  const [lowest, highest] = stride > 0 ? [0, size] : [-1, size - 1]
  const first = bound(begin, stride > 0 ? lowest : highest, size, lowest, highest)
  const last = bound(end, stride > 0 ? highest : lowest, size, lowest, highest)
  if (first === null || last === null) return null
  return { first, step: stride, count: Math.max(0, Math.ceil((last - first) / stride)) }
}

function bound(
  entry: SymbolicSize | undefined,
  missing: number,
  size: number,
  lowest: number,
  highest: number,
): number | null {
  if (entry === undefined) return missing
  if (typeof entry !== 'number') return null
  return Math.min(highest, Math.max(lowest, entry < 0 ? entry + size : entry))
}

/** Values are carried through slices of vectors. */
function slicedValue(value: Dims | undefined, steps: readonly SliceStep[]): Dims | undefined {
  if (value === undefined || steps.length !== 1) return undefined
  const [step] = steps
  if (step.kind === 'new') return undefined
  if (step.kind === 'shrink') {
    return typeof step.begin === 'number' ? [value.at(step.begin) ?? null] : [null]
  }
  const indices = rangeIndices(value.length, step)
  if (indices === null) return undefined
  return Array.from({ length: indices.count }, (_, i) => value[indices.first + i * indices.step])
}

/** The indices that a StridedSlice takes of each dimension of its input; null where they are not known. */
export function takenIndices(node: GraphNode, inputs: Inputs): readonly (readonly number[])[] | null {
  const { shape } = inputs.at(0)
  const steps = shape && stepsOf(node, inputs, shape.length)?.filter((step) => step.kind !== 'new')
  const taken = shape?.map((size, axis) => {
    const step = steps?.at(axis)
    if (typeof size !== 'number' || !step) return null
    if (step.kind === 'shrink') {
      const { begin } = step
      return typeof begin === 'number' ? [begin < 0 ? begin + size : begin] : null
    }
    const range = rangeIndices(size, step)
    return range && Array.from({ length: range.count }, (_, at) => range.first + at * range.step)
  })
  return taken?.every((indices) => indices !== null) ? taken : null
}
