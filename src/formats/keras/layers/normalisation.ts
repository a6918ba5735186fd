import { NotLowered, type Builder, type KerasLayer, type Lower, type Symbolic } from '../types'
import { add, asFloat, binary, fusedBatchNorm, holdsWhole, multiply, reduce, subtract, unary } from './ops'
import { argument, axesField, flagField, inputOf, numberField, rankOf, shapeOf, sizeOf } from './read'
import { reshape, sizeAt } from './sizes'

/** The shape that lets values of one axis, or of several, be broadcast against `x`. */
function broadcastShape(x: Symbolic, axes: readonly number[]): readonly number[] {
  return shapeOf(x).map((_, axis) => (axes.includes(axis) ? sizeOf(x, axis) : 1))
}

const ones = (count: number): readonly number[] => Array.from({ length: count }, () => 1)

/** Which weights there are, and at which places: scale and centre may be left out. */
function places(layer: KerasLayer): {
  readonly gamma: number | null
  readonly beta: number | null
  readonly rest: number
} {
  const scale = flagField(layer, 'scale', true)
  const center = flagField(layer, 'center', true)
  return { gamma: scale ? 0 : null, beta: center ? Number(scale) : null, rest: Number(scale) + Number(center) }
}

/** Weights `[channels]` each: gamma, beta, moving_mean, moving_variance. */
const batchNormalization: Lower = (layer, call, build) => {
  // One that is frozen normalises by its moving averages even then.
  if (argument(call, 'training', 1) === true && flagField(layer, 'trainable', true)) {
    throw new NotLowered('It is called as in training, where it normalises by the pictures that come together.')
  }
  const x = asFloat(build, inputOf(call))
  const rank = rankOf(x)
  const axes = axesField(layer, 'axis', rank, -1)
  if (axes.length !== 1) throw new NotLowered('It normalises over several axes at once.')
  const [axis] = axes
  const epsilon = numberField(layer, 'epsilon', 1e-3)
  if (rank !== 4 || axis !== 3) return [spelledNorm(layer, build, x, axis, epsilon)]
  const { gamma, beta, rest } = places(layer)
  const channels = [sizeOf(x, axis)]
  const mean = build.weight(layer, 'moving_mean', rest, channels)
  const variance = build.weight(layer, 'moving_variance', rest + 1, channels)
  const scale =
    gamma === null
      ? build.numbers('gamma', ones(channels[0]), 'float32')
      : build.weight(layer, 'gamma', gamma, channels)
  const offset =
    beta === null
      ? build.numbers(
          'beta',
          ones(channels[0]).map(() => 0),
          'float32',
        )
      : build.weight(layer, 'beta', beta, channels)
  return [fusedBatchNorm(build, [x, scale, offset, mean, variance], epsilon)]
}

/** A batch norm of anything but images with channels last, in single operations. */
function spelledNorm(layer: KerasLayer, build: Builder, x: Symbolic, axis: number, epsilon: number): Symbolic {
  const { gamma, beta, rest } = places(layer)
  const shape = axis === rankOf(x) - 1 ? [sizeOf(x, axis)] : broadcastShape(x, [axis])
  const mean = build.weight(layer, 'moving_mean', rest, shape)
  const variance = build.weight(layer, 'moving_variance', rest + 1, shape)
  return normalised(build, x, mean, variance, epsilon, {
    gamma: gamma === null ? null : build.weight(layer, 'gamma', gamma, shape),
    beta: beta === null ? null : build.weight(layer, 'beta', beta, shape),
  })
}

interface Affine {
  readonly gamma: Symbolic | null
  readonly beta: Symbolic | null
}

/** (x − mean) γ / √(variance + ε) + β, in the order in which TensorFlow computes it. */
function normalised(
  build: Builder,
  x: Symbolic,
  mean: Symbolic,
  variance: Symbolic,
  epsilon: number,
  { gamma, beta }: Affine,
): Symbolic {
  const root = unary(build, 'Rsqrt', add(build, variance, epsilon))
  const factor = gamma ? multiply(build, root, gamma) : root
  const scaled = multiply(build, x, factor)
  const shift = multiply(build, mean, factor)
  return beta ? add(build, scaled, subtract(build, beta, shift)) : subtract(build, scaled, shift)
}

/** Mean and variance over `axes`, which stay with size 1. */
function moments(build: Builder, x: Symbolic, axes: readonly number[]): readonly [mean: Symbolic, variance: Symbolic] {
  const mean = reduce(build, 'Mean', x, axes, true, 'moments/mean')
  const difference = binary(build, 'SquaredDifference', x, mean, 'moments/SquaredDifference')
  return [mean, reduce(build, 'Mean', difference, axes, true, 'moments/variance')]
}

function affineOf(layer: KerasLayer, build: Builder, shape: readonly number[]): Affine {
  const { gamma, beta } = places(layer)
  return {
    gamma: gamma === null ? null : build.weight(layer, 'gamma', gamma, shape),
    beta: beta === null ? null : build.weight(layer, 'beta', beta, shape),
  }
}

/** As float32; of whole numbers Keras 3 would make whole numbers again of what is mostly between −1 and 1. */
function normalisable(layer: KerasLayer, build: Builder, x: Symbolic): Symbolic {
  if (layer.kerasVersion >= 3 && holdsWhole(x)) throw new NotLowered('It normalises whole numbers.')
  return asFloat(build, x)
}

/** Over the axes of each example that the layer names; gamma and beta have those axes' shape. */
const layerNormalization: Lower = (layer, call, build) => {
  const x = normalisable(layer, build, inputOf(call))
  const axes = axesField(layer, 'axis', rankOf(x), -1)
  const isLast = axes.length === 1 && axes[0] === rankOf(x) - 1
  const shape = isLast ? [sizeOf(x, axes[0])] : broadcastShape(x, axes)
  const epsilon = numberField(layer, 'epsilon', 1e-3)
  if (flagField(layer, 'rms_scaling', false)) {
    throw new NotLowered('It scales by the root mean square, as no release of Keras does any more.')
  }
  const [mean, variance] = moments(build, x, axes)
  return [normalised(build, x, mean, variance, epsilon, affineOf(layer, build, shape))]
}

/** x γ / √(mean of x² + ε) */
const rmsNormalization: Lower = (layer, call, build) => {
  const x = normalisable(layer, build, inputOf(call))
  const axes = axesField(layer, 'axis', rankOf(x), -1)
  const square = reduce(build, 'Mean', unary(build, 'Square', x), axes, true)
  const root = unary(build, 'Rsqrt', add(build, square, numberField(layer, 'epsilon', 1e-6)))
  // Keras gives the scale no axes of size 1, so that it is of the last ones, whatever the layer names.
  return [multiply(build, multiply(build, x, root), build.weight(layer, 'scale', 0))]
}

/** Over groups of channels and all of space. */
const groupNormalization: Lower = (layer, call, build) => {
  const x = normalisable(layer, build, inputOf(call))
  const rank = rankOf(x)
  const [axis, ...others] = axesField(layer, 'axis', rank, -1)
  if (others.length > 0 || axis === 0) throw new NotLowered('It normalises over several axes at once.')
  const channels = sizeOf(x, axis)
  const wanted = numberField(layer, 'groups', 32)
  const groups = wanted === -1 ? channels : wanted
  if (!Number.isInteger(groups) || groups < 1 || channels % groups !== 0) {
    throw new NotLowered(`Its ${groups} groups do not divide its ${channels} channels.`)
  }
  const before = shapeOf(x).map((_, place) => sizeAt(x, place))
  const space = (from: number, to: number): number =>
    shapeOf(x)
      .slice(from, to)
      .reduce<number>((product, _, place) => product * sizeOf(x, from + place), 1)
  // [batch, space before, groups, channels of a group · space after]: four dimensions suffice.
  const grouped = reshape(build, x, [before[0], space(1, axis), groups, (channels / groups) * space(axis + 1, rank)])
  const [mean, variance] = moments(build, grouped, [1, 3])
  const epsilon = numberField(layer, 'epsilon', 1e-3)
  const normal = normalised(build, grouped, mean, variance, epsilon, { gamma: null, beta: null })
  const restored = reshape(build, normal, before)
  const { gamma, beta } = affineOf(layer, build, axis === rank - 1 ? [channels] : broadcastShape(x, [axis]))
  const scaled = gamma ? multiply(build, restored, gamma) : restored
  return [beta ? add(build, scaled, beta) : scaled]
}

/** Divided by its Euclidean length over the axes. */
const unitNormalization: Lower = (layer, call, build) => {
  const x = asFloat(build, inputOf(call))
  return [unit(build, x, axesField(layer, 'axis', rankOf(x), -1))]
}

/** x / √max(Σx², `least`), as `tf.math.l2_normalize` bounds it. */
export function unit(build: Builder, x: Symbolic, axes: readonly number[], least = 1e-12): Symbolic {
  const square = reduce(build, 'Sum', unary(build, 'Square', x), axes, true)
  return multiply(build, x, unary(build, 'Rsqrt', binary(build, 'Maximum', square, least)))
}

export const normalisationLayers: ReadonlyMap<string, Lower> = new Map([
  ['BatchNormalization', batchNormalization],
  ['SyncBatchNormalization', batchNormalization],
  ['LayerNormalization', layerNormalization],
  ['RMSNormalization', rmsNormalization],
  ['GroupNormalization', groupNormalization],
  ['UnitNormalization', unitNormalization],
])
