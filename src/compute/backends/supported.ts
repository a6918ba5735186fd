import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { json as arithmetic } from '@tensorflow/tfjs-converter/dist/operations/op_list/arithmetic'
import { json as basicMath } from '@tensorflow/tfjs-converter/dist/operations/op_list/basic_math'
import { json as control } from '@tensorflow/tfjs-converter/dist/operations/op_list/control'
import { json as convolution } from '@tensorflow/tfjs-converter/dist/operations/op_list/convolution'
import { json as creation } from '@tensorflow/tfjs-converter/dist/operations/op_list/creation'
import { json as dynamic } from '@tensorflow/tfjs-converter/dist/operations/op_list/dynamic'
import { json as evaluation } from '@tensorflow/tfjs-converter/dist/operations/op_list/evaluation'
import { json as graphOps } from '@tensorflow/tfjs-converter/dist/operations/op_list/graph'
import { json as image } from '@tensorflow/tfjs-converter/dist/operations/op_list/image'
import { json as logical } from '@tensorflow/tfjs-converter/dist/operations/op_list/logical'
import { json as matrices } from '@tensorflow/tfjs-converter/dist/operations/op_list/matrices'
import { json as normalization } from '@tensorflow/tfjs-converter/dist/operations/op_list/normalization'
import { json as reduction } from '@tensorflow/tfjs-converter/dist/operations/op_list/reduction'
import { json as sliceJoin } from '@tensorflow/tfjs-converter/dist/operations/op_list/slice_join'
import { json as spectral } from '@tensorflow/tfjs-converter/dist/operations/op_list/spectral'
import { json as transformation } from '@tensorflow/tfjs-converter/dist/operations/op_list/transformation'
import {
  boolAttribute,
  dtypeAttribute,
  intAttribute,
  intsAttribute,
  stringAttribute,
} from '../../graph/lookup/attributes'
import type { DType, Graph, GraphNode } from '../../graph/types'
import type { BackendName } from '../../types'
import { table } from '../../graph/table'

/** Ops the converter's executors can run (hash tables, ragged tensors and decision forests have no use in a trunk). */
const converterOps = new Set(
  [
    arithmetic,
    basicMath,
    control,
    convolution,
    creation,
    dynamic,
    evaluation,
    graphOps,
    image,
    logical,
    matrices,
    normalization,
    reduction,
    sliceJoin,
    spectral,
    transformation,
  ].flatMap((list) => list.map((mapper) => mapper.tfOpName)),
)

/**
 * Kernels an op comes down to, where they are not one kernel of the op's own name. An empty list: no kernel at all.
 * Source: tfjs-converter 4.22, `operations/executors`, and the tfjs-core ops they call.
 */
const kernelsOfOp = table<readonly string[]>({
  AddV2: ['Add'],
  BiasAdd: ['Add'],
  Div: ['RealDiv'],
  DivNoNan: ['RealDiv', 'Equal', 'Select'],
  Mul: ['Multiply'],
  FloorMod: ['Mod'],
  Conv1D: ['Conv2D'],
  _FusedConv2D: ['FusedConv2D'],
  FusedDepthwiseConv2dNative: ['FusedDepthwiseConv2D'],
  DepthwiseConv2d: ['DepthwiseConv2dNative'],
  Conv2DBackpropInput: ['Conv2DBackpropInput'],
  MatMul: ['BatchMatMul'],
  BatchMatMulV2: ['BatchMatMul'],
  _FusedMatMul: ['_FusedMatMul'],
  MatrixBandPart: ['StridedSlice', 'Range', 'Sub', 'Neg', 'Less', 'LessEqual', 'LogicalAnd', 'LogicalOr', 'Select'],
  FusedBatchNorm: ['FusedBatchNorm'],
  FusedBatchNormV2: ['FusedBatchNorm'],
  FusedBatchNormV3: ['FusedBatchNorm'],
  EuclideanNorm: ['Square', 'Sum', 'Sqrt'],
  LogSoftmax: ['Max', 'Exp', 'Sum', 'Log', 'Sub'],
  ConcatV2: ['Concat'],
  Gather: ['GatherV2'],
  ReverseV2: ['Reverse'],
  Split: ['SplitV'],
  Pad: ['PadV2'],
  EnsureShape: [],
  Squeeze: ['Reshape'],
  ExpandDims: ['Reshape'],
  Reshape: ['Reshape'],
  BroadcastTo: ['Tile'],
  SelectV2: ['Select'],
  TopKV2: ['TopK'],
  UniqueV2: ['Unique'],
  LowerBound: ['SearchSorted'],
  UpperBound: ['SearchSorted'],
  ImageProjectiveTransformV3: ['Transform'],
  StopGradient: ['Identity'],
  ...Object.fromEntries(
    ['FakeQuantWithMinMaxVars', 'FakeQuantWithMinMaxVarsPerChannel', 'FakeQuantWithMinMaxArgs'].map((op) => [
      op,
      ['Sub', 'RealDiv', 'Equal', 'Select', 'Minimum', 'Maximum', 'Floor', 'Add', 'Multiply', 'Neg'],
    ]),
  ),
  Snapshot: ['Identity'],
  IdentityN: ['Identity'],
  RFFT: ['FFT'],
  IRFFT: ['IFFT'],
})

/** Ops that only carry or describe values, or run on values that are read; every backend has them. */
const kernelFree = new Set(
  'Const Placeholder PlaceholderWithDefault NoOp Shape ShapeN Rank Size Print Switch Merge Enter Exit NextIteration LoopCond If StatelessIf While StatelessWhile Ones Zeros Where NonMaxSuppressionV2 NonMaxSuppressionV3 NonMaxSuppressionV4 NonMaxSuppressionV5 RandomStandardNormal RandomUniform RandomUniformInt TruncatedNormal ListDiff EmptyTensorList TensorListScatter TensorListScatterV2 TensorListGather TensorListGetItem TensorListSetItem TensorListReserve TensorListFromTensor TensorListStack TensorListSplit TensorListConcat TensorListConcatV2 TensorListPopBack TensorListPushBack TensorListLength TensorListResize TensorArrayV3 TensorArrayWriteV3 TensorArrayReadV3 TensorArrayGatherV3 TensorArrayScatterV3 TensorArrayConcatV3 TensorArraySplitV3 TensorArraySizeV3 TensorArrayCloseV3'.split(
    ' ',
  ),
)

/** Ops that TensorFlow.js lacks, and that are composed of others before anything runs (src/graph/optimise/compose). */
const composedOps = new Set(['FakeQuantWithMinMaxVarsPerChannel', 'FakeQuantWithMinMaxArgs'])

/** Ops that the converter lists, and for which it hands on or gives back other values than TensorFlow. */
const brokenOps = new Set(
  'BitwiseAnd TensorListSplit TensorListGather TensorListPopBack TensorListConcat TensorListConcatV2 TensorArrayConcatV3'.split(
    ' ',
  ),
)

/** Ops whose results soon outgrow bytes; of others, compositions take what is left (src/graph/optimise/compose). */
const startingOver = new Set(['Cumsum', 'Cumprod', 'Pow'])

/** Ops whose `is_training` TensorFlow.js ignores. */
const batchNorms = new Set(['FusedBatchNorm', 'FusedBatchNormV2', 'FusedBatchNormV3'])

/** Ops that the wasm backend computes for float32 only. Source: tfjs-backend-wasm 4.22, `kernels`. */
const floatOnlyOnWasm = new Set('MatMul BatchMatMul BatchMatMulV2 _FusedMatMul MaxPool LRN'.split(' '))

/**
 * Ops that a backend computes other than TensorFlow, all or only those that `when` names; measured by ./conformance.
 * Boxes that are turned round, powers of whole numbers, places of the largest, kept dimensions of products, …
 */
const wrongOn: Partial<Record<BackendName, ReadonlyMap<string, (node: GraphNode) => boolean>>> = {
  webgl: new Map<string, (node: GraphNode) => boolean>([
    ['CropAndResize', () => true],
    ['MaxPoolWithArgmax', () => true],
    ['Pow', isWhole],
  ]),
  webgpu: new Map<string, (node: GraphNode) => boolean>([
    ['DenseBincount', () => true],
    ['LinSpace', () => true],
    ['OneHot', (node) => intAttribute(node, 'axis', -1) !== -1],
    ['Pow', isWhole],
    ['Prod', (node) => boolAttribute(node, 'keep_dims', false)],
    ['ScatterNd', (node) => dtypeAttribute(node, 'T', 'float32') === 'bool'],
  ]),
}

function isWhole(node: GraphNode): boolean {
  return !floats.has(dtypeAttribute(node, 'T', 'float32'))
}

/** Types that are computed in float32. */
const floats = new Set<DType>(['float32', 'float16', 'bfloat16', 'float64'])

/** tfjs declares that there is always one. */
const kernelOf: (kernel: string, backend: BackendName) => unknown = tf.getKernel

/**
 * Why `backend` cannot run this node, or null if it can. The backend's kernels must have been registered (its module
 * loaded): ops are registered by the converter, kernels by each backend, so both are asked.
 */
export function unsupportedReason(node: GraphNode, backend: BackendName): string | null {
  if (brokenOps.has(node.op) || !(converterOps.has(node.op) || composedOps.has(node.op)))
    return `TensorFlow.js has no operation “${node.op}”`
  if (batchNorms.has(node.op) && boolAttribute(node, 'is_training', false)) {
    return 'it normalises by the mean and variance of each batch, as in training, which TensorFlow.js does not do'
  }
  const cast = node.op === 'Cast' ? dtypeAttribute(node, 'DstT', 'float32') : 'float32'
  const source = node.op === 'Cast' ? dtypeAttribute(node, 'SrcT', 'float32') : 'float32'
  if (cast === 'unknown' || source === 'unknown') return 'TensorFlow.js has no numbers of its type (such as of 8 bits)'
  if (cast === 'uint32' || cast === 'uint64') return `TensorFlow.js has no numbers of type ${cast}`
  if (wrongOn[backend]?.get(node.op)?.(node)) {
    return `the ${backend} backend computes “${node.op}” other than TensorFlow`
  }
  const type = dtypeAttribute(node, 'T', 'float32')
  if (startingOver.has(node.op) && (type === 'uint8' || type === 'int8')) {
    return `it computes in ${type}, whose numbers start over where they end, which TensorFlow.js does not do`
  }
  if (node.op === 'Einsum' && stringAttribute(node, 'equation', '').includes('...')) {
    return 'TensorFlow.js has no “…” in the equation of Einsum'
  }
  if (node.op === 'EuclideanNorm' && !floats.has(dtypeAttribute(node, 'T', 'float32'))) {
    return 'it takes the norm of whole numbers'
  }
  // TensorFlow's own kernel for processors refuses it, too (`conv_grad_input_ops.cc`).
  if (node.op === 'Conv2DBackpropInput' && intsAttribute(node, 'dilations', []).some((dilation) => dilation !== 1)) {
    return 'TensorFlow.js runs a transposed convolution only without dilations'
  }
  if (stringAttribute(node, 'data_format', '') === 'NCDHW') {
    return `TensorFlow.js runs “${node.op}” only with channels last (NDHWC)`
  }
  if (floatOnlyOnWasm.has(node.op) && !floats.has(dtypeAttribute(node, 'T', 'float32')) && backend === 'wasm') {
    return `the ${backend} backend runs “${node.op}” only on float32`
  }
  if (kernelFree.has(node.op)) return null
  const missing = (kernelsOfOp.get(node.op) ?? [node.op]).find((kernel) => kernelOf(kernel, backend) === undefined)
  return missing === undefined ? null : `the ${backend} backend has no kernel for “${node.op}”`
}

/** Every operation that is run on some backend, with some attributes at least. */
export const runnableOps = (): readonly string[] => [...converterOps, ...composedOps].filter((op) => !brokenOps.has(op))

/** The first node of a graph that `backend` cannot run, with the reason; null where it can run them all. */
export function firstUnsupported(graph: Graph, backend: BackendName): { node: GraphNode; reason: string } | null {
  for (const node of graph.nodes) {
    const reason = unsupportedReason(node, backend)
    if (reason !== null) return { node, reason }
  }
  return null
}

/** The reason why no backend at all can run this node, or null. The cpu backend has every kernel there is. */
export function supportedAnywhere(node: GraphNode): string | null {
  return unsupportedReason(node, 'cpu')
}
