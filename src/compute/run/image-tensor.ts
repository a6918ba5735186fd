import * as tf from '@tensorflow/tfjs-core'
import type { DType } from '../../graph/types'
import type { ImageLayout } from '../../graph/image/layout'

/**
 * Pictures as a tensor in the layout and dtype that a network's input has.
 *
 * @param values `[images, height, width, channels]`, in the network's range
 */
export function imageTensor(
  values: Float32Array,
  { images, height, width }: { images: number; height: number; width: number },
  layout: ImageLayout,
  dtype: DType,
): tf.Tensor {
  return tf.tidy(() => {
    const { channels, axes } = layout
    let picture: tf.Tensor = tf.tensor4d(values, [images, height, width, channels])
    if (axes === 'first') picture = tf.transpose(picture, [0, 3, 1, 2])
    if (axes === 'plane') picture = tf.reshape(picture, [images, height, width])
    if (axes === 'flat') picture = tf.reshape(picture, [images, -1])
    return dtype === 'float32' ? picture : tf.cast(tf.round(picture), 'int32')
  })
}
