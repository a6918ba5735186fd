import { subject, parameter, allAxes, flagParameter, isOfTensorFlow, type Operation, type Run } from './operands'
import { NotLowered, type Symbolic } from '../../types'
import { axesOf, rankOf } from '../read'
import { reduce, cast, asFloat, binary, unary } from '../ops'

/** A mean, maximum, minimum, sum or product over axes. */
export const reduction =
  (op: 'Mean' | 'Max' | 'Min' | 'Sum' | 'Prod'): Run =>
  (operation) => {
    const x = subject(operation)
    if (parameter(operation, ['initial'], 99) !== undefined) throw new NotLowered('It begins with a value of its own.')
    const axis = parameter(operation, ['axis', 'axes'], 1)
    const axes = axis === undefined ? allAxes(x) : axesOf(axis, rankOf(x))
    const keep = flagParameter(operation, ['keepdims', 'keep_dims'], 2)
    const result = reduce(operation.build, op, summable(operation, op, x), axes, keep)
    // TensorFlow's mean of whole numbers is a whole number, Keras' is not.
    const isTruncated = op === 'Mean' && isOfTensorFlow(operation) && x.dtype !== 'float32'
    return isTruncated ? cast(operation.build, result, 'int32') : result
  }

/** What Keras takes the mean of is float32, and sums of bytes are wider than bytes; TensorFlow's are bytes again. */
function summable(operation: Operation, op: string, x: Symbolic): Symbolic {
  if (op === 'Mean') return asFloat(operation.build, x)
  const grows = (op === 'Sum' || op === 'Prod') && x.dtype === 'uint8' && !isOfTensorFlow(operation)
  return grows ? cast(operation.build, x, 'int32') : x
}

/** The variance over axes, or its root. */
export const variance =
  (isRoot: boolean): Run =>
  (operation) => {
    const { build } = operation
    const x = asFloat(build, subject(operation))
    const axis = parameter(operation, ['axis'], 1)
    const axes = axis === undefined ? allAxes(x) : axesOf(axis, rankOf(x))
    const keep = flagParameter(operation, ['keepdims'], 2)
    const difference = binary(build, 'SquaredDifference', x, reduce(build, 'Mean', x, axes, true))
    const spread = reduce(build, 'Mean', difference, axes, keep)
    return isRoot ? unary(build, 'Sqrt', spread) : spread
  }
