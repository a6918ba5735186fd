import * as tf from '@tensorflow/tfjs-core'
import type { Descent } from './kernel'

export interface Parameter extends tf.TensorContainerObject {
  readonly value: tf.Tensor
  /** What the update rule remembers of it. */
  readonly memory: tf.Tensor[]
}

/** A parameter after one step by its gradient. */
export function descend(descent: Descent, { value, memory }: Parameter, gradient: tf.Tensor): Parameter {
  switch (descent.rule) {
    case 'sgd':
      return { value: tf.sub(value, tf.mul(gradient, descent.rate)), memory: [] }
    case 'momentum': {
      const velocity = tf.sub(tf.mul(memory[0], descent.decay), tf.mul(gradient, descent.rate))
      return { value: tf.add(value, velocity), memory: [velocity] }
    }
    case 'rmsprop': {
      const square = mixed(memory[0], tf.square(gradient), descent.decay)
      const change = tf.div(tf.mul(gradient, descent.rate), tf.sqrt(tf.add(square, descent.epsilon)))
      return { value: tf.sub(value, change), memory: [square] }
    }
    case 'adam': {
      const first = mixed(memory[0], gradient, descent.first)
      const second = mixed(memory[1], tf.square(gradient), descent.second)
      const change = tf.div(tf.mul(first, descent.rate), tf.add(tf.sqrt(second), descent.epsilon))
      return { value: tf.sub(value, change), memory: [first, second] }
    }
  }
}

/** decay · old + (1 − decay) · fresh */
function mixed(old: tf.Tensor, fresh: tf.Tensor, decay: number): tf.Tensor {
  return tf.add(tf.mul(old, decay), tf.mul(fresh, 1 - decay))
}

/** A parameter that has lost a share of its value. */
export function decay({ value, memory }: Parameter, share: number): Parameter {
  return { value: tf.mul(value, 1 - share), memory }
}

/** Gradients that together are of that length at most: all are divided by one number where they are longer. */
export function clip(gradients: readonly tf.Tensor[], most: number): tf.Tensor[] {
  const squares = gradients.map((gradient) => tf.sum(tf.square(gradient)))
  const norm = tf.sqrt(tf.addN(squares))
  const factor = tf.div(most, tf.maximum(norm, most))
  return gradients.map((gradient) => tf.mul(gradient, factor))
}
