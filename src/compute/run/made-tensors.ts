import * as tf from '@tensorflow/tfjs-core'
import { sparingKept } from './patched'

/**
 * Does work that makes tensors, one piece at a time, and disposes of all of them but those it gives; of all if it fails.
 * Also of those that TensorFlow.js keeps from being disposed of with their scope and then loses track of: a list of tensors
 * forgets elements that another took the place of, and those before its beginning or between two places.
 */
export async function keepingResults(work: () => Promise<tf.Tensor[]>): Promise<tf.Tensor[]> {
  const engine = tf.engine()
  engine.startScope('work whose results are kept')
  const made = engine.state.activeScope.track
  let results: tf.Tensor[] = []
  try {
    results = await sparingKept(work)
    return results
  } finally {
    const given = new Set(results)
    tf.dispose(made.filter((tensor) => tensor.kept && !tensor.isDisposed && !given.has(tensor)))
    engine.endScope(results)
  }
}
