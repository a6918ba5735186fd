import { dtypeAttribute } from '../../lookup/attributes'
import { outputCount } from '../../op-tables/ops'
import { each } from './each'
import { numbersIn, shapeIn, tensor, typeOf, type ShapeRule, type Rules } from '../tensor'

const fourier: ShapeRule = (node, inputs) => [tensor(typeOf(node, 'Tcomplex', inputs.at(0).dtype), inputs.at(0).shape)]

/** Real to complex: of n values in the last dimension, n / 2 + 1 frequencies are enough. */
const realFourier: ShapeRule = (node, inputs) => {
  const { shape } = inputs.at(0)
  const length = numbersIn(inputs.at(1))?.at(-1)
  const frequencies = length === undefined ? null : Math.floor(length / 2) + 1
  return [tensor(dtypeAttribute(node, 'Tcomplex', 'complex64'), shape?.length ? shape.with(-1, frequencies) : null)]
}

const inverseRealFourier: ShapeRule = (node, inputs) => {
  const { shape } = inputs.at(0)
  const length = numbersIn(inputs.at(1))?.at(-1) ?? null
  return [tensor(dtypeAttribute(node, 'Treal', 'float32'), shape?.length ? shape.with(-1, length) : null)]
}

const text: ShapeRule = (_, inputs) => [tensor('string', inputs.at(0).shape)]

const textToNumber: ShapeRule = (_, inputs) => [tensor('int64', inputs.at(0).shape)]

/** Positions `[parts, 2]`, the parts, and the shape of the sparse matrix. */
const split: ShapeRule = () => [tensor('int64', [null, 2]), tensor('string', [null]), tensor('int64', [2])]

const nGrams: ShapeRule = (node, inputs) => [
  tensor('string', [null]),
  tensor(typeOf(node, 'Tsplits', inputs.at(1).dtype), inputs.at(1).shape),
]

const sparseFillEmptyRows: ShapeRule = (node, inputs) => [
  tensor('int64', [null, inputs.at(0).shape?.at(1) ?? null]),
  tensor(typeOf(node, 'T', inputs.at(1).dtype), [null]),
  tensor('bool', [inputs.at(2).value?.at(0) ?? null]),
  tensor('int64', [inputs.at(0).shape?.at(0) ?? null]),
]

const sparseReshape: ShapeRule = (_, inputs) => [
  tensor('int64', [inputs.at(0).shape?.at(0) ?? null, inputs.at(2).shape?.at(0) ?? null]),
  tensor('int64', inputs.at(2).shape),
]

const raggedRange: ShapeRule = (node, inputs) => [
  tensor(dtypeAttribute(node, 'Tsplits', 'int64'), [null]),
  tensor(typeOf(node, 'T', inputs.at(0).dtype), [null]),
]

/** Rows of different lengths padded to one shape, which the first input may give. */
const raggedToTensor: ShapeRule = (node, inputs) => [
  tensor(typeOf(node, 'T', inputs.at(1).dtype), shapeIn(inputs.at(0))),
]

const raggedGather: ShapeRule = (node, inputs) => {
  const splits = Array.from({ length: outputCount(node) - 1 }, () =>
    tensor(typeOf(node, 'Tsplits', inputs.at(0).dtype), [null]),
  )
  const values = inputs.at(-2)
  return [
    ...splits,
    tensor(typeOf(node, 'Tvalues', values.dtype), values.shape?.length ? values.shape.with(0, null) : null),
  ]
}

/** Operations on frequencies, strings, and sparse and ragged tensors. */
export const encodeRules: Rules = {
  ...each(['FFT', 'IFFT', 'FFT2D', 'IFFT2D'], fourier),
  RFFT: realFourier,
  IRFFT: inverseRealFourier,
  ...each(['StaticRegexReplace', 'RegexReplace', 'StringLower', 'StringUpper', 'StringStrip'], text),
  ...each(['StringToHashBucketFast', 'StringToHashBucket', 'StringToHashBucketStrong'], textToNumber),
  ...each(['StringSplit', 'StringSplitV2'], split),
  StringNGrams: nGrams,
  SparseFillEmptyRows: sparseFillEmptyRows,
  SparseReshape: sparseReshape,
  RaggedRange: raggedRange,
  RaggedGather: raggedGather,
  RaggedTensorToTensor: raggedToTensor,
}
