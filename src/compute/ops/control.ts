import { table } from '../../graph/table'
import type { OpRun } from './types'

const none: OpRun = { kernels: [] }
/** Whether it runs, and how often, is known only while running; so it is of lists, which tfjs runs as loops. */
const flow: OpRun = { kernels: [], dynamic: true }
const broken: OpRun = { ...flow, broken: true }

/** Inputs and constants, branches, loops, lists and arrays of tensors. */
export const control = table<OpRun>({
  Const: none,
  Placeholder: none,
  PlaceholderWithDefault: none,
  NoOp: none,
  Print: none,
  LoopCond: none,
  Switch: flow,
  Merge: flow,
  Enter: flow,
  Exit: flow,
  NextIteration: flow,
  If: flow,
  StatelessIf: flow,
  While: flow,
  StatelessWhile: flow,
  EmptyTensorList: flow,
  TensorListScatter: flow,
  TensorListScatterV2: flow,
  TensorListGather: broken,
  TensorListGetItem: flow,
  TensorListSetItem: flow,
  TensorListReserve: flow,
  TensorListFromTensor: flow,
  TensorListStack: flow,
  TensorListSplit: broken,
  TensorListConcat: broken,
  TensorListConcatV2: broken,
  TensorListPopBack: broken,
  TensorListPushBack: flow,
  TensorListLength: flow,
  TensorListResize: flow,
  TensorArrayV3: flow,
  TensorArrayWriteV3: flow,
  TensorArrayReadV3: flow,
  TensorArrayGatherV3: flow,
  TensorArrayScatterV3: flow,
  TensorArrayConcatV3: broken,
  TensorArraySplitV3: flow,
  TensorArraySizeV3: flow,
  TensorArrayCloseV3: flow,
})
