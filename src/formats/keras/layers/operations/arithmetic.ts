import { unary, asFloat, binary, matmul, commonType, select, cast } from '../ops'
import {
  subject,
  firstOperand,
  secondOperand,
  parameter,
  operand,
  numberParameter,
  flagParameter,
  isOfTensorFlow,
  type Run,
} from './operands'
import { NotLowered, isSymbolic, type Symbolic } from '../../types'
import { rankOf, axesOf } from '../read'
import { einsum } from '../einsum'
import { clip } from '../activation'
import { unit } from '../normalisation'

/** An op of one tensor. */
export const unaryOp =
  (op: string): Run =>
  (operation) =>
    unary(operation.build, op, subject(operation))

/** An op of one tensor, of what is float32 in any case. */
export const floatOp =
  (op: string): Run =>
  (operation) =>
    unary(operation.build, op, asFloat(operation.build, subject(operation)))

/** An op of two operands. */
export const binaryOp =
  (op: string): Run =>
  (operation) =>
    binary(operation.build, op, firstOperand(operation), secondOperand(operation))

/** The bias of the last dimension. */
export const biased: Run = (operation) => {
  const format = parameter(operation, ['data_format'], 2)
  if (typeof format === 'string' && /^NC./.test(format)) throw new NotLowered('Its channels stand first.')
  return binary(operation.build, 'AddV2', subject(operation), operand(operation, ['bias'], 1))
}

/** One operand to the power of the other. */
export const power: Run = (operation) => {
  const [base, exponent] = [firstOperand(operation), secondOperand(operation)]
  if (exponent === 2 && typeof base !== 'number') return unary(operation.build, 'Square', base)
  return binary(operation.build, 'Pow', base, exponent)
}

/** Rounded to whole numbers. */
export const rounded: Run = (operation) => {
  if (numberParameter(operation, ['decimals'], 1, 0) !== 0) throw new NotLowered('It rounds to decimals.')
  return unary(operation.build, 'Round', subject(operation))
}

/** A product of matrices. */
export const multiplied: Run = (operation) => {
  const [a, b] = [firstOperand(operation), secondOperand(operation)]
  if (typeof a === 'number' || typeof b === 'number') throw new NotLowered('It multiplies a matrix by a number.')
  if (rankOf(a) < 2 || rankOf(b) < 2) throw new NotLowered('It multiplies a matrix by a vector.')
  return matmul(operation.build, a, b, {
    transposeA: flagParameter(operation, ['transpose_a', 'adjoint_a'], 2),
    transposeB: flagParameter(operation, ['transpose_b', 'adjoint_b'], 3),
  })
}

/** A sum of products as an equation says it. */
export const summed: Run = (operation) => {
  const equation = parameter(operation, ['subscripts', 'equation'], 0)
  const tensors = operation.call.args.flat().filter(isSymbolic)
  const [a, b] = tensors
  if (typeof equation !== 'string' || tensors.length !== 2) {
    throw new NotLowered('It is a sum of other than products of two tensors.')
  }
  return einsum(operation.build, equation, a, b)
}

/** Clipped to a range. */
export const clipped: Run = (operation) => {
  const low = numberParameter(operation, ['x_min', 'clip_value_min', 'min_value'], 1, -Infinity)
  const high = numberParameter(operation, ['x_max', 'clip_value_max', 'max_value'], 2, Infinity)
  return clip(operation.build, subject(operation), low, high)
}

/** One of two tensors, element by element. */
export const chosen: Run = (operation) => {
  const { build } = operation
  const condition = operand(operation, ['condition'], 0)
  const [t, e] = [operand(operation, ['x1', 'x'], 1), operand(operation, ['x2', 'y'], 2)]
  if (typeof condition === 'number') throw new NotLowered('It chooses by a constant.')
  const number = (value: Symbolic | number, name: string): Symbolic =>
    typeof value === 'number' ? build.numbers(name, value, commonType([t, e])) : value
  return select(build, condition, number(t, 't'), number(e, 'e'))
}

/** Divided by its length along axes. */
export const normalized: Run = (operation) => {
  const x = asFloat(operation.build, subject(operation))
  if (!isOfTensorFlow(operation) && numberParameter(operation, ['order'], 2, 2) !== 2)
    throw new NotLowered('It divides by other than the length.')
  const axes = axesOf(parameter(operation, ['axis', 'dim'], 1) ?? -1, rankOf(x))
  // TensorFlow bounds the sum of squares, Keras 3 the length.
  if (isOfTensorFlow(operation)) {
    return unit(operation.build, x, axes, numberParameter(operation, ['epsilon'], 2, 1e-12))
  }
  return unit(operation.build, x, axes, numberParameter(operation, ['epsilon'], 3, 1e-7) ** 2)
}

/** In another type. */
export const castTo: Run = (operation) => {
  const { build } = operation
  const dtype = parameter(operation, ['dtype'], 1)
  const x = subject(operation)
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'uint8' || dtype === 'bool') return cast(build, x, dtype)
  if (dtype === 'float16' || dtype === 'float64' || dtype === 'bfloat16') return cast(build, x, 'float32')
  throw new NotLowered('It casts to a type that Cutpoint does not compute with.')
}
