/** Values of the inputs that are not the picture's, for as many pictures as go in. */
import * as tf from '@tensorflow/tfjs-core'
import type { TensorInfo } from '../../graph/types'
import type { TensorValue } from '../../types'
import { toTensor } from './tensors'

/** The value of an input: on the backend, and whether it holds for one picture, so that each picture needs it. */
interface OtherFeed {
  readonly tensor: tf.Tensor
  readonly perPicture: boolean
}

/** Whether an input counts pictures by its first dimension, and its value is of one of them. */
const isOfOnePicture = ({ shape }: TensorInfo, value: TensorValue): boolean =>
  shape !== null && shape.length > 0 && shape[0] === null && value.shape[0] === 1

/** Values of inputs beside the picture's, on the current backend; they live until `dispose`. */
export class OtherFeeds {
  readonly #feeds: ReadonlyMap<string, OtherFeed>

  constructor(values: Iterable<readonly [string, TensorValue]>, infos: ReadonlyMap<string, TensorInfo>) {
    this.#feeds = new Map(
      [...values].map(([name, value]) => {
        const info = infos.get(name) ?? { shape: null, dtype: 'unknown' }
        return [name, { tensor: toTensor(name, value), perPicture: isOfOnePicture(info, value) }]
      }),
    )
  }

  /** Whether a value is repeated for each picture of a batch. */
  get repeats(): boolean {
    return [...this.#feeds.values()].some(({ perPicture }) => perPicture)
  }

  /** The values for so many pictures, by the names of their tensors; the caller disposes of them. */
  forPictures(images: number): Map<string, tf.Tensor> {
    return new Map(
      [...this.#feeds].map(([name, { tensor, perPicture }]) => [
        name,
        perPicture && images > 1
          ? tf.tile(
              tensor,
              tensor.shape.map((_, axis) => (axis === 0 ? images : 1)),
            )
          : tf.clone(tensor),
      ]),
    )
  }

  dispose(): void {
    tf.dispose([...this.#feeds.values()].map(({ tensor }) => tensor))
  }
}
