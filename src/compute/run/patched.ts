import * as tf from '@tensorflow/tfjs-core'
import { createPace } from '../head/pace'

/** The methods of tensors that are other ones while a graph runs. */
interface Methods {
  dispose: (this: tf.Tensor) => void
  data: (this: tf.Tensor) => Promise<tf.backend_util.TypedArray>
}

/**
 * Does work during which no tensor made by it that is kept is disposed of. TensorFlow.js disposes of all that a function
 * made once it has run, also of what the function put into a list of tensors, which is read later: the steps of a
 * recurrent layer's loop (`GraphExecutor._executeAsync` of tfjs-converter 4.22).
 */
export async function sparingKept<T>(work: () => Promise<T>): Promise<T> {
  const methods = tf.Tensor.prototype as unknown as Methods
  const { dispose } = methods
  // Numbers of tensors only go up.
  const { id: first } = tf.tidy(() => tf.scalar(0))
  methods.dispose = function () {
    if (!this.kept || this.id < first) dispose.call(this)
  }
  try {
    return await work()
  } finally {
    methods.dispose = dispose
  }
}

/**
 * Does work that lets messages in whenever it reads a tensor, as each round of a loop does to know whether another one
 * comes, and rejects with what `checkCancelled` throws: a loop that never ends can be cancelled.
 */
export async function yieldingWhenRead<T>(checkCancelled: () => void, work: () => Promise<T>): Promise<T> {
  const methods = tf.Tensor.prototype as unknown as Methods
  const { data } = methods
  const pace = createPace(checkCancelled)
  methods.data = async function () {
    const values = await data.call(this)
    await pace.yieldTurn()
    return values
  }
  try {
    return await work()
  } finally {
    methods.data = data
  }
}
