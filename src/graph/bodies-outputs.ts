import type { GraphNode } from './types'
import { table } from './table'

/**
 * The names of the outputs of ops that have several, which tensors in functions' bodies are called by (`node:indices:0`).
 * Source: TensorFlow's op definitions. Where an op has one output, or one list of them, the number alone tells which.
 */
const names = table<string>({
  BlockLSTM: 'i cs f o ci co h',
  BlockLSTMV2: 'i cs f o ci co h',
  CTCGreedyDecoder: 'decoded_indices decoded_values decoded_shape log_probability',
  CTCLoss: 'loss gradient',
  CombinedNonMaxSuppression: 'nmsed_boxes nmsed_scores nmsed_classes valid_detections',
  CudnnRNN: 'output output_h output_c reserve_space',
  CudnnRNNV2: 'output output_h output_c reserve_space host_reserved',
  CudnnRNNV3: 'output output_h output_c reserve_space host_reserved',
  DecodeWav: 'audio sample_rate',
  Eig: 'e v',
  FractionalAvgPool: 'output row_pooling_sequence col_pooling_sequence',
  FractionalMaxPool: 'output row_pooling_sequence col_pooling_sequence',
  FusedBatchNorm: 'y batch_mean batch_variance reserve_space_1 reserve_space_2',
  FusedBatchNormV2: 'y batch_mean batch_variance reserve_space_1 reserve_space_2',
  FusedBatchNormV3: 'y batch_mean batch_variance reserve_space_1 reserve_space_2 reserve_space_3',
  GRUBlockCell: 'r u c h',
  LSTMBlockCell: 'i cs f o ci co h',
  ListDiff: 'out idx',
  LogMatrixDeterminant: 'sign log_abs_determinant',
  LookupTableExportV2: 'keys values',
  Lu: 'lu p',
  MaxPoolWithArgmax: 'output argmax',
  Merge: 'output value_index',
  NonMaxSuppressionV4: 'selected_indices valid_outputs',
  NonMaxSuppressionV5: 'selected_indices selected_scores valid_outputs',
  Qr: 'q r',
  QuantizeV2: 'output output_min output_max',
  RaggedRange: 'rt_nested_splits rt_dense_values',
  RefMerge: 'output value_index',
  RefSwitch: 'output_false output_true',
  SampleDistortedBoundingBox: 'begin size bboxes',
  SampleDistortedBoundingBoxV2: 'begin size bboxes',
  SelfAdjointEigV2: 'e v',
  SimpleMLInferenceOpWithHandle: 'dense_predictions dense_col_representation',
  SoftmaxCrossEntropyWithLogits: 'loss backprop',
  SparseFillEmptyRows: 'output_indices output_values empty_row_indicator reverse_index_map',
  SparseReshape: 'output_indices output_shape',
  SparseSoftmaxCrossEntropyWithLogits: 'loss backprop',
  StringNGrams: 'ngrams ngrams_splits',
  StringSplit: 'indices values shape',
  StringSplitV2: 'indices values shape',
  Svd: 's u v',
  Switch: 'output_false output_true',
  TensorArrayConcatV3: 'value lengths',
  TensorArrayV3: 'handle flow',
  TensorListConcat: 'tensor lengths',
  TensorListConcatV2: 'tensor lengths',
  TensorListPopBack: 'output_handle tensor',
  TopK: 'values indices',
  TopKV2: 'values indices',
  UnicodeDecode: 'row_splits char_values',
  UnicodeDecodeWithOffsets: 'row_splits char_values char_to_byte_starts',
  Unique: 'y idx',
  UniqueV2: 'y idx',
  UniqueWithCounts: 'y idx count',
  UniqueWithCountsV2: 'y idx count',
})

/** Which of a node's outputs is meant by `name:position` in a function's body. */
export function outputNamed({ op }: GraphNode, name: string, position: number): number {
  const known = names.get(op)?.split(' ').indexOf(name) ?? -1
  return known < 0 ? position : known
}
