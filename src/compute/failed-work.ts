import * as tf from '@tensorflow/tfjs-core'
import { CutpointError } from '../errors'

/**
 * Does work, one piece at a time. If it fails, `onFailed` is called and all tensors made meanwhile are disposed of: what
 * TensorFlow.js leaves behind when it throws is nobody else's to find.
 */
export async function disposingIfFailed<T>(work: () => T | Promise<T>, onFailed: () => void): Promise<T> {
  const engine = tf.engine()
  engine.startScope('work that may fail')
  const made = engine.state.activeScope.track
  try {
    const result = await work()
    // From now on they are whose they are.
    made.length = 0
    return result
  } catch (error) {
    // Who is cancelled puts away what was begun, and what is compiled is good for the next time.
    if (error instanceof CutpointError && error.code === 'cancelled') {
      made.length = 0
      throw error
    }
    onFailed()
    // Also those that TensorFlow.js keeps from being disposed of with their scope, as those of its lists of tensors.
    tf.dispose(made.filter((tensor) => tensor.kept && !tensor.isDisposed))
    throw error
  } finally {
    engine.endScope()
  }
}
