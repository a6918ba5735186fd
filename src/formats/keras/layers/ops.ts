import type { Attribute, DType } from '../../../graph/types'
import { NotLowered, type Builder, type Symbolic } from '../types'
import { rankOf } from './read'

const flag = (value: boolean): Attribute => ({ kind: 'bool', value })
/** A string attribute. */
export const text = (value: string): Attribute => ({ kind: 'string', value })
/** An integer attribute. */
export const int = (value: number): Attribute => ({ kind: 'int', value })
const float = (value: number): Attribute => ({ kind: 'float', value })
const type = (value: DType): Attribute => ({ kind: 'dtype', value })
/** An attribute that is a list of integers. */
export const ints = (values: readonly number[]): Attribute => ({ kind: 'list', items: values.map(int) })
/** The attribute that says int32. */
export const int32 = type('int32')

/** An op of one argument and no attributes but its type. */
export function unary(build: Builder, op: string, x: Symbolic, name = op): Symbolic {
  return build.op(name, op, [x])
}

const wholeTypes: ReadonlySet<DType> = new Set<DType>(['int32', 'int64', 'uint8'])

/** Whether a tensor holds whole numbers. */
export const holdsWhole = ({ dtype }: Pick<Symbolic, 'dtype'>): boolean => wholeTypes.has(dtype)

/**
 * The type in which tensors and numbers are put together: whole numbers stay whole among their like, and bytes bytes;
 * beside a fraction or a float32, Keras makes them float32.
 */
export function commonType(values: readonly (Symbolic | number)[]): 'float32' | 'int32' | 'uint8' {
  const tensors = values.filter((value) => typeof value !== 'number')
  const areWhole =
    tensors.every(holdsWhole) && values.every((value) => typeof value !== 'number' || Number.isInteger(value))
  if (!areWhole) return 'float32'
  return tensors.length > 0 && tensors.every(({ dtype }) => dtype === 'uint8') ? 'uint8' : 'int32'
}

/** Tensors in the type they have in common. */
function alike(build: Builder, parts: readonly Symbolic[]): readonly Symbolic[] {
  const dtype = commonType(parts)
  return parts.map((part) => (holdsWhole(part) ? cast(build, part, dtype) : part))
}

/** An op of two arguments that are broadcast, in the type they have in common; what is divided is float32. */
export function binary(build: Builder, op: string, a: Symbolic | number, b: Symbolic | number, name = op): Symbolic {
  const dtype = op === 'RealDiv' ? 'float32' : commonType([a, b])
  const operand = (value: Symbolic | number, suffix: string): Symbolic => {
    if (typeof value === 'number') return build.numbers(`${name}/${suffix}`, value, dtype)
    return holdsWhole(value) ? cast(build, value, dtype) : value
  }
  return build.op(name, op, [operand(a, 'x'), operand(b, 'y')])
}

/** a + b, broadcast. */
export const add = (build: Builder, a: Symbolic | number, b: Symbolic | number, name = 'add'): Symbolic =>
  binary(build, 'AddV2', a, b, name)

/** a − b, broadcast. */
export const subtract = (build: Builder, a: Symbolic | number, b: Symbolic | number, name = 'sub'): Symbolic =>
  binary(build, 'Sub', a, b, name)

/** a · b element by element, broadcast. */
export const multiply = (build: Builder, a: Symbolic | number, b: Symbolic | number, name = 'mul'): Symbolic =>
  binary(build, 'Mul', a, b, name)

/** `t` where `condition` holds, else `e`; both of one shape. */
export function select(build: Builder, condition: Symbolic, t: Symbolic, e: Symbolic): Symbolic {
  const [chosen, other] = alike(build, [t, e])
  return build.op('SelectV2', 'SelectV2', [condition, chosen, other], { T: type(chosen.dtype) })
}

/** `x` in another dtype; itself where it has that one. */
export function cast(build: Builder, x: Symbolic, dtype: DType): Symbolic {
  if (x.dtype === dtype) return x
  return build.op('Cast', 'Cast', [x], { SrcT: type(x.dtype), DstT: type(dtype), Truncate: flag(false) })
}

/** Layers compute in float32, also on images of whole numbers. */
export const asFloat = (build: Builder, x: Symbolic): Symbolic => cast(build, x, 'float32')

/** A bias for each channel, the last dimension. */
export function biasAdd(build: Builder, x: Symbolic, bias: Symbolic): Symbolic {
  return build.op('BiasAdd', 'BiasAdd', [x, bias], { data_format: text('NHWC') })
}

/** `x` where it is positive, else alpha · x. */
export function leakyRelu(build: Builder, x: Symbolic, alpha: number): Symbolic {
  return build.op('LeakyRelu', 'LeakyRelu', [x], { alpha: float(alpha) })
}

/** `x` with its axes in the order `perm`; itself where that changes nothing. */
export function transpose(build: Builder, x: Symbolic, perm: readonly number[], name = 'transpose'): Symbolic {
  if (perm.every((axis, place) => axis === place)) return x
  return build.op(name, 'Transpose', [x, build.numbers(`${name}/perm`, perm)], { Tperm: int32 })
}

/** The order of axes with one moved to another place. */
export function moved(rank: number, from: number, to: number): readonly number[] {
  const axes = Array.from({ length: rank }, (_, axis) => axis)
  axes.splice(to, 0, ...axes.splice(from, 1))
  return axes
}

/** Works on `x` with one axis moved to the end, and moves it back. */
export function withLast(build: Builder, x: Symbolic, axis: number, work: (turned: Symbolic) => Symbolic): Symbolic {
  const rank = rankOf(x)
  const turned = work(transpose(build, x, moved(rank, axis, rank - 1)))
  return transpose(build, turned, moved(rank, rank - 1, axis))
}

/** `x` with a new dimension of size 1 at `axis`. */
export function expandDims(build: Builder, x: Symbolic, axis: number, name = 'ExpandDims'): Symbolic {
  return build.op(name, 'ExpandDims', [x, build.numbers(`${name}/dim`, axis)], { Tdim: int32 })
}

/** `x` without the dimensions `axes`, which have size 1. */
export function squeeze(build: Builder, x: Symbolic, axes: readonly number[]): Symbolic {
  return build.op('Squeeze', 'Squeeze', [x], { squeeze_dims: ints(axes) })
}

/** `x` reduced over `axes`; with `keep` they stay, with size 1. */
export function reduce(
  build: Builder,
  op: 'Mean' | 'Max' | 'Min' | 'Sum' | 'Prod',
  x: Symbolic,
  axes: readonly number[],
  keep: boolean,
  name: string = op,
): Symbolic {
  const indices = build.numbers(`${name}/reduction_indices`, axes)
  return build.op(name, op, [x, indices], { Tidx: int32, keep_dims: flag(keep) })
}

/** Tensors joined along an axis they have, in their common type; a single one is returned as it is. */
export function concat(build: Builder, parts: readonly Symbolic[], axis: number): Symbolic {
  if (parts.length === 1) return parts[0]
  const inputs = [...alike(build, parts), build.numbers('concat/axis', axis)]
  return build.op('concat', 'ConcatV2', inputs, { N: int(parts.length), Tidx: int32 })
}

/** Tensors of one shape put together along a new axis, in their common type. */
export function stack(build: Builder, parts: readonly Symbolic[], axis: number, name = 'stack'): Symbolic {
  return build.op(name, 'Pack', alike(build, parts), { N: int(parts.length), axis: int(axis) })
}

/** As many equal parts along an axis. */
export function split(build: Builder, x: Symbolic, count: number, axis: number, name = 'split'): readonly Symbolic[] {
  if (count === 1) return [x]
  const inputs = [build.numbers(`${name}/split_dim`, axis), x]
  return build.ops(name, 'Split', inputs, { T: type(x.dtype), num_split: int(count) })
}

/** Zeros, or `value`, before and after each dimension. */
export function pad(
  build: Builder,
  x: Symbolic,
  paddings: readonly (readonly [number, number])[],
  value = 0,
): Symbolic {
  if (paddings.every(([before, after]) => before === 0 && after === 0)) return x
  const amounts = build.numbers('Pad/paddings', paddings, 'int32')
  if (value === 0) return build.op('Pad', 'Pad', [x, amounts], { Tpaddings: int32 })
  const constant = build.numbers('Pad/value', value, 'float32')
  return build.op('PadV2', 'PadV2', [x, amounts, constant], { Tpaddings: int32 })
}

/** a · b over the last two dimensions; of matrices, or of batches of them. */
export function matmul(
  build: Builder,
  left: Symbolic,
  right: Symbolic,
  { transposeA = false, transposeB = false, name = 'MatMul' } = {},
): Symbolic {
  const [a, b] = alike(build, [left, right])
  if (a.dtype === 'uint8') throw new NotLowered('It multiplies matrices of bytes.')
  if (rankOf(a) === 2 && rankOf(b) === 2) {
    return build.op(name, 'MatMul', [a, b], { transpose_a: flag(transposeA), transpose_b: flag(transposeB) })
  }
  return build.op(name, 'BatchMatMulV2', [a, b], { adj_x: flag(transposeA), adj_y: flag(transposeB) })
}

/** Repeats each dimension. */
export function tile(build: Builder, x: Symbolic, multiples: readonly number[]): Symbolic {
  return build.op('Tile', 'Tile', [x, build.numbers('Tile/multiples', multiples)], { Tmultiples: int32 })
}

/** Rows of `table` by index. */
export function gather(build: Builder, table: Symbolic, indices: Symbolic, axis: number): Symbolic {
  return build.op('GatherV2', 'GatherV2', [table, indices, build.numbers('GatherV2/axis', axis)], {
    Tparams: type(table.dtype),
    Tindices: type(indices.dtype),
    Taxis: int32,
    batch_dims: int(0),
  })
}

/** Images `[batch, height, width, channels]` scaled as TensorFlow 2 does, by the centres of pixels. */
export function resize(build: Builder, x: Symbolic, method: 'bilinear' | 'nearest', size: Symbolic): Symbolic {
  const op = method === 'bilinear' ? 'ResizeBilinear' : 'ResizeNearestNeighbor'
  return build.op(op, op, [x, size], { align_corners: flag(false), half_pixel_centers: flag(true) })
}

/** What was scaled, in the type it came in: whole numbers are rounded by Keras 3, and stay floats in Keras 2. */
export function roundedBack(build: Builder, scaled: Symbolic, before: Symbolic, kerasVersion: number): Symbolic {
  if (kerasVersion < 3 || !holdsWhole(before)) return scaled
  return cast(build, unary(build, 'Round', scaled), before.dtype)
}

/** Batch norm of images over their last dimension. */
export function fusedBatchNorm(
  build: Builder,
  inputs: readonly [x: Symbolic, scale: Symbolic, offset: Symbolic, mean: Symbolic, variance: Symbolic],
  epsilon: number,
): Symbolic {
  const [output] = build.ops('FusedBatchNormV3', 'FusedBatchNormV3', inputs, {
    U: type('float32'),
    epsilon: float(epsilon),
    exponential_avg_factor: float(1),
    data_format: text('NHWC'),
    is_training: flag(false),
  })
  return output
}
