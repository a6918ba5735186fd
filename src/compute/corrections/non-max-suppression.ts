import * as tf from '@tensorflow/tfjs-core'
import { readValues } from '../backends/gpu-loss'
import type { OpNode } from '../ops/types'
import { suppress } from './suppression'

/**
 * A suppression of our own in the place of tfjs', which is no backend's kernel: it runs on values that are read. tfjs' drops
 * boxes that TensorFlow keeps: those whose scores are only to be lowered, and those that overlap just by the threshold; it
 * pads to no more than the number of boxes, and lacks the third result.
 */
export const suppression =
  (version: 2 | 3 | 4 | 5) =>
  async ({ inputs, attrs }: OpNode): Promise<tf.Tensor[]> => {
    const [boxes, scores, most, overlap, least, sigma] = inputs
    const number = async (tensor: tf.Tensor): Promise<number> => (await readValues(tensor))[0]
    const maxOutputSize = await number(most)
    const chosen = suppress(await readValues(boxes), await readValues(scores), {
      maxOutputSize,
      iouThreshold: await number(overlap),
      scoreThreshold: version === 2 ? -Infinity : await number(least),
      softSigma: version === 5 ? await number(sigma) : 0,
    })
    const count = chosen.indices.length
    const length = attrs.pad_to_max_output_size === true ? maxOutputSize : count
    const indices = tf.tensor1d(padded(Int32Array, chosen.indices, length), 'int32')
    if (version === 4) return [indices, tf.scalar(count, 'int32')]
    if (version !== 5) return [indices]
    return [indices, tf.tensor1d(padded(Float32Array, chosen.scores, length)), tf.scalar(count, 'int32')]
  }

function padded<T extends Int32Array | Float32Array>(
  type: new (length: number) => T,
  values: readonly number[],
  length: number,
): T {
  const all = new type(length)
  all.set(values)
  return all
}
