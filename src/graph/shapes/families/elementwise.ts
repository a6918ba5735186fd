import { dtypeAttribute } from '../../lookup/attributes'
import type { DType } from '../../types'
import { computeUnary, computeValue, type Arithmetic } from '../arithmetic'
import { broadcast } from '../broadcast'
import type { Dims } from '../size'
import { agree, tensor, typeOf, vector, type ShapeRule } from '../tensor'

/**
 * The result has the shape of the first input; what further inputs there are stretch to it (a bias, Prelu's alpha). Small
 * values are carried by `operation`.
 */
export const unary =
  (operation?: (size: number) => number): ShapeRule =>
  (node, inputs) => {
    const x = inputs.at(0)
    return [tensor(typeOf(node, 'T', x.dtype), x.shape, computeUnary(operation, x))]
  }

/** Two inputs that are stretched to one shape. Small values are carried by `operation`. */
export const binary =
  (operation?: Arithmetic, dtype?: DType): ShapeRule =>
  (node, inputs) => {
    const [x, y] = [inputs.at(0), inputs.at(1)]
    const known = x.dtype === 'unknown' ? y.dtype : x.dtype
    const value = operation === undefined ? undefined : computeValue(operation, x, y)
    return [tensor(dtype ?? typeOf(node, 'T', known), broadcast(x.shape, y.shape), value)]
  }

/** Whether something holds, for each element. */
export const test: ShapeRule = (_, inputs) => [tensor('bool', inputs.at(0).shape)]

/** The same values in another dtype; what was a fraction is cut off. */
export const cast: ShapeRule = (node, inputs) => {
  const x = inputs.at(0)
  const dtype = dtypeAttribute(node, 'DstT', 'unknown')
  const isWhole = dtype.startsWith('int') || dtype.startsWith('uint')
  const value = x.value?.map((size) => (isWhole && typeof size === 'number' ? Math.trunc(size) : size))
  return [tensor(dtype, x.shape, dtype === 'bool' ? undefined : value)]
}

/** Any number of inputs of one shape. */
export const addN: ShapeRule = (node, inputs) => [
  tensor(typeOf(node, 'T', inputs.at(0).dtype), inputs.all.map((input) => input.shape).reduce(agree, null)),
]

/** The condition of `Select` may be a vector that picks rows; the result has the shape of the values. */
export const select: ShapeRule = (node, inputs) => {
  const [yes, no] = [inputs.at(1), inputs.at(2)]
  return [tensor(typeOf(node, 'T', yes.dtype), agree(yes.shape, no.shape))]
}

/** Condition and values are stretched to one shape. */
export const selectV2: ShapeRule = (node, inputs) => {
  const [condition, yes, no] = [inputs.at(0), inputs.at(1), inputs.at(2)]
  const shape = broadcast(condition.shape, broadcast(yes.shape, no.shape))
  const chosen = condition.value?.length === 1 ? condition.value[0] : null
  const taken = chosen === 1 ? yes : no
  const isWhole = taken.shape?.length === shape?.length
  return [tensor(typeOf(node, 'T', yes.dtype), shape, chosen === null || !isWhole ? undefined : taken.value)]
}

/** A real and an imaginary part, stretched to one shape. */
export const complex: ShapeRule = (node, inputs) => [
  tensor(typeOf(node, 'Tout', 'complex64'), broadcast(inputs.at(0).shape, inputs.at(1).shape)),
]

/** A real number for each complex one. */
export const complexPart: ShapeRule = (node, inputs) => [tensor(typeOf(node, 'Tout', 'float32'), inputs.at(0).shape)]

/** The shape that two shape vectors broadcast to, as a vector. */
export const broadcastArgs: ShapeRule = (node, inputs) => {
  const dtype = typeOf(node, 'T', inputs.at(0).dtype)
  const shape = broadcast(inputs.at(0).value ?? null, inputs.at(1).value ?? null)
  return [shape === null ? tensor(dtype, [longest(inputs.at(0).shape, inputs.at(1).shape)]) : vector(dtype, shape)]
}

function longest(a: Dims | null, b: Dims | null): number | null {
  const [left, right] = [a?.at(0), b?.at(0)]
  return typeof left === 'number' && typeof right === 'number' ? Math.max(left, right) : null
}
