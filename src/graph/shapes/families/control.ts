import { dtypeAttribute, dtypesAttribute, shapeAttribute, shapesAttribute } from '../../lookup/attributes'
import type { DType, GraphNode } from '../../types'
import { either, scalar, shapeIn, tensor, typeOf, type ShapeRule } from '../tensor'

/** One value in, the same out, with all that is known of it. */
export const forward: ShapeRule = (node, inputs) => {
  const x = inputs.at(0)
  return [{ ...x, dtype: typeOf(node, 'T', x.dtype) }]
}

/** All that goes in comes out, each at its place. */
export const forwardAll: ShapeRule = (_, inputs) => inputs.all

/** May be fed another value, but of this shape. */
export const withDefault: ShapeRule = (node, inputs) => {
  const x = inputs.at(0)
  return [tensor(typeOf(node, 'dtype', x.dtype), shapeAttribute(node, 'shape', null) ?? x.shape)]
}

/** The value leaves by one of two outputs. */
export const switchRule: ShapeRule = (node, inputs, outputs) => {
  const [output] = forward(node, inputs, outputs)
  return [output, output]
}

/** Whichever input is there first, and its position. In a loop one input comes round later and is not known here. */
export const merge: ShapeRule = (node, inputs) => {
  const shape = inputs.all.map((input) => input.shape).reduce(either, inputs.at(0).shape)
  return [tensor(typeOf(node, 'T', inputs.at(0).dtype), shape), scalar('int32')]
}

/** Calls of functions: their bodies are not looked into, so only what the attributes say is known. */
export function call(types: string): ShapeRule {
  return (node) => {
    const dtypes = dtypesAttribute(node, types, [])
    const shapes = shapesAttribute(node, 'output_shapes', [])
    return dtypes.map((dtype, output) => tensor(dtype, shapes.at(output) ?? null))
  }
}

/** A loop gives back what it was given, in dtype; sizes may change on the way. */
export const loop = call('T')

/** A handle that knows what its variable holds. */
export const variable: ShapeRule = (node) => {
  const holds = { dtype: dtypeAttribute(node, 'dtype', 'unknown'), shape: shapeAttribute(node, 'shape', null) }
  return [{ dtype: 'resource', shape: [], holds }]
}

/** What the variable behind a handle holds. */
export const readVariable: ShapeRule = (node, inputs) => {
  const { holds } = inputs.at(0)
  return [tensor(typeOf(node, 'dtype', holds?.dtype ?? 'unknown'), holds?.shape ?? null)]
}

/** A variable of TensorFlow 1, read by taking its output. */
export const referenceVariable: ShapeRule = (node) => [
  tensor(dtypeAttribute(node, 'dtype', 'unknown'), shapeAttribute(node, 'shape', null)),
]

/** Rows of what a variable holds. */
export const gatherVariable: ShapeRule = (node, inputs) => {
  const { holds } = inputs.at(0)
  const indices = inputs.at(1).shape
  const shape = holds?.shape && indices ? [...indices, ...holds.shape.slice(1)] : null
  return [tensor(typeOf(node, 'dtype', holds?.dtype ?? 'unknown'), shape)]
}

/** Outputs of fixed dtype, and of fixed shape where that is so. */
export function fixed(...outputs: readonly (readonly [DType, readonly number[] | null])[]): ShapeRule {
  return () => outputs.map(([dtype, shape]) => tensor(dtype, shape))
}

/** An element read from a list or array of tensors: its dtype and, where it is given, its shape. */
export function element(attribute: string, shapeInput: number | null, output = 0): ShapeRule {
  return (node, inputs) => {
    const given = shapeInput === null ? shapeAttribute(node, 'element_shape', null) : shapeIn(inputs.at(shapeInput))
    const info = tensor(elementType(node, attribute), given)
    return output === 0 ? [info] : [tensor('variant', []), info]
  }
}

function elementType(node: GraphNode, attribute: string): DType {
  return dtypeAttribute(node, attribute, 'unknown')
}

/** A list stacked: a new first dimension before the element's. */
export function stacked(attribute: string, shapeInput: number): ShapeRule {
  return (node, inputs) => {
    const given = shapeIn(inputs.at(shapeInput))
    return [tensor(elementType(node, attribute), given && [null, ...given])]
  }
}

/** A list joined along the first dimension, and the lengths of its parts. */
export function concatenated(attribute: string): ShapeRule {
  return (node) => [tensor(elementType(node, attribute), null), tensor('int64', [null])]
}

/** Outputs of which only the dtype is known. */
export const unknownOutputs: ShapeRule = (node, _, outputs) =>
  Array.from({ length: outputs }, () => tensor(elementType(node, 'dtype'), null))

/** A list of tensors. */
export const listHandle = fixed(['variant', []])
/** A table of keys and values. */
export const tableHandle = fixed(['resource', []])
/** A value for each key. */
export const lookup: ShapeRule = (node, inputs) => [
  tensor(typeOf(node, 'Tout', inputs.at(2).dtype), inputs.at(1).shape),
]
