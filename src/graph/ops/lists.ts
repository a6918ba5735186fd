import * as batch from '../batch/rules'
import * as shapes from '../shapes/families/control'
import { table } from '../table'
import type { OpSpec } from './types'

const common = { category: 'control', batch: batch.aligned } as const

/** Lists and arrays of tensors. */
export const listOps = table<OpSpec>({
  TensorArrayConcatV3: { ...common, takes: 'handle flow_in', shape: shapes.concatenated('dtype') },
  TensorArraySizeV3: { ...common, takes: 'handle flow_in', shape: shapes.fixed(['int32', []]) },
  TensorListConcat: { ...common, takes: 'input_handle', shape: shapes.concatenated('element_dtype') },
  TensorListLength: { ...common, takes: 'input_handle', shape: shapes.fixed(['int32', []]) },
  TensorListPopBack: { ...common, takes: 'input_handle element_shape', shape: shapes.element('element_dtype', 1, 1) },
  TensorListStack: { ...common, takes: 'input_handle element_shape', shape: shapes.stacked('element_dtype', 1) },
  EmptyTensorList: { ...common, takes: 'element_shape max_num_elements', shape: shapes.listHandle },
  TensorArrayCloseV3: { ...common, takes: 'handle', shape: null, outputs: 0 },
  TensorArrayGatherV3: { ...common, takes: 'handle indices flow_in', shape: shapes.unknownOutputs },
  TensorArrayReadV3: { ...common, takes: 'handle index flow_in', shape: shapes.unknownOutputs },
  TensorArrayScatterV3: { ...common, takes: 'handle indices value flow_in', shape: shapes.fixed(['float32', []]) },
  TensorArraySplitV3: { ...common, takes: 'handle value lengths flow_in', shape: shapes.fixed(['float32', []]) },
  TensorArrayV3: { ...common, takes: 'size', shape: shapes.fixed(['resource', [2]], ['float32', []]) },
  TensorArrayWriteV3: { ...common, takes: 'handle index value flow_in', shape: shapes.fixed(['float32', []]) },
  TensorListConcatV2: {
    ...common,
    takes: 'input_handle element_shape leading_dims',
    shape: shapes.concatenated('element_dtype'),
  },
  TensorListFromTensor: { ...common, takes: 'tensor element_shape', shape: shapes.listHandle },
  TensorListGather: {
    ...common,
    takes: 'input_handle indices element_shape',
    shape: shapes.stacked('element_dtype', 2),
  },
  TensorListGetItem: {
    ...common,
    takes: 'input_handle index element_shape',
    shape: shapes.element('element_dtype', 2),
  },
  TensorListPushBack: { ...common, takes: 'input_handle tensor', shape: shapes.listHandle },
  TensorListReserve: { ...common, takes: 'element_shape num_elements', shape: shapes.listHandle },
  TensorListResize: { ...common, takes: 'input_handle size', shape: shapes.listHandle },
  TensorListScatter: { ...common, takes: 'tensor indices element_shape', shape: shapes.listHandle },
  TensorListScatterV2: { ...common, takes: 'tensor indices element_shape num_elements', shape: shapes.listHandle },
  TensorListSetItem: { ...common, takes: 'input_handle index item', shape: shapes.listHandle },
  TensorListSplit: { ...common, takes: 'tensor element_shape lengths', shape: shapes.listHandle },
})
