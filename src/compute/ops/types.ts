import type { Tensor } from '@tensorflow/tfjs-core'
import type { registerOp } from '@tensorflow/tfjs-converter'
import type { GraphNode } from '../../graph/types'
import type { BackendName } from '../../types'

/** How a node of an operation of our own comes; what tfjs declares of it is not exported. */
export type OpNode = Parameters<Parameters<typeof registerOp>[1]>[0]

/** How one operation is run. What is not said of it is as TensorFlow.js has it: one kernel of its own name. */
export interface OpRun {
  /**
   * Kernels that it comes down to, where they are not one of its own name; an empty list where it only carries or describes
   * values, or runs on values that are read. Source: tfjs-converter 4.22, `operations/executors`, and the tfjs-core ops they
   * call.
   */
  readonly kernels?: readonly string[]
  /** Whether TensorFlow.js lacks it, and its entry in src/graph/ops always composes it of others before anything runs. */
  readonly composed?: true
  /** An implementation of our own, in place of TensorFlow.js' or where that has none. */
  readonly own?: (node: OpNode) => Tensor | Tensor[] | Promise<Tensor[]>
  /** Whether the converter lists it, but hands on or gives back other values than TensorFlow. */
  readonly broken?: true
  /** Why a backend does not run a node of it, measured by src/compute/conformance; null where it does. */
  readonly refused?: (node: GraphNode, backend: BackendName) => string | null
  /** Whether the sizes of its results, or even whether it runs, is known only while running: tfjs runs it asynchronously. */
  readonly dynamic?: true
}
