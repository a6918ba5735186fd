import * as tf from '@tensorflow/tfjs-core'
import type { HeadOptions } from '../../../types'

export type UpdateRule = Extract<HeadOptions, { kind: 'dense' }>['optimizer']

/** Keras' defaults (https://keras.io/api/optimizers/). */
const momentum = 0.9
const adamDecay = { first: 0.9, second: 0.999 }
const rmspropDecay = 0.9
const epsilon = 1e-7

/** Moving averages that a rule remembers for each weight. */
export const memories: Record<UpdateRule, number> = { adam: 2, sgd: 0, momentum: 1, rmsprop: 1 }

export interface Updated extends tf.TensorContainerObject {
  readonly value: tf.Tensor
  readonly memory: tf.Tensor[]
}

/** A weight after one step down its gradient, as Keras' optimizer of that name takes it; `step` counts from 1. */
export function update(
  rule: UpdateRule,
  rate: number,
  step: number,
  value: tf.Tensor,
  gradient: tf.Tensor,
  memory: readonly tf.Tensor[],
): Updated {
  switch (rule) {
    case 'sgd':
      return { value: tf.sub(value, tf.mul(gradient, rate)), memory: [] }
    case 'momentum': {
      const velocity = tf.sub(tf.mul(memory[0], momentum), tf.mul(gradient, rate))
      return { value: tf.add(value, velocity), memory: [velocity] }
    }
    case 'rmsprop': {
      const square = mixed(memory[0], tf.square(gradient), rmspropDecay)
      return {
        value: tf.sub(value, tf.div(tf.mul(gradient, rate), tf.sqrt(tf.add(square, epsilon)))),
        memory: [square],
      }
    }
    case 'adam': {
      const first = mixed(memory[0], gradient, adamDecay.first)
      const second = mixed(memory[1], tf.square(gradient), adamDecay.second)
      const corrected = (rate * Math.sqrt(1 - adamDecay.second ** step)) / (1 - adamDecay.first ** step)
      const change = tf.div(tf.mul(first, corrected), tf.add(tf.sqrt(second), epsilon))
      return { value: tf.sub(value, change), memory: [first, second] }
    }
  }
}

/** decay · old + (1 − decay) · fresh */
function mixed(old: tf.Tensor, fresh: tf.Tensor, decay: number): tf.Tensor {
  return tf.add(tf.mul(old, decay), tf.mul(fresh, 1 - decay))
}
