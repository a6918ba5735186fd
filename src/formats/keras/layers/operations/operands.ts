import { isArray, isRecord, own } from '../../../json'
import { isSymbolic, NotLowered, type Builder, type Call, type KerasLayer, type Symbolic } from '../../types'
import { field, rankOf } from '../read'

/** One call of an operation of Keras 3 or of a TensorFlow function inside a model of Keras 2. */
export interface Operation {
  readonly layer: KerasLayer
  readonly call: Call
  readonly build: Builder
}

/** What an operation becomes: a tensor, or several. */
export type Run = (operation: Operation) => Symbolic | readonly Symbolic[]

/** Whether it is a TensorFlow function inside a model of Keras 2. */
export const isOfTensorFlow = ({ layer }: Pick<Operation, 'layer'>): boolean => layer.className.endsWith('OpLambda')

/**
 * A parameter by any of its names, else by its place in the call; undefined where it is missing or null. Operations of
 * Keras 3 have some in their configuration; a TFOpLambda's configuration is not of the function.
 */
export function parameter({ layer, call }: Operation, names: readonly string[], place: number): unknown {
  for (const name of names) {
    const value = call.kwargs[name] ?? (isOfTensorFlow({ layer }) ? undefined : field(layer, name))
    if (value !== undefined && value !== null) return value
  }
  return call.args.at(place) ?? undefined
}

/** The tensors of an operation that takes a list of them. */
export function listed(operation: Operation): readonly Symbolic[] {
  const found = parameter(operation, ['xs', 'values', 'inputs', 'arrays', 'operands'], 0)
  const list = isArray(found) ? found : []
  if (list.length > 0 && list.every(isSymbolic)) return list
  throw new NotLowered('It is not called with a list of tensors.')
}

const firstNames = [
  'x',
  'x1',
  'a',
  'input',
  'input_tensor',
  'inputs',
  'tensor',
  'features',
  'logits',
  'images',
  'value',
]

/** The tensor an operation works on; a number if it is the first of two operands. */
export function firstOperand(operation: Operation): Symbolic | number {
  return operand(operation, firstNames, 0)
}

/** The other operand of an operation that takes two. Throws NotLowered where it is missing. */
export function secondOperand(operation: Operation): Symbolic | number {
  return operand(operation, ['y', 'x2', 'b'], 1)
}

/** The tensor an operation works on. */
export function subject(operation: Operation): Symbolic {
  const found = firstOperand(operation)
  if (typeof found !== 'number') return found
  throw new NotLowered('It is not called with a tensor.')
}

/** A tensor or number by name or place; an array of numbers as a constant. Throws NotLowered for anything else. */
export function operand(operation: Operation, names: readonly string[], place: number): Symbolic | number {
  const found = parameter(operation, names, place)
  if (isSymbolic(found) || (typeof found === 'number' && Number.isFinite(found))) return found
  return constant(operation.build, found)
}

/** A constant array, as a list or as Keras 3 writes one, that can be broadcast along the last dimension. */
function constant(build: Builder, value: unknown): Symbolic {
  const config = isRecord(value) ? own(value, 'config') : undefined
  let list = isRecord(config) ? own(config, 'value') : value
  while (isArray(list) && list.length === 1 && isArray(list[0])) list = list[0]
  if (typeof list === 'number') list = [list]
  if (isArray(list) && list.length > 0 && list.every((entry) => typeof entry === 'number')) {
    return build.numbers('constant', list, 'float32')
  }
  throw new NotLowered('One of its arguments is neither a tensor nor a list of numbers.')
}

/** A parameter that is a number. */
export function numberParameter(operation: Operation, names: readonly string[], place: number, other: number): number {
  const value = parameter(operation, names, place) ?? other
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new NotLowered(`Its “${names[0]}” is not a number.`)
}

/** Whether a parameter is true; one that is missing is false. */
export function flagParameter(operation: Operation, names: readonly string[], place: number): boolean {
  return parameter(operation, names, place) === true
}

/** All axes of a tensor. */
export function allAxes(x: Symbolic): readonly number[] {
  return Array.from({ length: rankOf(x) }, (_, axis) => axis)
}
