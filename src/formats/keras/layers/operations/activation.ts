import { parameter, subject, numberParameter, type Run } from './operands'
import { NotLowered } from '../../types'
import { activate, softmax, cappedRelu } from '../activation'
import { asFloat } from '../ops'
import { axisOf, rankOf } from '../read'

/** One of Keras' activations with its parameters, all numbers. */
export const activation =
  (name: string, ...parameters: readonly (readonly string[])[]): Run =>
  (operation) => {
    const given = parameters.map((names, place) => parameter(operation, names, place + 1))
    const known = given.filter((value) => typeof value === 'number')
    if (known.length < given.filter((value) => value !== undefined).length) {
      throw new NotLowered('One of its parameters is not a number.')
    }
    return activate(operation.build, subject(operation), name, operation.layer, known)
  }

/** Softmax over an axis. */
export const softmaxOver =
  (op: 'Softmax' | 'LogSoftmax'): Run =>
  (operation) => {
    const x = subject(operation)
    const axis = parameter(operation, ['axis'], 1) ?? -1
    // TensorFlow means the last dimension by none, Keras 3 all of them.
    if (operation.layer.config.axis === null) throw new NotLowered('It is a softmax over all dimensions at once.')
    return softmax(operation.build, asFloat(operation.build, x), axisOf(axis, rankOf(x)), op)
  }

/** ReLU with its slope, bound and threshold. */
export const relu: Run = (operation) =>
  cappedRelu(operation.build, subject(operation), {
    slope: numberParameter(operation, ['negative_slope', 'alpha'], 1, 0),
    most:
      parameter(operation, ['max_value'], 2) === undefined ? Infinity : numberParameter(operation, ['max_value'], 2, 0),
    threshold: numberParameter(operation, ['threshold'], 3, 0),
  })
