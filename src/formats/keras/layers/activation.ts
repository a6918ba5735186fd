import { isRecord, own } from '../../json'
import { NotLowered, type Builder, type KerasLayer, type Lower, type Symbolic } from '../types'
import { add, asFloat, binary, leakyRelu, multiply, select, split, subtract, unary, withLast } from './ops'
import { axesField, axisOf, field, inputOf, numberField, rankOf, sizeOf } from './read'

/** Given parameters in the order in which Keras names them. */
type Activation = (build: Builder, x: Symbolic, ...parameters: readonly number[]) => Symbolic

const one =
  (op: string): Activation =>
  (build, x) =>
    unary(build, op, x)

const negative = (build: Builder, x: Symbolic): Symbolic => unary(build, 'Neg', x)

/** min(max(x, low), high) */
export function clip(build: Builder, x: Symbolic, low: number, high: number): Symbolic {
  return binary(build, 'Minimum', binary(build, 'Maximum', x, low), high)
}

/** (x + 3) capped to [0, 6], divided by 6, as Keras 3 has it. */
const hardSigmoid: Activation = (build, x) => multiply(build, unary(build, 'Relu6', add(build, x, 3)), 1 / 6)
/** 0.2 x + 0.5 capped to [0, 1], as Keras 1 and 2 have it. */
const oldHardSigmoid: Activation = (build, x) => clip(build, add(build, multiply(build, x, 0.2), 0.5), 0, 1)

const silu: Activation = (build, x) => multiply(build, x, unary(build, 'Sigmoid', x))

/** x Φ(x), by the error function or its approximation; Hendrycks and Gimpel 2016 (arXiv:1606.08415). */
export function gelu(build: Builder, x: Symbolic, approximate: boolean): Symbolic {
  if (!approximate) {
    const erf = unary(build, 'Erf', multiply(build, x, Math.SQRT1_2))
    return multiply(build, multiply(build, x, 0.5), add(build, erf, 1))
  }
  const cube = multiply(build, multiply(build, multiply(build, x, x), x), 0.044715)
  const inner = multiply(build, add(build, x, cube), Math.sqrt(2 / Math.PI))
  return multiply(build, multiply(build, x, 0.5), add(build, unary(build, 'Tanh', inner), 1))
}

/** x where positive, else α (eˣ − 1). */
const elu: Activation = (build, x, alpha = 1) => {
  if (alpha === 1) return unary(build, 'Elu', x)
  const below = unary(build, 'Elu', binary(build, 'Minimum', x, 0))
  return add(build, unary(build, 'Relu', x), multiply(build, below, alpha))
}

const celu: Activation = (build, x, alpha = 1) => {
  const below = unary(build, 'Elu', multiply(build, binary(build, 'Minimum', x, 0), 1 / alpha))
  return add(build, unary(build, 'Relu', x), multiply(build, below, alpha))
}

const zeros = (build: Builder, x: Symbolic): Symbolic => unary(build, 'ZerosLike', x)

/** x beyond ±`limit`, moved towards 0 by `shift`, and 0 between. */
function shrink(build: Builder, x: Symbolic, limit: number, shift: number): Symbolic {
  const above = binary(build, 'Greater', x, limit)
  const below = binary(build, 'Less', x, -limit)
  const high = shift === 0 ? x : subtract(build, x, shift)
  const low = shift === 0 ? x : add(build, x, shift)
  return select(build, above, high, select(build, below, low, zeros(build, x)))
}

/** 0 up to −1, (x + 1)² / 4 between, x from 1 on. */
const sparsePlus: Activation = (build, x) => {
  const inner = binary(build, 'Maximum', add(build, x, 1), 0)
  const square = multiply(build, unary(build, 'Square', inner), 0.25)
  return select(build, binary(build, 'Less', x, 1), square, x)
}

/** Softmax or its logarithm over any one axis. */
export function softmax(build: Builder, x: Symbolic, axis: number, op: 'Softmax' | 'LogSoftmax' = 'Softmax'): Symbolic {
  return withLast(build, x, axis, (turned) => unary(build, op, turned))
}

/** One half of the channels gated by the other. */
export function glu(build: Builder, x: Symbolic, axis: number): Symbolic {
  if (sizeOf(x, axis) % 2 !== 0) throw new NotLowered('It cannot divide an odd number of channels in two.')
  const [value, gate] = split(build, x, 2, axis)
  return multiply(build, value, unary(build, 'Sigmoid', gate))
}

/** Keras' built-in activations by name. Source: https://keras.io/api/layers/activations/ */
const activations: ReadonlyMap<string, Activation> = new Map<string, Activation>([
  ['linear', (_, x) => x],
  ['relu', (build, x) => unary(build, 'Relu', x)],
  ['relu6', one('Relu6')],
  ['leaky_relu', (build, x, slope = 0.2) => leakyRelu(build, x, slope)],
  ['elu', elu],
  ['celu', celu],
  ['selu', one('Selu')],
  ['softplus', one('Softplus')],
  ['softsign', (build, x) => binary(build, 'RealDiv', x, add(build, unary(build, 'Abs', x), 1))],
  ['sigmoid', one('Sigmoid')],
  ['tanh', one('Tanh')],
  ['exponential', one('Exp')],
  ['softmax', (build, x, axis = -1) => softmax(build, x, axisOf(axis, rankOf(x)))],
  ['log_softmax', (build, x, axis = -1) => softmax(build, x, axisOf(axis, rankOf(x)), 'LogSoftmax')],
  ['hard_sigmoid', hardSigmoid],
  ['hard_silu', (build, x) => multiply(build, x, hardSigmoid(build, x))],
  ['silu', silu],
  ['gelu', (build, x, approximate = 0) => gelu(build, x, approximate !== 0)],
  ['mish', (build, x) => multiply(build, x, unary(build, 'Tanh', unary(build, 'Softplus', x)))],
  ['log_sigmoid', (build, x) => negative(build, unary(build, 'Softplus', negative(build, x)))],
  ['hard_tanh', (build, x) => clip(build, x, -1, 1)],
  ['tanh_shrink', (build, x) => subtract(build, x, unary(build, 'Tanh', x))],
  ['soft_shrink', (build, x, threshold = 0.5) => shrink(build, x, threshold, threshold)],
  ['hard_shrink', (build, x, threshold = 0.5) => shrink(build, x, threshold, 0)],
  ['sparse_plus', sparsePlus],
  ['sparse_sigmoid', (build, x) => clip(build, multiply(build, add(build, x, 1), 0.5), 0, 1)],
  [
    'squareplus',
    (build, x, b = 4) =>
      multiply(build, add(build, x, unary(build, 'Sqrt', add(build, unary(build, 'Square', x), b))), 0.5),
  ],
  ['glu', (build, x, axis = -1) => glu(build, x, axisOf(axis, rankOf(x)))],
])

const otherNames: ReadonlyMap<string, string> = new Map([
  ['swish', 'silu'],
  ['hard_swish', 'hard_silu'],
  ['hardsigmoid', 'hard_sigmoid'],
  ['logsoftmax', 'log_softmax'],
  ['gelu_new', 'gelu'],
])

/** Keras' `ReLU`, `HardSigmoid` and `LeakyReLU` as its activations are called. */
function snakeCase(name: string): string {
  const plain = name.replace(/ReLU/g, 'Relu')
  return plain.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase()
}

/** Whether there is an activation of that name. */
export function isActivation(name: string): boolean {
  const known = snakeCase(name)
  return activations.has(otherNames.get(known) ?? known)
}

/** The activation of a name, with parameters in Keras' order. Throws NotLowered for one that is not known. */
export function activate(
  build: Builder,
  x: Symbolic,
  wanted: string,
  { kerasVersion }: Pick<KerasLayer, 'kerasVersion'>,
  parameters: readonly number[] = [],
): Symbolic {
  const known = snakeCase(wanted)
  const name = otherNames.get(known) ?? known
  if (name === 'hard_sigmoid' && kerasVersion < 3) return oldHardSigmoid(build, x)
  const activation = activations.get(name)
  if (!activation) throw new NotLowered(`Its activation “${wanted.slice(0, 60)}” is not one that Cutpoint knows.`)
  return activation(build, asFloat(build, x), ...parameters)
}

/** The activation that a layer's configuration names, by its name or as an object of its own. */
export function activationOf(layer: KerasLayer, build: Builder, x: Symbolic, key = 'activation'): Symbolic {
  const named = field(layer, key)
  if (named === undefined) return x
  if (typeof named === 'string') return activate(build, x, named, layer)
  if (!isRecord(named)) throw new NotLowered('Its activation is not given by a name.')
  const config = own(named, 'config')
  // A function is written with its name as its configuration.
  if (typeof config === 'string') return activate(build, x, config, layer)
  const className = own(named, 'class_name')
  // One with weights of its own (PReLU) has them among the layer's.
  const lower = typeof className === 'string' && className !== 'PReLU' ? layers.get(className) : undefined
  if (lower && isRecord(config)) return lower({ ...layer, config }, { args: [x], kwargs: {} }, build)[0]
  throw new NotLowered('Its activation is a function of its own, which Cutpoint does not know.')
}

const activation: Lower = (layer, call, build) => [activationOf(layer, build, inputOf(call))]

/** Source: https://keras.io/api/layers/activation_layers/relu/ */
const relu: Lower = (layer, call, build) => [
  cappedRelu(build, asFloat(build, inputOf(call)), {
    slope: numberField(layer, 'negative_slope', numberField(layer, 'alpha', 0)),
    threshold: numberField(layer, 'threshold', numberField(layer, 'theta', 0)),
    most: field(layer, 'max_value') === undefined ? Infinity : numberField(layer, 'max_value', 0),
  }),
]

export interface Relu {
  readonly slope: number
  readonly threshold: number
  readonly most: number
}

/** `most` from there on, x above the threshold, slope · (x − threshold) below. */
export function cappedRelu(build: Builder, x: Symbolic, { slope, threshold, most }: Relu): Symbolic {
  if (threshold === 0 && slope === 0 && most === 6) return unary(build, 'Relu6', x)
  if (threshold === 0) {
    const leaky = slope === 0 ? unary(build, 'Relu', x) : leakyRelu(build, x, slope)
    return most === Infinity ? leaky : binary(build, 'Minimum', leaky, most)
  }
  const isAbove = binary(build, 'Greater', x, threshold)
  const kept = unary(build, 'Relu', select(build, isAbove, x, zeros(build, x)))
  const capped = most === Infinity ? kept : binary(build, 'Minimum', kept, most)
  if (slope === 0) return capped
  const below = unary(build, 'Relu', subtract(build, threshold, x))
  return subtract(build, capped, multiply(build, below, slope))
}

const leaky: Lower = (layer, call, build) => [
  leakyRelu(build, inputOf(call), numberField(layer, 'negative_slope', numberField(layer, 'alpha', 0.3))),
]

const eluLayer: Lower = (layer, call, build) => [elu(build, inputOf(call), numberField(layer, 'alpha', 1))]

/** max(x, 0) − α max(−x, 0), α of the shape of one image with the shared axes being 1. */
const prelu: Lower = (layer, call, build) => {
  const x = inputOf(call)
  const below = unary(build, 'Relu', negative(build, x))
  const alpha = negative(build, build.weight(layer, 'alpha', 0))
  return [add(build, unary(build, 'Relu', x), multiply(build, alpha, below))]
}

const softmaxLayer: Lower = (layer, call, build) => {
  const x = inputOf(call)
  if (call.args.length > 1 || (call.kwargs.mask ?? null) !== null) throw new NotLowered('It is called with a mask.')
  return [axesField(layer, 'axis', rankOf(x), -1)].map((axes) => {
    if (axes.length !== 1) throw new NotLowered('It is a softmax over several dimensions at once.')
    return softmax(build, x, axes[0])
  })
}

const layers = new Map<string, Lower>([
  ['Activation', activation],
  ['ReLU', relu],
  ['ThresholdedReLU', relu],
  ['LeakyReLU', leaky],
  ['PReLU', prelu],
  ['ELU', eluLayer],
  ['Softmax', softmaxLayer],
])

/** Layers that are activations. */
export const activationLayers: ReadonlyMap<string, Lower> = layers
