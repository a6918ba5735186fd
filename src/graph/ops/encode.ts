import * as batch from '../batch/rules'
import * as shapes from '../shapes/families/encode'
import { table } from '../table'
import type { OpSpec } from './types'

const common = { category: 'other', batch: batch.aligned } as const
const fourier = { ...common, takes: 'input', shape: shapes.fourier } as const
const text = { ...common, takes: 'input', shape: shapes.text } as const

/** Operations on frequencies, strings, and sparse and ragged tensors. */
export const encodeOps = table<OpSpec>({
  FFT: fourier,
  FFT2D: fourier,
  IFFT: fourier,
  IFFT2D: fourier,
  StaticRegexReplace: text,
  StringLower: text,
  StringStrip: text,
  StringUpper: text,
  StringToHashBucketFast: { ...common, takes: 'input', shape: shapes.textToNumber },
  StringToHashBucketStrong: { ...common, takes: 'input', shape: shapes.textToNumber },
  IRFFT: { ...common, takes: 'input fft_length', shape: shapes.inverseRealFourier },
  RFFT: { ...common, takes: 'input fft_length', shape: shapes.realFourier },
  RaggedGather: {
    ...common,
    takes: 'params_nested_splits… params_dense_values indices',
    shape: shapes.raggedGather,
    outputs: { countedBy: 'OUTPUT_RAGGED_RANK', beside: 1 },
  },
  RaggedRange: { ...common, takes: 'starts limits deltas', shape: shapes.raggedRange },
  RaggedTensorToTensor: {
    ...common,
    takes: 'shape values default_value row_partition_tensors…',
    shape: shapes.raggedToTensor,
  },
  RegexReplace: { ...common, takes: 'input pattern rewrite', shape: shapes.text },
  SparseFillEmptyRows: {
    ...common,
    takes: 'indices values dense_shape default_value',
    shape: shapes.sparseFillEmptyRows,
  },
  SparseReshape: { ...common, takes: 'input_indices input_shape new_shape', shape: shapes.sparseReshape },
  StringNGrams: { ...common, takes: 'data data_splits', shape: shapes.nGrams },
  StringSplit: { ...common, takes: 'input delimiter', shape: shapes.split },
  StringSplitV2: { ...common, takes: 'input sep', shape: shapes.split },
  StringToHashBucket: { ...common, takes: 'string_tensor', shape: shapes.textToNumber },
})
