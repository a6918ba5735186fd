import { NotLowered, type Builder, type Lower, type Symbolic } from '../types'
import { activationOf } from './activation'
import { einsum } from './einsum'
import { add, asFloat, biasAdd, matmul } from './ops'
import { field, flagField, inputOf, rankOf, shapeOf, sizeOf, sizesField } from './read'
import { reshape, sizeAt } from './sizes'

/** Kernel `[inputs, units]`; of more than two dimensions the last is worked on. */
const dense: Lower = (layer, call, build) => {
  const x = asFloat(build, inputOf(call))
  if (rankOf(x) < 2) throw new NotLowered('It cannot work on a tensor of fewer than two dimensions.')
  const units = sizesField(layer, 'units', 1, 1)[0]
  const kernel = build.weight(layer, 'kernel', 0, [sizeOf(x, -1), units])
  const product = project(build, x, kernel, flagField(layer, 'use_bias', true) ? build.weight(layer, 'bias', 1) : null)
  return [activationOf(layer, build, product)]
}

/** x · kernel + bias over the last dimension: `[…, inputs]` to `[…, outputs]`. */
export function project(build: Builder, x: Symbolic, kernel: Symbolic, bias: Symbolic | null): Symbolic {
  const rank = rankOf(x)
  const flat = rank === 2 ? x : reshape(build, x, [-1, sizeOf(x, -1)], 'flat')
  const product = matmul(build, flat, kernel)
  const shifted = bias ? biasAdd(build, product, bias) : product
  if (rank === 2) return shifted
  const leading = shapeOf(x).slice(0, -1)
  return reshape(build, shifted, [...leading.map((_, axis) => sizeAt(x, axis)), sizeOf(kernel, -1)])
}

/** Kernel and bias have the shapes that their labels in the equation say; the bias is broadcast. */
const einsumDense: Lower = (layer, call, build) => {
  const x = asFloat(build, inputOf(call))
  const equation = field(layer, 'equation')
  if (typeof equation !== 'string') throw new NotLowered('It has no equation.')
  const product = einsum(build, equation, x, build.weight(layer, 'kernel', 0))
  const hasBias = field(layer, 'bias_axes') !== undefined
  return [activationOf(layer, build, hasBias ? add(build, product, build.weight(layer, 'bias', 1)) : product)]
}

export const denseLayers: ReadonlyMap<string, Lower> = new Map([
  ['Dense', dense],
  ['EinsumDense', einsumDense],
])
