import { isArray } from '../../json'
import { NotLowered, type Builder, type Lower, type Symbolic } from '../types'
import { add, asFloat, binary, concat, expandDims, multiply, squeeze, subtract } from './ops'
import { einsum } from './einsum'
import { unit } from './normalisation'
import { axisOf, choiceField, field, flagField, inputsOf, numberField, rankOf } from './read'

type Merge = (build: Builder, inputs: readonly Symbolic[]) => Symbolic

/** One after the other. */
const folded =
  (op: string, name: string): Merge =>
  (build, inputs) =>
    inputs.reduce((before, input) => binary(build, op, before, input, name))

const sum = folded('AddV2', 'add')

/** Of bytes, Keras adds up bytes. */
const average: Merge = (build, inputs) => multiply(build, asFloat(build, sum(build, inputs)), 1 / inputs.length)

const difference: Merge = (build, inputs) => {
  if (inputs.length !== 2) throw new NotLowered('It subtracts other than two tensors.')
  return subtract(build, inputs[0], inputs[1])
}

/** Inputs of fewer dimensions get new ones after the batch, as Keras does it. */
function merging(merge: Merge): Lower {
  return (_, call, build) => {
    const inputs = inputsOf(call)
    const rank = Math.max(...inputs.map(rankOf))
    const raised = inputs.map((input) => {
      let x = input
      while (rankOf(x) < rank) x = expandDims(build, x, 1)
      return x
    })
    return [merge(build, raised)]
  }
}

const concatenate: Lower = (layer, call, build) => {
  const inputs = inputsOf(call)
  return [concat(build, inputs, axisOf(field(layer, 'axis') ?? -1, rankOf(inputs[0])))]
}

/** Sums over one axis of each of two tensors, example by example. */
const dot: Lower = (layer, call, build) => {
  const inputs = inputsOf(call)
  if (inputs.length !== 2) throw new NotLowered('It multiplies other than two tensors.')
  const given = field(layer, 'axes') ?? -1
  const [a, b] = inputs.map((x, place) => axisOf(isArray(given) ? given[place] : given, rankOf(x)))
  if (a === 0 || b === 0) throw new NotLowered('It sums over the batch.')
  const [x, y] = flagField(layer, 'normalize', false)
    ? [unit(build, inputs[0], [a]), unit(build, inputs[1], [b])]
    : inputs
  return [batchDot(build, x, y, a, b)]
}

function batchDot(build: Builder, x: Symbolic, y: Symbolic, a: number, b: number): Symbolic {
  const letters = (count: number, from: string): string[] =>
    Array.from({ length: count }, (_, i) => String.fromCharCode(from.charCodeAt(0) + i))
  const first = ['z', ...letters(rankOf(x) - 1, 'a')].with(a, 'y')
  const second = ['z', ...letters(rankOf(y) - 1, 'k')].with(b, 'y')
  const rest = [...first, ...second].filter((label) => label !== 'z' && label !== 'y')
  if (rest.length === 0) {
    // One number an example: [batch, 1, n] · [batch, n, 1].
    const product = einsum(build, 'zay,zyb->zab', expandDims(build, x, 1), expandDims(build, y, 2))
    return squeeze(build, product, [2])
  }
  // A matrix product needs rows and columns; a vector gets one of them.
  const isVectorX = rankOf(x) === 2
  const isVectorY = rankOf(y) === 2
  const left = isVectorX ? expandDims(build, x, 1) : x
  const right = isVectorY ? expandDims(build, y, 2) : y
  const labelsX = isVectorX ? ['z', 'u', 'y'] : first
  const labelsY = isVectorY ? ['z', 'y', 'v'] : second
  const output = ['z', ...(isVectorX ? ['u'] : []), ...rest, ...(isVectorY ? ['v'] : [])]
  const product = einsum(build, `${labelsX.join('')},${labelsY.join('')}->${output.join('')}`, left, right)
  if (isVectorX) return squeeze(build, product, [1])
  return isVectorY ? squeeze(build, product, [output.length - 1]) : product
}

const modes = ['sum', 'mul', 'concat', 'ave', 'max'] as const
const mergeOfMode = {
  sum: merging(sum),
  mul: merging(folded('Mul', 'mul')),
  ave: merging(average),
  max: merging(folded('Maximum', 'Maximum')),
}

/** Keras 1's one layer for all merging. */
const merge: Lower = (layer, call, build) => {
  const mode = choiceField(layer, 'mode', modes, 'sum')
  if (mode !== 'concat') return mergeOfMode[mode](layer, call, build)
  const inputs = inputsOf(call)
  return [concat(build, inputs, axisOf(field(layer, 'concat_axis') ?? -1, rankOf(inputs[0])))]
}

/** x + scale · branch, of InceptionResNetV2. */
export function scaledSum(build: Builder, inputs: readonly Symbolic[], scale: number): Symbolic {
  if (inputs.length !== 2) throw new NotLowered('It scales one of other than two tensors.')
  const [x, branch] = inputs
  return add(build, x, multiply(build, branch, scale))
}

const customScale: Lower = (layer, call, build) => [scaledSum(build, inputsOf(call), numberField(layer, 'scale', 1))]

export const mergeLayers: ReadonlyMap<string, Lower> = new Map([
  ['Add', merging(sum)],
  ['Subtract', merging(difference)],
  ['Multiply', merging(folded('Mul', 'mul'))],
  ['Average', merging(average)],
  ['Maximum', merging(folded('Maximum', 'Maximum'))],
  ['Minimum', merging(folded('Minimum', 'Minimum'))],
  ['Concatenate', concatenate],
  ['Dot', dot],
  ['Merge', merge],
  ['CustomScaleLayer', customScale],
])
