/** How many outputs an op has, where that is fixed and not one. Source: TensorFlow's op definitions. */
const countTable: readonly (readonly [count: number, ops: string])[] = [
  [
    0,
    'NoOp Assert AssignVariableOp AssignAddVariableOp AssignSubVariableOp ControlTrigger PrintV2 SaveV2 MergeV2Checkpoints',
  ],
  [0, 'InitializeTable InitializeTableV2 InitializeTableFromTextFileV2 LookupTableImport LookupTableImportV2'],
  [0, 'LookupTableInsertV2 TensorArrayCloseV3 SimpleMLLoadModelFromPathWithHandle'],
  [2, 'Switch RefSwitch Merge RefMerge TopK TopKV2 Unique UniqueV2 ListDiff MaxPoolWithArgmax NonMaxSuppressionV4'],
  [2, 'StatelessRandomGetKeyCounter'],
  [
    2,
    'BroadcastGradientArgs ReaderRead ReaderReadV2 SparseReshape RaggedRange StringNGrams TensorArrayV3 TensorArrayConcatV3 TensorListConcat TensorListConcatV2',
  ],
  [2, 'TensorListPopBack SoftmaxCrossEntropyWithLogits SparseSoftmaxCrossEntropyWithLogits Qr Lu SelfAdjointEigV2 Eig'],
  [2, 'LogMatrixDeterminant SimpleMLInferenceOpWithHandle LookupTableExportV2 CTCLoss UnicodeDecode DecodeWav'],
  [3, 'NonMaxSuppressionV5 UniqueWithCounts UniqueWithCountsV2 StringSplit StringSplitV2 Svd FractionalMaxPool'],
  [3, 'FractionalAvgPool SampleDistortedBoundingBox SampleDistortedBoundingBoxV2 QuantizeV2 QuantizedConv2D'],
  [
    3,
    'QuantizedBiasAdd QuantizedRelu QuantizedRelu6 QuantizedMaxPool QuantizedAvgPool QuantizedMatMul QuantizedConcat',
  ],
  [3, 'QuantizedReshape QuantizedAdd QuantizedMul QuantizeDownAndShrinkRange Requantize UnicodeDecodeWithOffsets'],
  [4, 'CombinedNonMaxSuppression SparseFillEmptyRows CTCGreedyDecoder GRUBlockCell CudnnRNN'],
  [5, 'FusedBatchNorm FusedBatchNormV2 CudnnRNNV2 CudnnRNNV3'],
  [6, 'FusedBatchNormV3'],
  [7, 'LSTMBlockCell BlockLSTM BlockLSTMV2'],
]

export const outputCounts: ReadonlyMap<string, number> = new Map(
  countTable.flatMap(([count, ops]) => ops.split(' ').map((op) => [op, count])),
)

/**
 * Ops whose number of outputs stands in an attribute: the number itself, or a list with an entry an output; `beside`
 * counts the outputs that are there anyway.
 */
export interface CountAttribute {
  readonly attribute: string
  readonly beside: number
}

const attributeTable: readonly (readonly [attribute: string, ops: string])[] = [
  ['num_split', 'Split SplitV'],
  ['component_types', 'QueueDequeue QueueDequeueV2 QueueDequeueMany QueueDequeueManyV2 QueueDequeueUpTo'],
  ['component_types', 'QueueDequeueUpToV2 Unstage StageGet'],
  ['num', 'Unpack'],
  ['N', 'ShapeN ConcatOffset'],
  ['num_partitions', 'DynamicPartition'],
  ['T', 'IdentityN While StatelessWhile'],
  ['Tout', 'If StatelessIf Case StatelessCase PartitionedCall StatefulPartitionedCall RemoteCall PyFunc EagerPyFunc'],
  ['dtypes', 'RestoreV2'],
  ['output_types', 'IteratorGetNext'],
]

export const countAttributes: ReadonlyMap<string, CountAttribute> = new Map<string, CountAttribute>([
  ...attributeTable.flatMap(([attribute, ops]) =>
    ops.split(' ').map((op): [string, CountAttribute] => [op, { attribute, beside: 0 }]),
  ),
  ['RaggedGather', { attribute: 'OUTPUT_RAGGED_RANK', beside: 1 }],
])
