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
import { missingFunction } from '../../graph/calls/missing'
import { stringAttribute } from '../../graph/lookup/attributes'
import type { Graph, GraphNode } from '../../graph/types'
import type { BackendName } from '../../types'
import { opRuns } from '../ops'
import type { OpRun } from '../ops/types'

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

/** tfjs declares that there is always one. */
const kernelOf: (kernel: string, backend: BackendName) => unknown = tf.getKernel

/**
 * Why `backend` cannot run this node, or null if it can. The backend's kernels must have been registered (its module
 * loaded): ops are registered by the converter, kernels by each backend, so both are asked.
 */
export function unsupportedReason(node: GraphNode, backend: BackendName): string | null {
  const run = opRuns.get(node.op) ?? byItself
  if (!isRunnable(node.op)) return `TensorFlow.js has no operation “${node.op}”`
  const refused = run.refused?.(node, backend) ?? null
  if (refused !== null) return refused
  if (stringAttribute(node, 'data_format', '') === 'NCDHW') {
    return `TensorFlow.js runs “${node.op}” only with channels last (NDHWC)`
  }
  const missing = (run.kernels ?? [node.op]).find((kernel) => kernelOf(kernel, backend) === undefined)
  return missing === undefined ? null : `the ${backend} backend has no kernel for “${node.op}”`
}

const byItself: OpRun = {}

/** Whether there is anything that runs an operation: the converter, compositions, or an implementation of our own. */
function isRunnable(op: string): boolean {
  const { broken, composed, own } = opRuns.get(op) ?? byItself
  return !broken && (converterOps.has(op) || composed === true || own !== undefined)
}

/** Every operation that is run on some backend, with some attributes at least. */
export const runnableOps = (): readonly string[] =>
  [...new Set([...converterOps, ...opRuns.keys()])].filter((op) => isRunnable(op))

/** A node that a backend cannot run, with the reason. */
export interface Unsupported {
  readonly node: GraphNode
  readonly reason: string
  /** Whether another backend runs it. */
  readonly elsewhere: boolean
}

/** The first node of a graph that `backend` cannot run; null where it can run them all. */
export function firstUnsupported(graph: Graph, backend: BackendName): Unsupported | null {
  const missing = missingFunction(graph.functions)
  for (const node of graph.nodes) {
    const lacking = missing(node)
    const reason = lacking ?? unsupportedReason(node, backend)
    if (reason !== null) return { node, reason, elsewhere: lacking === null && supportedAnywhere(node) === null }
  }
  return null
}

/** The reason why no backend at all can run this node, or null. The cpu backend has every kernel there is. */
export function supportedAnywhere(node: GraphNode): string | null {
  return unsupportedReason(node, 'cpu')
}

/** The same of the nodes of one graph: what runs a function that the graph lacks cannot be run either. */
export function supportedIn({ functions }: Graph): (node: GraphNode) => string | null {
  const missing = missingFunction(functions)
  return (node) => supportedAnywhere(node) ?? missing(node)
}
