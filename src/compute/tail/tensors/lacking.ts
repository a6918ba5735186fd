import * as tf from '@tensorflow/tfjs-core'
import { intsAttribute, stringAttribute } from '../../../graph/lookup/attributes'
import { indexGraph, type GraphIndex } from '../../../graph/lookup/graph-index'
import { constantBehind, sizeOf } from '../../../graph/optimise/constant'
import { inferShapes } from '../../../graph/shapes'
import { table } from '../../../graph/table'
import { dataNodes } from '../../../graph/tail/flow'
import { numberInputs } from '../../../graph/tail/slopes'
import type { Tail } from '../../../graph/tail/types'
import type { Graph, GraphNode, TensorInfo } from '../../../graph/types'
import type { BackendName } from '../../../types'
import { unsupportedReason } from '../../backends/supported'

/** What is known of a node's surroundings. */
interface Around {
  readonly index: GraphIndex
  readonly infos: ReadonlyMap<string, TensorInfo>
  /** Weights that learn, by id. */
  readonly learning: ReadonlySet<string>
}

/** Whether TensorFlow.js hands slopes back through a node as TensorFlow does. */
type Condition = (node: GraphNode, around: Around) => boolean

const always: Condition = () => true

/** TensorFlow.js has no slopes of those with dilations. */
const undilated: Condition = (node) => intsAttribute(node, 'dilations', []).every((dilation) => dilation === 1)

/** The slopes of its averages count what lies beside the picture. */
const unpadded: Condition = (node) => stringAttribute(node, 'padding', 'VALID') === 'VALID'

/** Slopes of what is repeated are not added up. */
const unrepeated =
  (shared: (shape: readonly (number | null)[]) => readonly (number | null)[]): Condition =>
  (node, { index, infos, learning }) => {
    const shapes = numberInputs(node).flatMap((place) => {
      const constant = constantBehind(index, node.inputs[place])
      const isFixed = constant !== undefined && !learning.has(constant.id)
      return isFixed ? [] : [infos.get(node.inputs[place])?.shape]
    })
    const result = infos.get(`${node.name}:0`)?.shape
    return shapes.every((shape) => result && shape && shared(shape).join() === shared(result).join())
  }

const elementwise = unrepeated((shape) => shape)
const products = unrepeated((shape) => shape.slice(0, -2))

/**
 * Operations whose slopes by TensorFlow.js 4.22 were held against TensorFlow's (`tools/fixtures/tail/gradients.py`), as far as
 * they are right. Not among them: MirrorPad, whose slopes are wrong, and StridedSlice, which has none.
 */
const conditions = table<Condition>({
  ...Object.fromEntries(
    [
      ...['Placeholder', 'Const', 'Identity', 'OnesLike'],
      ...['Add', 'AddV2', 'AddN', 'BiasAdd', 'Sub', 'Mul', 'RealDiv', 'Pow'],
      ...['Conv2DBackpropInput', 'MatMul', 'MaxPool', 'FusedBatchNorm', 'FusedBatchNormV2', 'FusedBatchNormV3'],
      ...['Relu', 'Relu6', 'LeakyRelu', 'Elu', 'Selu', 'Sigmoid', 'Tanh', 'Softplus', 'Softmax', 'ClipByValue'],
      ...['Exp', 'Log', 'Log1p', 'Abs', 'Neg', 'Square', 'Sqrt', 'Rsqrt', 'Erf', 'Reciprocal'],
      ...['Sum', 'Mean', 'Max', 'Min'],
      ...['Reshape', 'Squeeze', 'ExpandDims', 'Transpose', 'Pad', 'PadV2', 'Tile', 'BroadcastTo'],
      ...['Slice', 'Split', 'ConcatV2'],
    ].map((op) => [op, always]),
  ),
  Conv2D: undilated,
  DepthwiseConv2dNative: undilated,
  AvgPool: unpadded,
  BatchMatMul: products,
  BatchMatMulV2: products,
  SquaredDifference: elementwise,
  Maximum: elementwise,
  Minimum: elementwise,
})

/**
 * What keeps a tail from being trained by TensorFlow.js on a backend, whose kernels must have been registered; to follow a
 * colon; null where nothing does. `graph` is the tail's as it is run.
 */
export function lackingSlopes(
  { graph: before, output, trained }: Pick<Tail, 'graph' | 'output' | 'trained'>,
  graph: Graph,
  backend: BackendName,
): string | null {
  if (backend === 'wasm') return 'TensorFlow.js has no slopes of convolutions there'
  if (backend === 'webgl' && !tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED'))
    return 'WebGL computes in half precision'
  const around = {
    index: indexGraph(graph),
    infos: inferShapes(graph),
    learning: new Set(trained.map(({ id }) => id)),
  }
  const nodes = dataNodes(around.index, output)
  const blocked = nodes.find(
    (node) => unsupportedReason(node, backend) !== null || conditions.get(node.op)?.(node, around) !== true,
  )
  if (blocked) return `TensorFlow.js does not hand slopes back through ${blocked.op} (“${blocked.name}”) as it should`
  // What is made of a weight once, before it runs, would stay as it is while that learns.
  const weights = nodes.flatMap(({ weight }) => weight ?? [])
  const derived = weights.find((id) => !before.weights.has(id) && sizeOf(graph.weights.get(id)?.shape ?? []) > 1)
  if (derived !== undefined) return `the weight “${derived}” is made of others`
  const left = trained.find(({ id }) => !weights.includes(id))
  return left ? `the weight “${left.id}” is no constant any more` : null
}
