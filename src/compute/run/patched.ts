import * as tf from '@tensorflow/tfjs-core'
import { createPace, type Pace } from '../head/pace'

/** The methods of tensors that are other ones while graphs run. */
interface Methods {
  dispose: (this: tf.Tensor) => void
  data: (this: tf.Tensor) => Promise<tf.backend_util.TypedArray>
}

/** Of each run that goes on: the number from which its tensors are counted. */
const sparing = new Set<{ readonly first: number }>()
/** Of each run that goes on in which loops may be. */
const yielding = new Set<Pace>()

/**
 * Does work during which no tensor made by it that is kept is disposed of. TensorFlow.js disposes of all that a function
 * made once it has run, also of what the function put into a list of tensors, which is read later: the steps of a
 * recurrent layer's loop (`GraphExecutor._executeAsync` of tfjs-converter 4.22).
 */
export async function sparingKept<T>(work: () => Promise<T>): Promise<T> {
  // Numbers of tensors only go up.
  const { id: first } = tf.tidy(() => tf.scalar(0))
  return during(sparing, { first }, work)
}

/**
 * Does work that lets messages in whenever it reads a tensor, as each round of a loop does to know whether another one
 * comes, and rejects with what `checkCancelled` throws: a loop that never ends can be cancelled.
 */
export function yieldingWhenRead<T>(checkCancelled: () => void, work: () => Promise<T>): Promise<T> {
  return during(yielding, createPace(checkCancelled), work)
}

/** Does work with `entry` in the set, and the methods replaced as long as anything is in the sets. */
async function during<Entry, T>(set: Set<Entry>, entry: Entry, work: () => Promise<T>): Promise<T> {
  if (sparing.size + yielding.size === 0) replaceMethods()
  set.add(entry)
  try {
    return await work()
  } finally {
    set.delete(entry)
    if (sparing.size + yielding.size === 0) restoreMethods()
  }
}

let restoreMethods = (): void => undefined

function replaceMethods(): void {
  const methods = tf.Tensor.prototype as unknown as Methods
  const { dispose, data } = methods
  methods.dispose = function () {
    const isSpared = this.kept && [...sparing].some(({ first }) => this.id >= first)
    if (!isSpared) dispose.call(this)
  }
  methods.data = async function () {
    const values = await data.call(this)
    for (const pace of yielding) await pace.yieldTurn()
    return values
  }
  restoreMethods = () => {
    methods.dispose = dispose
    methods.data = data
  }
}
