import { inMessage } from '../../json'
import { isSymbolic, NotLowered, type Lower, type Symbolic } from '../types'
import { activate, cappedRelu, clip, gelu, glu, isActivation, softmax } from './activation'
import { einsum } from './einsum'
import { unit } from './normalisation'
import { asFloat, binary, cast, commonType, leakyRelu, matmul, multiply, reduce, select, subtract, unary } from './ops'
import {
  allAxes,
  firstOperand,
  flagParameter,
  isOfTensorFlow,
  listed,
  numberParameter,
  operand,
  parameter,
  secondOperand,
  subject,
  type Operation,
} from './operands'
import { shapeOperations } from './operations-of-shape'
import { pool } from './pooling'
import { axesOf, axisOf, rankOf } from './read'

type Run = (operation: Operation) => Symbolic | readonly Symbolic[]

const unaryOp =
  (op: string): Run =>
  (operation) =>
    unary(operation.build, op, subject(operation))

/** The same of what is float32 in any case. */
const floatOp =
  (op: string): Run =>
  (operation) =>
    unary(operation.build, op, asFloat(operation.build, subject(operation)))

const binaryOp =
  (op: string): Run =>
  (operation) =>
    binary(operation.build, op, firstOperand(operation), secondOperand(operation))

/** One of Keras' activations with its parameters, all numbers. */
const activation =
  (name: string, ...parameters: readonly (readonly string[])[]): Run =>
  (operation) => {
    const given = parameters.map((names, place) => parameter(operation, names, place + 1))
    const known = given.filter((value) => typeof value === 'number')
    if (known.length < given.filter((value) => value !== undefined).length) {
      throw new NotLowered('One of its parameters is not a number.')
    }
    return activate(operation.build, subject(operation), name, operation.layer, known)
  }

const reduction =
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

/** The bias of the last dimension. */
const biased: Run = (operation) => {
  const format = parameter(operation, ['data_format'], 2)
  if (typeof format === 'string' && /^NC./.test(format)) throw new NotLowered('Its channels stand first.')
  return binary(operation.build, 'AddV2', subject(operation), operand(operation, ['bias'], 1))
}

const power: Run = (operation) => {
  const [base, exponent] = [firstOperand(operation), secondOperand(operation)]
  if (exponent === 2 && typeof base !== 'number') return unary(operation.build, 'Square', base)
  return binary(operation.build, 'Pow', base, exponent)
}

const rounded: Run = (operation) => {
  if (numberParameter(operation, ['decimals'], 1, 0) !== 0) throw new NotLowered('It rounds to decimals.')
  return unary(operation.build, 'Round', subject(operation))
}

const variance =
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

const multiplied: Run = (operation) => {
  const [a, b] = [firstOperand(operation), secondOperand(operation)]
  if (typeof a === 'number' || typeof b === 'number') throw new NotLowered('It multiplies a matrix by a number.')
  if (rankOf(a) < 2 || rankOf(b) < 2) throw new NotLowered('It multiplies a matrix by a vector.')
  return matmul(operation.build, a, b, {
    transposeA: flagParameter(operation, ['transpose_a', 'adjoint_a'], 2),
    transposeB: flagParameter(operation, ['transpose_b', 'adjoint_b'], 3),
  })
}

const summed: Run = (operation) => {
  const equation = parameter(operation, ['subscripts', 'equation'], 0)
  const tensors = operation.call.args.flat().filter(isSymbolic)
  const [a, b] = tensors
  if (typeof equation !== 'string' || tensors.length !== 2) {
    throw new NotLowered('It is a sum of other than products of two tensors.')
  }
  return einsum(operation.build, equation, a, b)
}

const clipped: Run = (operation) => {
  const low = numberParameter(operation, ['x_min', 'clip_value_min', 'min_value'], 1, -Infinity)
  const high = numberParameter(operation, ['x_max', 'clip_value_max', 'max_value'], 2, Infinity)
  return clip(operation.build, subject(operation), low, high)
}

const chosen: Run = (operation) => {
  const { build } = operation
  const condition = operand(operation, ['condition'], 0)
  const [t, e] = [operand(operation, ['x1', 'x'], 1), operand(operation, ['x2', 'y'], 2)]
  if (typeof condition === 'number') throw new NotLowered('It chooses by a constant.')
  const number = (value: Symbolic | number, name: string): Symbolic =>
    typeof value === 'number' ? build.numbers(name, value, commonType([t, e])) : value
  return select(build, condition, number(t, 't'), number(e, 'e'))
}

const softmaxOver =
  (op: 'Softmax' | 'LogSoftmax'): Run =>
  (operation) => {
    const x = subject(operation)
    const axis = parameter(operation, ['axis'], 1) ?? -1
    // TensorFlow means the last dimension by none, Keras 3 all of them.
    if (operation.layer.config.axis === null) throw new NotLowered('It is a softmax over all dimensions at once.')
    return softmax(operation.build, asFloat(operation.build, x), axisOf(axis, rankOf(x)), op)
  }

const relu: Run = (operation) =>
  cappedRelu(operation.build, subject(operation), {
    slope: numberParameter(operation, ['negative_slope', 'alpha'], 1, 0),
    most:
      parameter(operation, ['max_value'], 2) === undefined ? Infinity : numberParameter(operation, ['max_value'], 2, 0),
    threshold: numberParameter(operation, ['threshold'], 3, 0),
  })

const normalized: Run = (operation) => {
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

const castTo: Run = (operation) => {
  const { build } = operation
  const dtype = parameter(operation, ['dtype'], 1)
  const x = subject(operation)
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'uint8' || dtype === 'bool') return cast(build, x, dtype)
  if (dtype === 'float16' || dtype === 'float64' || dtype === 'bfloat16') return cast(build, x, 'float32')
  throw new NotLowered('It casts to a type that Cutpoint does not compute with.')
}

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

const otherNames: ReadonlyMap<string, string> = new Map([
  ...Object.entries({
    absolute: 'abs',
    negative: 'neg',
    neg: 'neg',
    true_divide: 'divide',
    truediv: 'divide',
    div: 'divide',
    sub: 'subtract',
    mul: 'multiply',
    pow: 'power',
    floor_divide: 'floor_div',
    floordiv: 'floor_div',
    reduce_mean: 'mean',
    reduce_max: 'max',
    reduce_min: 'min',
    reduce_sum: 'sum',
    reduce_prod: 'prod',
    reduce_variance: 'var',
    reduce_std: 'std',
    amax: 'max',
    amin: 'min',
    swish: 'silu',
    clip_by_value: 'clip',
    l2_normalize: 'normalize',
    where_v2: 'where',
    concat: 'concatenate',
    pack: 'stack',
    getitem: 'get_item',
    permute_dimensions: 'transpose',
    resize_v2: 'resize',
    pad_v2: 'pad',
    permute: 'transpose',
  }),
])

function snake(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase()
}

/** `compat.v1.nn.relu6`, `math.reduce_mean` and `GetItem` as the table above has them. */
function operationName(name: string): string {
  const last = snake(name.split('.').at(-1) ?? name)
  return otherNames.get(last) ?? last
}

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
