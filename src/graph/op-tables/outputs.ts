import { outputNames } from './output-names'

/** As `outputNames`, for ops of TensorFlow Decision Forests. */
const beyondTensorFlow = ['dense_predictions dense_col_representation: SimpleMLInferenceOpWithHandle']

/** What the outputs of ops with several are called, in their order. */
export const namedOutputs: ReadonlyMap<string, readonly string[]> = new Map(
  [...outputNames.trim().split('\n'), ...beyondTensorFlow].flatMap((line) => {
    const [outputs, ops] = line.split(': ')
    const inOrder = outputs.split(' ')
    return ops.split(' ').map((op) => [op, inOrder] as const)
  }),
)

/** Ops without an output. Source: TensorFlow's op definitions. */
const withoutOutputs = [
  'NoOp Assert AssignVariableOp AssignAddVariableOp AssignSubVariableOp ControlTrigger PrintV2 SaveV2 MergeV2Checkpoints',
  'InitializeTable InitializeTableV2 InitializeTableFromTextFileV2 LookupTableImport LookupTableImportV2',
  'LookupTableInsertV2 TensorArrayCloseV3 SimpleMLLoadModelFromPathWithHandle',
]

/** How many outputs an op has, where that is fixed and not one. */
export const outputCounts: ReadonlyMap<string, number> = new Map([
  ...withoutOutputs.flatMap((ops) => ops.split(' ')).map((op) => [op, 0] as const),
  ...[...namedOutputs].map(([op, { length }]) => [op, length] as const),
])

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
