import { dtypeAttribute, intAttribute, shapeAttribute } from '../../lookup/attributes'
import { countElements, type Dims } from '../size'
import { numberIn, scalar, shapeIn, tensor, typeOf, vector, type ShapeRule, type Tensor } from '../tensor'

/** The sizes of the input, as a vector. */
export const shapeOf: ShapeRule = (node, inputs) => [
  shapeVector(inputs.at(0), dtypeAttribute(node, 'out_type', 'int32')),
]

/** The sizes of each input. */
export const shapeN: ShapeRule = (node, inputs) =>
  inputs.all.map((input) => shapeVector(input, dtypeAttribute(node, 'out_type', 'int32')))

function shapeVector(x: Tensor, dtype: Tensor['dtype']): Tensor {
  return x.shape === null ? tensor(dtype, [null]) : vector(dtype, x.shape)
}

/** How many elements the input has. */
export const size: ShapeRule = (node, inputs) => [
  scalar(dtypeAttribute(node, 'out_type', 'int32'), countElements(inputs.at(0).shape)),
]

/** How many dimensions the input has. */
export const rank: ShapeRule = (_, inputs) => [scalar('int32', inputs.at(0).shape?.length ?? null)]

/** A shape that is given, filled with one value. */
export const fill: ShapeRule = (node, inputs) => {
  const shape = shapeIn(inputs.at(0))
  const content = inputs.at(1)
  const value = content.value?.length === 1 ? sameValue(shape, content.value[0]) : undefined
  return [tensor(typeOf(node, 'T', content.dtype), shape, value)]
}

function sameValue(shape: Dims | null, value: Dims[number]): Dims | undefined {
  const count = countElements(shape)
  return typeof count === 'number' && count <= 256 ? Array.from({ length: count }, () => value) : undefined
}

/** The shape of the input, filled with one value. */
export function like(value: number): ShapeRule {
  return (node, inputs) => {
    const x = inputs.at(0)
    return [tensor(typeOf(node, 'T', x.dtype), x.shape, sameValue(x.shape, value))]
  }
}

/** tfjs's own `Ones` and `Zeros`: the shape is an attribute, or an input. */
export function constantOf(value: number): ShapeRule {
  return (node, inputs) => {
    const shape = shapeAttribute(node, 'shape', null) ?? shapeIn(inputs.at(0))
    const dtype = dtypeAttribute(node, 'T', dtypeAttribute(node, 'dtype', 'float32'))
    return [tensor(dtype, shape, sameValue(shape, value))]
  }
}

/** `start, limit, step` to the whole numbers (or floats) from start on, before limit. */
export const range: ShapeRule = (node, inputs) => {
  const dtype = typeOf(node, 'Tidx', inputs.at(0).dtype)
  const [start, limit, step] = [0, 1, 2].map((position) => numberIn(inputs.at(position)))
  if (start === null || limit === null || step === null || step === 0) {
    const isCount = start === 0 && step === 1 && inputs.at(1).value?.length === 1
    return [tensor(dtype, [isCount ? (inputs.at(1).value?.[0] ?? null) : null])]
  }
  const count = Math.max(0, Math.ceil((limit - start) / step))
  const value = count <= 256 ? Array.from({ length: count }, (_, i) => start + i * step) : undefined
  return [tensor(dtype, [count], value)]
}

/** As many values as are asked for. */
export const linSpace: ShapeRule = (node, inputs) => [
  tensor(typeOf(node, 'T', inputs.at(0).dtype), [numberIn(inputs.at(2))]),
]

/** The new dimension of size `depth` goes in at `axis`, by default last. */
export const oneHot: ShapeRule = (node, inputs) => {
  const { shape } = inputs.at(0)
  const dtype = typeOf(node, 'T', inputs.at(2).dtype)
  if (shape === null) return [tensor(dtype, null)]
  const axis = intAttribute(node, 'axis', -1)
  return [tensor(dtype, shape.toSpliced(axis < 0 ? shape.length : axis, 0, inputs.at(1).value?.[0] ?? null))]
}

/** A shape that is given, of random numbers. */
export const random: ShapeRule = (node, inputs) => [
  tensor(dtypeAttribute(node, 'dtype', 'float32'), shapeIn(inputs.at(0))),
]

/** The same of whole numbers between two bounds. */
export const randomInt: ShapeRule = (node, inputs) => [
  tensor(typeOf(node, 'Tout', inputs.at(1).dtype), shapeIn(inputs.at(0))),
]

/** Draws from `[batch, classes]` logits: `[batch, samples]`. */
export const multinomial: ShapeRule = (node, inputs) => [
  tensor(dtypeAttribute(node, 'output_dtype', 'int64'), [inputs.at(0).shape?.at(0) ?? null, numberIn(inputs.at(1))]),
]
