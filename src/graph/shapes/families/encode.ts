import { dtypeAttribute } from '../../lookup/attributes'
import { numbersIn, shapeIn, tensor, typeOf, type ShapeRule } from '../tensor'

/** As many frequencies as there are values. */
export const fourier: ShapeRule = (node, inputs) => [
  tensor(typeOf(node, 'Tcomplex', inputs.at(0).dtype), inputs.at(0).shape),
]

/** Real to complex: of n values in the last dimension, n / 2 + 1 frequencies are enough. */
export const realFourier: ShapeRule = (node, inputs) => {
  const { shape } = inputs.at(0)
  const length = numbersIn(inputs.at(1))?.at(-1)
  const frequencies = length === undefined ? null : Math.floor(length / 2) + 1
  return [tensor(dtypeAttribute(node, 'Tcomplex', 'complex64'), shape?.length ? shape.with(-1, frequencies) : null)]
}

/** Complex to real, of the length that is given. */
export const inverseRealFourier: ShapeRule = (node, inputs) => {
  const { shape } = inputs.at(0)
  const length = numbersIn(inputs.at(1))?.at(-1) ?? null
  return [tensor(dtypeAttribute(node, 'Treal', 'float32'), shape?.length ? shape.with(-1, length) : null)]
}

/** A text for each text. */
export const text: ShapeRule = (_, inputs) => [tensor('string', inputs.at(0).shape)]

/** A number for each text. */
export const textToNumber: ShapeRule = (_, inputs) => [tensor('int64', inputs.at(0).shape)]

/** Positions `[parts, 2]`, the parts, and the shape of the sparse matrix. */
export const split: ShapeRule = () => [tensor('int64', [null, 2]), tensor('string', [null]), tensor('int64', [2])]

/** Runs of words, and where each row begins. */
export const nGrams: ShapeRule = (node, inputs) => [
  tensor('string', [null]),
  tensor(typeOf(node, 'Tsplits', inputs.at(1).dtype), inputs.at(1).shape),
]

/** A sparse matrix that has an entry in every row, with which rows were empty. */
export const sparseFillEmptyRows: ShapeRule = (node, inputs) => [
  tensor('int64', [null, inputs.at(0).shape?.at(1) ?? null]),
  tensor(typeOf(node, 'T', inputs.at(1).dtype), [null]),
  tensor('bool', [inputs.at(2).value?.at(0) ?? null]),
  tensor('int64', [inputs.at(0).shape?.at(0) ?? null]),
]

/** Positions in a sparse tensor of another shape, and that shape. */
export const sparseReshape: ShapeRule = (_, inputs) => [
  tensor('int64', [inputs.at(0).shape?.at(0) ?? null, inputs.at(2).shape?.at(0) ?? null]),
  tensor('int64', inputs.at(2).shape),
]

/** Where each row begins, and the rows one after the other. */
export const raggedRange: ShapeRule = (node, inputs) => [
  tensor(dtypeAttribute(node, 'Tsplits', 'int64'), [null]),
  tensor(typeOf(node, 'T', inputs.at(0).dtype), [null]),
]

/** Rows of different lengths padded to one shape, which the first input may give. */
export const raggedToTensor: ShapeRule = (node, inputs) => [
  tensor(typeOf(node, 'T', inputs.at(1).dtype), shapeIn(inputs.at(0))),
]

/** Where each row begins, at each depth, and the rows. */
export const raggedGather: ShapeRule = (node, inputs, outputs) => {
  const splits = Array.from({ length: outputs - 1 }, () => tensor(typeOf(node, 'Tsplits', inputs.at(0).dtype), [null]))
  const values = inputs.at(-2)
  return [
    ...splits,
    tensor(typeOf(node, 'Tvalues', values.dtype), values.shape?.length ? values.shape.with(0, null) : null),
  ]
}
