import { dtypeAttribute, dtypesAttribute, shapeAttribute, shapesAttribute } from '../../lookup/attributes'
import { outputCount } from '../../op-tables/ops'
import type { DType, GraphNode } from '../../types'
import { each } from './each'
import { either, scalar, shapeIn, tensor, typeOf, type ShapeRule, type Rules } from '../tensor'

/** One value in, the same out, with all that is known of it. */
const forward: ShapeRule = (node, inputs) => {
  const x = inputs.at(0)
  return [{ ...x, dtype: typeOf(node, 'T', x.dtype) }]
}

const forwardAll: ShapeRule = (_, inputs) => inputs.all

/** May be fed another value, but of this shape. */
const withDefault: ShapeRule = (node, inputs) => {
  const x = inputs.at(0)
  return [tensor(typeOf(node, 'dtype', x.dtype), shapeAttribute(node, 'shape', null) ?? x.shape)]
}

/** The value leaves by one of two outputs. */
const switchRule: ShapeRule = (node, inputs) => {
  const [output] = forward(node, inputs)
  return [output, output]
}

/** Whichever input is there first, and its position. In a loop one input comes round later and is not known here. */
const merge: ShapeRule = (node, inputs) => {
  const shape = inputs.all.map((input) => input.shape).reduce(either, inputs.at(0).shape)
  return [tensor(typeOf(node, 'T', inputs.at(0).dtype), shape), scalar('int32')]
}

/** Calls of functions: their bodies are not looked into, so only what the attributes say is known. */
function call(types: string): ShapeRule {
  return (node) => {
    const dtypes = dtypesAttribute(node, types, [])
    const shapes = shapesAttribute(node, 'output_shapes', [])
    return dtypes.map((dtype, output) => tensor(dtype, shapes.at(output) ?? null))
  }
}

/** A loop gives back what it was given, in dtype; sizes may change on the way. */
const loop = call('T')

const variable: ShapeRule = (node) => {
  const holds = { dtype: dtypeAttribute(node, 'dtype', 'unknown'), shape: shapeAttribute(node, 'shape', null) }
  return [{ dtype: 'resource', shape: [], holds }]
}

const readVariable: ShapeRule = (node, inputs) => {
  const { holds } = inputs.at(0)
  return [tensor(typeOf(node, 'dtype', holds?.dtype ?? 'unknown'), holds?.shape ?? null)]
}

/** A variable of TensorFlow 1, read by taking its output. */
const referenceVariable: ShapeRule = (node) => [
  tensor(dtypeAttribute(node, 'dtype', 'unknown'), shapeAttribute(node, 'shape', null)),
]

const gatherVariable: ShapeRule = (node, inputs) => {
  const { holds } = inputs.at(0)
  const indices = inputs.at(1).shape
  const shape = holds?.shape && indices ? [...indices, ...holds.shape.slice(1)] : null
  return [tensor(typeOf(node, 'dtype', holds?.dtype ?? 'unknown'), shape)]
}

/** Outputs of fixed dtype, and of fixed shape where that is so. */
function fixed(...outputs: readonly (readonly [DType, readonly number[] | null])[]): ShapeRule {
  return () => outputs.map(([dtype, shape]) => tensor(dtype, shape))
}

/** An element read from a list or array of tensors: its dtype and, where it is given, its shape. */
function element(attribute: string, shapeInput: number | null, output = 0): ShapeRule {
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
function stacked(attribute: string, shapeInput: number): ShapeRule {
  return (node, inputs) => {
    const given = shapeIn(inputs.at(shapeInput))
    return [tensor(elementType(node, attribute), given && [null, ...given])]
  }
}

/** A list joined along the first dimension, and the lengths of its parts. */
function concatenated(attribute: string): ShapeRule {
  return (node) => [tensor(elementType(node, attribute), null), tensor('int64', [null])]
}

const unknownOutputs: ShapeRule = (node) =>
  Array.from({ length: outputCount(node) }, () => tensor(elementType(node, 'dtype'), null))

const listHandle = fixed(['variant', []])
const tableHandle = fixed(['resource', []])
const lookup: ShapeRule = (node, inputs) => [tensor(typeOf(node, 'Tout', inputs.at(2).dtype), inputs.at(1).shape)]

/** Identities, branches, loops, calls, variables, lists and tables. */
export const controlRules: Rules = {
  ...each(['Identity', 'Snapshot', 'StopGradient', 'PreventGradient', 'CheckNumerics', 'Print'], forward),
  ...each(['Enter', 'Exit', 'NextIteration', 'RefEnter', 'RefExit', 'RefNextIteration', 'LoopCond'], forward),
  ...each(['DeepCopy', 'RefIdentity'], forward),
  IdentityN: forwardAll,
  PlaceholderWithDefault: withDefault,
  ...each(['Switch', 'RefSwitch'], switchRule),
  ...each(['Merge', 'RefMerge'], merge),
  ...each(['If', 'StatelessIf', 'Case', 'StatelessCase'], call('Tout')),
  ...each(['PartitionedCall', 'StatefulPartitionedCall'], call('Tout')),
  ...each(['While', 'StatelessWhile'], loop),
  VarHandleOp: variable,
  ReadVariableOp: readVariable,
  ResourceGather: gatherVariable,
  ...each(['VariableV2', 'Variable'], referenceVariable),
  ...each(['EmptyTensorList', 'TensorListReserve', 'TensorListFromTensor', 'TensorListScatter'], listHandle),
  ...each(['TensorListScatterV2', 'TensorListSetItem', 'TensorListPushBack', 'TensorListResize'], listHandle),
  TensorListSplit: listHandle,
  TensorListLength: fixed(['int32', []]),
  TensorListGetItem: element('element_dtype', 2),
  TensorListPopBack: element('element_dtype', 1, 1),
  TensorListStack: stacked('element_dtype', 1),
  TensorListGather: stacked('element_dtype', 2),
  TensorArrayV3: fixed(['resource', [2]], ['float32', []]),
  ...each(['TensorArrayWriteV3', 'TensorArrayScatterV3', 'TensorArraySplitV3'], fixed(['float32', []])),
  TensorArraySizeV3: fixed(['int32', []]),
  ...each(['TensorArrayReadV3', 'TensorArrayGatherV3'], unknownOutputs),
  ...each(['TensorListConcat', 'TensorListConcatV2'], concatenated('element_dtype')),
  TensorArrayConcatV3: concatenated('dtype'),
  ...each(['HashTable', 'HashTableV2', 'MutableHashTableV2'], tableHandle),
  ...each(['LookupTableFind', 'LookupTableFindV2'], lookup),
  ...each(['LookupTableSize', 'LookupTableSizeV2'], fixed(['int64', []])),
}
