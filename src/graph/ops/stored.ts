import * as batch from '../batch/rules'
import * as shapes from '../shapes/families/control'
import { table } from '../table'
import type { OpSpec } from './types'

const common = { category: 'other', batch: batch.aligned } as const
const filling = { ...common, takes: 'table_handle keys values', shape: null, outputs: 0 } as const
const referenceVariable = {
  category: 'constant',
  batch: batch.aligned,
  takes: '',
  shape: shapes.referenceVariable,
  stores: true,
} as const
const countedOnly = { ...common, takes: '', shape: null } as const
const hashTable = { ...common, takes: '', shape: shapes.tableHandle } as const

/** What comes from outside or is kept: inputs, constants, variables, tables, files and queues. */
export const storedOps = table<OpSpec>({
  PlaceholderWithDefault: {
    ...common,
    category: 'input',
    takes: 'input',
    shape: shapes.withDefault,
    sentence: 'input-with-default',
  },
  InitializeTable: filling,
  InitializeTableV2: filling,
  LookupTableImport: filling,
  LookupTableImportV2: filling,
  LookupTableFind: { ...common, takes: 'table_handle keys default_value', shape: shapes.lookup },
  LookupTableFindV2: { ...common, takes: 'table_handle keys default_value', shape: shapes.lookup },
  LookupTableSize: { ...common, takes: 'table_handle', shape: shapes.fixed(['int64', []]) },
  LookupTableSizeV2: { ...common, takes: 'table_handle', shape: shapes.fixed(['int64', []]) },
  AssignVariableOp: { ...common, takes: 'resource value', shape: null, outputs: 0 },
  ReadVariableOp: {
    ...common,
    category: 'constant',
    takes: 'resource',
    shape: shapes.readVariable,
    handsWeightOn: true,
    sentence: 'read-variable',
  },
  ResourceGather: { ...common, category: 'shape', takes: 'resource indices', shape: shapes.gatherVariable },
  Placeholder: { ...common, category: 'input', takes: '', shape: null, title: 'Input', sentence: 'input' },
  PlaceholderV2: { ...common, category: 'input', takes: '', shape: null, today: 'Placeholder' },
  Const: { ...common, category: 'constant', takes: '', shape: null, stores: true, sentence: 'constant' },
  VarHandleOp: {
    ...common,
    category: 'constant',
    takes: '',
    shape: shapes.variable,
    stores: true,
    sentence: 'variable',
  },
  VariableV2: referenceVariable,
  Variable: referenceVariable,
  QueueDequeue: { ...countedOnly, outputs: { countedBy: 'component_types' } },
  QueueDequeueV2: { ...countedOnly, outputs: { countedBy: 'component_types' } },
  QueueDequeueMany: { ...countedOnly, outputs: { countedBy: 'component_types' } },
  QueueDequeueManyV2: { ...countedOnly, outputs: { countedBy: 'component_types' } },
  QueueDequeueUpTo: { ...countedOnly, outputs: { countedBy: 'component_types' } },
  QueueDequeueUpToV2: { ...countedOnly, outputs: { countedBy: 'component_types' } },
  Unstage: { ...countedOnly, outputs: { countedBy: 'component_types' } },
  StageGet: { ...countedOnly, outputs: { countedBy: 'component_types' } },
  ConcatOffset: { ...countedOnly, outputs: { countedBy: 'N' } },
  RemoteCall: { ...countedOnly, outputs: { countedBy: 'Tout' } },
  PyFunc: { ...countedOnly, outputs: { countedBy: 'Tout' } },
  EagerPyFunc: { ...countedOnly, outputs: { countedBy: 'Tout' } },
  RestoreV2: { ...countedOnly, outputs: { countedBy: 'dtypes' } },
  IteratorGetNext: { ...countedOnly, outputs: { countedBy: 'output_types' } },
  AssignAddVariableOp: { ...countedOnly, outputs: 0 },
  AssignSubVariableOp: { ...countedOnly, outputs: 0 },
  SaveV2: { ...countedOnly, outputs: 0 },
  MergeV2Checkpoints: { ...countedOnly, outputs: 0 },
  InitializeTableFromTextFileV2: { ...countedOnly, outputs: 0 },
  LookupTableInsertV2: { ...countedOnly, outputs: 0 },
  SimpleMLLoadModelFromPathWithHandle: { ...countedOnly, outputs: 0 },
  HostConst: { ...countedOnly, stores: true },
  HashTable: hashTable,
  HashTableV2: hashTable,
  MutableHashTableV2: hashTable,
})
