import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import type { Evaluate, Evaluated } from '../../graph/optimise'
import { CompiledGraph } from './compiled-graph'

/**
 * Runs a graph of constants on the cpu backend, where every op is, and leaves the backend that was current as it was.
 * Throws CutpointError `run-failed` where an op cannot be run.
 */
export const evaluateConstants: Evaluate = async (graph, weights) => {
  const before = tf.getBackend()
  await tf.setBackend('cpu')
  try {
    const compiled = await CompiledGraph.compile(graph, weights)
    let results: tf.Tensor[] = []
    try {
      results = await compiled.run(new Map())
      return await Promise.all(results.map(valueOf))
    } finally {
      tf.dispose(results)
      compiled.dispose()
    }
  } finally {
    // There may have been none yet.
    if (before !== 'cpu' && before in tf.engine().registry) await tf.setBackend(before)
  }
}

async function valueOf(tensor: tf.Tensor): Promise<Evaluated> {
  const { dtype, shape } = tensor
  if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') throw new Error(`no constants of ${dtype}`)
  const data: Float32Array | Int32Array | Uint8Array = await tensor.data()
  // Copies: the results may share memory with what is disposed of, and Cast leaves the old array under the new dtype
  // (tfjs-backend-cpu 4.22, kernels/Cast.ts).
  return { dtype, shape, values: arrays[dtype].from(data) }
}

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array }
