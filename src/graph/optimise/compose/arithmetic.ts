import { boolAttribute, dtypeAttribute } from '../../lookup/attributes'
import type { Attributes, DType } from '../../types'
import { isFloat, typed, type Compose, type Composition } from './types'

const bool = (value: boolean): Attributes[string] => ({ kind: 'bool', value })

/** x / y cut off towards zero, of whole numbers: sign(x) · sign(y) · ⌊|x| / |y|⌋. */
function cutOff(made: Composition, x: string, y: string): void {
  const sign = made.add('sign', 'Mul', [made.add('sign_x', 'Sign', [x]), made.add('sign_y', 'Sign', [y])])
  const sizes = [made.add('abs_x', 'Abs', [x]), made.add('abs_y', 'Abs', [y])]
  made.finish('Mul', [sign, made.add('floor', 'FloorDiv', sizes)])
}

/** TensorFlow.js divides whole numbers by rounding down. */
export const div: Compose = (made) => {
  if (isFloat(made.type)) return false
  const [x, y] = made.node.inputs
  cutOff(made, x, y)
  return true
}

/** TensorFlow.js gives whole numbers for what is rounded down, also of floats. */
export const floorDiv: Compose = (made) => {
  if (!isFloat(made.type)) return false
  made.finish('Floor', [made.add('quotient', 'RealDiv', made.node.inputs)])
  return true
}

/** What is left by a division that is cut off has the sign of x; TensorFlow.js gives the sign of y. */
export const mod: Compose = (made) => {
  const [x, y] = made.node.inputs
  const rest = made.add('rest', 'FloorMod', [made.add('abs_x', 'Abs', [x]), made.add('abs_y', 'Abs', [y])])
  made.finish('Mul', [made.add('sign', 'Sign', [x]), rest])
  return true
}

/** What is left by a division of floats that is rounded down has the sign of y; TensorFlow.js gives NaN where y is infinite. */
export const floorMod: Compose = (made) => {
  if (!isFloat(made.type)) return false
  const [x, y] = made.node.inputs
  const sizes = [made.add('abs_x', 'Abs', [x]), made.add('abs_y', 'Abs', [y])]
  const cutOff = made.add('cut_off', 'Mul', [made.add('sign', 'Sign', [x]), made.add('rest', 'FloorMod', sizes)])
  const zero = made.float('zero', 0)
  const [restBelow, yBelow] = [made.add('rest_below', 'Less', [cutOff, zero]), made.add('y_below', 'Less', [y, zero])]
  const otherSign = made.add('other_sign', 'NotEqual', [restBelow, yBelow], typed('bool'))
  const moves = made.add('moves', 'LogicalAnd', [made.add('is_left', 'NotEqual', [cutOff, zero]), otherSign], {})
  made.finish('SelectV2', [moves, made.add('moved', 'AddV2', [cutOff, y]), cutOff])
  return true
}

/** The mean of whole numbers is whole, cut off; TensorFlow.js gives a float. */
export const mean: Compose = (made) => {
  if (isFloat(made.type)) return false
  const { inputs, attributes } = made.node
  const sum = made.add('sum', 'Sum', inputs, { ...attributes, ...typed('int32') })
  const size = (part: string, tensor: string): string =>
    made.add(part, 'Size', [tensor], { ...typed(made.type), out_type: { kind: 'dtype', value: 'int32' } })
  const count = made.add('count', 'FloorDiv', [size('all', inputs[0]), size('means', sum)], typed('int32'))
  cutOff(made, sum, count)
  return true
}

/** TensorFlow.js takes no more than two dimensions at once. */
export const euclideanNorm: Compose = (made) => {
  if (!isFloat(made.type)) return false
  const [x, axis] = made.node.inputs
  const sum = made.add('sum', 'Sum', [made.add('square', 'Square', [x]), axis], {
    ...typed(made.type),
    Tidx: { kind: 'dtype', value: 'int32' },
    keep_dims: bool(boolAttribute(made.node, 'keep_dims', false)),
  })
  made.finish('Sqrt', [sum])
  return true
}

/** Whole numbers of few bits, and from where to where they go. */
const smallTypes: Partial<Record<DType, { readonly least: number; readonly count: number }>> = {
  uint8: { least: 0, count: 2 ** 8 },
  int8: { least: -(2 ** 7), count: 2 ** 8 },
  uint16: { least: 0, count: 2 ** 16 },
  int16: { least: -(2 ** 15), count: 2 ** 16 },
}

/** Numbers that small types do not hold start over: 256 as uint8 is 0. TensorFlow.js holds them all in int32. */
export const cast: Compose = (made) => {
  const { node } = made
  const [from, to] = [dtypeAttribute(node, 'SrcT', 'float32'), dtypeAttribute(node, 'DstT', 'float32')]
  const [given, wanted] = [smallTypes[from], smallTypes[to]]
  if (!wanted || from === to || from === 'bool') return false
  const holdsAll = given && given.least >= wanted.least && given.least + given.count <= wanted.least + wanted.count
  if (holdsAll) return false
  if (given) return startOver(made, node.inputs[0], to)
  const whole = made.add('whole', 'Cast', node.inputs, {
    SrcT: { kind: 'dtype', value: from },
    DstT: { kind: 'dtype', value: 'int32' },
  })
  return startOver(made, whole, to)
}

/** The same of what is computed in small types. */
export const small: Compose = (made) => {
  if (!smallTypes[made.type]) return false
  const { op, inputs, attributes } = made.node
  return startOver(made, made.add('whole', op, inputs, { ...attributes, ...typed('int32') }), made.type)
}

/** A square of whole numbers is a product: wasm's kernels of both go by floats, which are not exact above 2²⁴. */
export const square: Compose = (made) => {
  if (isFloat(made.type)) return false
  const [x] = made.node.inputs
  return product(made, x)
}

/** The same of a difference. */
export const squaredDifference: Compose = (made) => {
  if (isFloat(made.type)) return false
  return product(made, made.add('difference', 'Sub', made.node.inputs))
}

function product(made: Composition, x: string): boolean {
  if (smallTypes[made.type]) return startOver(made, made.add('whole', 'Mul', [x, x], typed('int32')), made.type)
  made.finish('Mul', [x, x])
  return true
}

function startOver(made: Composition, whole: string, type: DType): boolean {
  const { least, count } = smallTypes[type] ?? { least: 0, count: 2 ** 8 }
  const int32 = typed('int32')
  const all = made.ints('bytes', count)
  if (least === 0) {
    made.finish('FloorMod', [whole, all], int32)
    return true
  }
  const below = made.ints('half', 0 - least)
  const shifted = made.add('shifted', 'AddV2', [whole, below], int32)
  made.finish('Sub', [made.add('rest', 'FloorMod', [shifted, all], int32), below], int32)
  return true
}
