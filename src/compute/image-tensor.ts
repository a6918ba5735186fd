import * as tf from '@tensorflow/tfjs-core'
import type { DType } from '../graph/types'
import type { ImageLayout } from './image-layout'

/**
 * Pictures as a tensor in the layout, channels and dtype that a network's input has.
 *
 * @param values `[images, height, width, 3]`, in the network's range
 */
export function imageTensor(
  values: Float32Array,
  { images, height, width }: { images: number; height: number; width: number },
  layout: ImageLayout,
  dtype: DType,
): tf.Tensor {
  return tf.tidy(() => {
    let picture: tf.Tensor = tf.tensor4d(values, [images, height, width, 3])
    if (layout.channels === 1) picture = tf.mean(picture, 3, true)
    if (layout.channelsFirst) picture = tf.transpose(picture, [0, 3, 1, 2])
    return dtype === 'float32' ? picture : tf.cast(tf.round(picture), 'int32')
  })
}
