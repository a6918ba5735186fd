import * as tf from '@tensorflow/tfjs-core'

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

/**
 * Does work during which no tensor made by it that is kept is disposed of. TensorFlow.js disposes of all that a function
 * made once it has run, also of what the function put into a list of tensors, which is read later: the steps of a
 * recurrent layer's loop (`GraphExecutor._executeAsync` of tfjs-converter 4.22).
 */
async function sparingKept<T>(work: () => Promise<T>): Promise<T> {
  const prototype: { dispose: (this: tf.Tensor) => void } = tf.Tensor.prototype
  const { dispose } = prototype
  // Numbers of tensors only go up.
  const { id: first } = tf.tidy(() => tf.scalar(0))
  prototype.dispose = function (): void {
    if (!this.kept || this.id < first) dispose.call(this)
  }
  try {
    return await work()
  } finally {
    prototype.dispose = dispose
  }
}
