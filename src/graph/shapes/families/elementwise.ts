import { dtypeAttribute } from '../../lookup/attributes'
import type { DType } from '../../types'
import { arithmetic, computeUnary, computeValue, unaryArithmetic } from '../arithmetic'
import { broadcast } from '../broadcast'
import { each } from './each'
import type { Dims } from '../size'
import { agree, tensor, typeOf, vector, type ShapeRule, type Rules } from '../tensor'

/** The result has the shape of the first input; what further inputs there are stretch to it (a bias, Prelu's alpha). */
const unaryOps = [
  ...['Abs', 'Acos', 'Acosh', 'Asin', 'Asinh', 'Atan', 'Atanh', 'Ceil', 'Cos', 'Cosh', 'Digamma', 'Elu', 'Erf', 'Erfc'],
  ...['Exp', 'Expm1', 'Floor', 'Inv', 'Invert', 'LeakyRelu', 'Lgamma', 'Log', 'Log1p', 'LogSoftmax', 'Neg'],
  ...['Reciprocal', 'Relu', 'Relu6', 'Rint', 'Round', 'Rsqrt', 'Selu', 'Sigmoid', 'Sign', 'Sin', 'Sinh', 'Softmax'],
  ...['Softplus', 'Softsign', 'Sqrt', 'Square', 'Tan', 'Tanh', 'Conj', 'LRN', 'ClipByValue', 'LogicalNot'],
  ...['FakeQuantWithMinMaxVars', 'FakeQuantWithMinMaxArgs', 'FakeQuantWithMinMaxVarsPerChannel'],
  ...['QuantizeAndDequantizeV2', 'QuantizeAndDequantizeV3', 'QuantizeAndDequantizeV4', 'BiasAdd', 'BiasAddV1', 'Prelu'],
]
const binaryOps = [
  ...['Add', 'AddV2', 'Sub', 'Mul', 'Div', 'RealDiv', 'DivNoNan', 'MulNoNan', 'FloorDiv', 'TruncateDiv', 'Xdivy'],
  ...['Maximum', 'Minimum', 'Pow', 'SquaredDifference', 'Mod', 'FloorMod', 'TruncateMod', 'Atan2', 'Xlogy', 'Xlog1py'],
  ...['BitwiseAnd', 'BitwiseOr', 'BitwiseXor', 'LeftShift', 'RightShift'],
]
const comparisons = [
  ...['Equal', 'NotEqual', 'Less', 'LessEqual', 'Greater', 'GreaterEqual', 'ApproximateEqual'],
  ...['LogicalAnd', 'LogicalOr'],
]

const unary: ShapeRule = (node, inputs) => {
  const x = inputs.at(0)
  return [tensor(typeOf(node, 'T', x.dtype), x.shape, computeUnary(unaryArithmetic.get(node.op), x))]
}

function binary(dtype?: DType): ShapeRule {
  return (node, inputs) => {
    const [x, y] = [inputs.at(0), inputs.at(1)]
    const known = x.dtype === 'unknown' ? y.dtype : x.dtype
    const operation = arithmetic.get(node.op)
    const value = operation === undefined ? undefined : computeValue(operation, x, y)
    return [tensor(dtype ?? typeOf(node, 'T', known), broadcast(x.shape, y.shape), value)]
  }
}

const test: ShapeRule = (_, inputs) => [tensor('bool', inputs.at(0).shape)]

const cast: ShapeRule = (node, inputs) => {
  const x = inputs.at(0)
  const dtype = dtypeAttribute(node, 'DstT', 'unknown')
  const isWhole = dtype.startsWith('int') || dtype.startsWith('uint')
  const value = x.value?.map((size) => (isWhole && typeof size === 'number' ? Math.trunc(size) : size))
  return [tensor(dtype, x.shape, dtype === 'bool' ? undefined : value)]
}

const addN: ShapeRule = (node, inputs) => [
  tensor(typeOf(node, 'T', inputs.at(0).dtype), inputs.all.map((input) => input.shape).reduce(agree, null)),
]

/** The condition of `Select` may be a vector that picks rows; the result has the shape of the values. */
const select: ShapeRule = (node, inputs) => {
  const [yes, no] = [inputs.at(1), inputs.at(2)]
  return [tensor(typeOf(node, 'T', yes.dtype), agree(yes.shape, no.shape))]
}

const selectV2: ShapeRule = (node, inputs) => {
  const [condition, yes, no] = [inputs.at(0), inputs.at(1), inputs.at(2)]
  const shape = broadcast(condition.shape, broadcast(yes.shape, no.shape))
  const chosen = condition.value?.length === 1 ? condition.value[0] : null
  const taken = chosen === 1 ? yes : no
  const isWhole = taken.shape?.length === shape?.length
  return [tensor(typeOf(node, 'T', yes.dtype), shape, chosen === null || !isWhole ? undefined : taken.value)]
}

const complex: ShapeRule = (node, inputs) => [
  tensor(typeOf(node, 'Tout', 'complex64'), broadcast(inputs.at(0).shape, inputs.at(1).shape)),
]

const complexPart: ShapeRule = (node, inputs) => [tensor(typeOf(node, 'Tout', 'float32'), inputs.at(0).shape)]

/** The shape that two shape vectors broadcast to, as a vector. */
const broadcastArgs: ShapeRule = (node, inputs) => {
  const dtype = typeOf(node, 'T', inputs.at(0).dtype)
  const shape = broadcast(inputs.at(0).value ?? null, inputs.at(1).value ?? null)
  return [shape === null ? tensor(dtype, [longest(inputs.at(0).shape, inputs.at(1).shape)]) : vector(dtype, shape)]
}

function longest(a: Dims | null, b: Dims | null): number | null {
  const [left, right] = [a?.at(0), b?.at(0)]
  return typeof left === 'number' && typeof right === 'number' ? Math.max(left, right) : null
}

/** Operations that work on each element by itself. */
export const elementwiseRules: Rules = {
  ...each(unaryOps, unary),
  ...each(binaryOps, binary()),
  ...each(comparisons, binary('bool')),
  ...each(['IsNan', 'IsFinite', 'IsInf'], test),
  ...each(['Real', 'Imag', 'ComplexAbs', 'Angle'], complexPart),
  Cast: cast,
  AddN: addN,
  Select: select,
  SelectV2: selectV2,
  Complex: complex,
  BroadcastArgs: broadcastArgs,
}
