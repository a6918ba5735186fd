import { inMessage } from '../../../json'
import { NotLowered, type Lower } from '../../types'
import { gelu, glu, isActivation } from '../activation'
import { binary, leakyRelu, multiply, subtract, unary } from '../ops'
import {
  firstOperand,
  isOfTensorFlow,
  listed,
  numberParameter,
  parameter,
  secondOperand,
  subject,
  type Run,
} from './operands'
import { shapeOperations } from './shape'
import { pool } from '../pooling'
import { axisOf, rankOf } from '../read'
import { activation, softmaxOver, relu } from './activation'
import { reduction, variance } from './reduction'
import { snake, operationName } from './names'
import {
  unaryOp,
  floatOp,
  binaryOp,
  biased,
  power,
  rounded,
  multiplied,
  summed,
  clipped,
  chosen,
  normalized,
  castTo,
} from './arithmetic'

const poolOf =
  (op: 'MaxPool' | 'AvgPool'): Run =>
  ({ layer, call, build }) => {
    if (isOfTensorFlow({ layer })) throw new NotLowered('It is pooling outside of a layer.')
    return pool(op)(layer, call, build)
  }

/** Operations by the name that Keras 3 gives their function; TensorFlow's other names follow. */
const operations: ReadonlyMap<string, Run> = new Map<string, Run>([
  ...'Abs Neg OnesLike Sign Square ZerosLike LogicalNot'.split(' ').map((op) => [snake(op), unaryOp(op)] as const),
  ...'Ceil Cos Cosh Erf Exp Expm1 Floor Log Log1p Reciprocal Rsqrt Sin Sinh Sqrt Tan'
    .split(' ')
    .map((op) => [snake(op), floatOp(op)] as const),
  ...'Maximum Minimum Greater GreaterEqual Less LessEqual Equal NotEqual LogicalAnd LogicalOr FloorDiv SquaredDifference'
    .split(' ')
    .map((op) => [snake(op), binaryOp(op)] as const),
  ['round', rounded],
  ['identity', unaryOp('Identity')],
  ['stop_gradient', unaryOp('Identity')],
  ['add', binaryOp('AddV2')],
  ['bias_add', biased],
  ['subtract', binaryOp('Sub')],
  ['multiply', binaryOp('Mul')],
  ['divide', binaryOp('RealDiv')],
  ['power', power],
  ['add_n', (operation) => listed(operation).reduce((sum, x) => binary(operation.build, 'AddV2', sum, x))],
  ['mean', reduction('Mean')],
  ['max', reduction('Max')],
  ['min', reduction('Min')],
  ['sum', reduction('Sum')],
  ['prod', reduction('Prod')],
  ['var', variance(false)],
  ['std', variance(true)],
  ['matmul', multiplied],
  ['einsum', summed],
  ['clip', clipped],
  ['where', chosen],
  ['softmax', softmaxOver('Softmax')],
  ['log_softmax', softmaxOver('LogSoftmax')],
  ['relu', relu],
  [
    'leaky_relu',
    (operation) => {
      const slope = numberParameter(operation, ['negative_slope', 'alpha'], 1, 0.2)
      return leakyRelu(operation.build, subject(operation), slope)
    },
  ],
  [
    'gelu',
    (operation) => {
      const byDefault = !isOfTensorFlow(operation)
      const approximate = parameter(operation, ['approximate'], 1) ?? byDefault
      return gelu(operation.build, subject(operation), approximate !== false)
    },
  ],
  [
    'glu',
    (operation) => {
      const x = subject(operation)
      return glu(operation.build, x, axisOf(parameter(operation, ['axis'], 1) ?? -1, rankOf(x)))
    },
  ],
  ['elu', activation('elu', ['alpha'])],
  ['celu', activation('celu', ['alpha'])],
  ['squareplus', activation('squareplus', ['b'])],
  ['soft_shrink', activation('soft_shrink', ['threshold'])],
  ['hard_shrink', activation('hard_shrink', ['threshold'])],
  [
    'silu',
    (operation) => {
      const beta = numberParameter(operation, ['beta'], 1, 1)
      const x = subject(operation)
      return multiply(
        operation.build,
        x,
        unary(operation.build, 'Sigmoid', beta === 1 ? x : multiply(operation.build, x, beta)),
      )
    },
  ],
  ['rsub', (operation) => subtract(operation.build, secondOperand(operation), firstOperand(operation))],
  ['normalize', normalized],
  ['cast', castTo],
  ['average_pool', poolOf('AvgPool')],
  ['max_pool', poolOf('MaxPool')],
  ...shapeOperations,
])

function find(wanted: string): Run | undefined {
  const name = operationName(wanted)
  return operations.get(name) ?? (isActivation(name) ? activation(name) : undefined)
}

/** A TensorFlow function inside a model of Keras 2, by the name in its configuration. */
const functionLambda: Lower = (layer, call, build) => {
  const name = layer.config.function
  const run = typeof name === 'string' ? find(name) : undefined
  if (!run) throw new NotLowered(`It is the function “${inMessage(name)}”, which Cutpoint does not know.`)
  return [run({ layer, call, build })].flat()
}

/** Classes of Keras 3's operations; what is not among them stays opaque. */
const classes =
  'Abs Absolute Add AveragePool Cast Ceil Celu Clip Concatenate Cos Cosh Divide Einsum Elu Equal Erf Exp ExpandDims Expm1 Flip Floor FloorDivide Gelu GetItem Glu Greater GreaterEqual HardShrink HardSigmoid HardSilu HardSwish HardTanh Identity LeakyRelu Less LessEqual Log Log1p LogSigmoid LogSoftmax LogicalAnd LogicalNot LogicalOr Matmul Max MaxPool Maximum Mean Min Minimum Mish Moveaxis Multiply Negative Normalize NotEqual OnesLike Pad Power Prod Ravel Reciprocal Relu Relu6 Repeat Reshape Resize Round Rsqrt Selu Sigmoid Sign Silu Sin Sinh SoftShrink Softmax Softplus Softsign SparsePlus SparseSigmoid Split Sqrt Square Squareplus Squeeze Stack Std StopGradient Subtract Sum Swapaxes Tan Tanh TanhShrink Tile Transpose TrueDivide Unstack Var Where ZerosLike'.split(
    ' ',
  )

const operationClass =
  (name: string): Lower =>
  (layer, call, build) => {
    const run = find(name)
    if (!run) throw new NotLowered(`It is the operation “${name}”, which Cutpoint does not know.`)
    return [run({ layer, call, build })].flat()
  }

/** Operations of Keras 3, as `ops.GetItem`, and TensorFlow functions inside models of Keras 2. */
export const operationLayers: ReadonlyMap<string, Lower> = new Map([
  ...classes.map((name) => [`ops.${name}`, operationClass(name)] as const),
  ['TFOpLambda', functionLambda],
  ['SlicingOpLambda', functionLambda],
])
