import * as tf from '@tensorflow/tfjs-core'
import { uniform } from '../../../random'
import { memories, update, type UpdateRule } from './update-rules'

/** Weights of one layer. */
export interface LayerWeights {
  /** `[inputs, outputs]`, row major. */
  readonly kernel: Float32Array
  /** `[outputs]` */
  readonly bias: Float32Array
}

/** Rows that go through together. */
export interface Batch extends tf.NamedTensorMap {
  /** `[rows, features]` */
  readonly features: tf.Tensor2D
  /** `[rows, labels]`: one in the column of the row's label. */
  readonly targets: tf.Tensor2D
  /** `[rows, 1]`: how much a row counts, 1 on average. */
  readonly weights: tf.Tensor2D
}

/** Sums over the rows of a batch; the caller disposes of them. */
export interface Sums extends tf.NamedTensorMap {
  /** Of the cross-entropies, weighted. */
  readonly loss: tf.Scalar
  /** Rows whose label is the most likely one. */
  readonly correct: tf.Scalar
}

export interface Training {
  readonly rule: UpdateRule
  readonly rate: number
  /** Share of each hidden layer's values that is left out in a step. */
  readonly dropout: number
  readonly seed: number
}

interface Parameter extends tf.TensorContainerObject {
  readonly value: tf.Tensor
  /** What the update rule remembers of it. */
  readonly memory: tf.Tensor[]
}

/** Weights for a network of these widths, from features to labels: Glorot's uniform kernels, and biases of zero, as in Keras. */
export function glorotWeights(widths: readonly number[], seed: number): LayerWeights[] {
  const random = uniform(seed)
  return widths.slice(1).map((outputs, layer) => {
    const inputs = widths[layer]
    const limit = Math.sqrt(6 / (inputs + outputs))
    const kernel = Float32Array.from({ length: inputs * outputs }, () => limit * (2 * random() - 1))
    return { kernel, bias: new Float32Array(outputs) }
  })
}

/**
 * Dense layers with relu between them and softmax at the end, on the current backend, with the gradients of the
 * cross-entropy written out. It holds its tensors until `dispose`.
 */
export class DenseNetwork {
  readonly #training: Training
  readonly #random: () => number
  /** Kernel and bias of each layer by turns. */
  #parameters: Parameter[]
  #best: tf.Tensor[] = []
  #steps = 0

  constructor(layers: readonly LayerWeights[], training: Training) {
    this.#training = training
    this.#random = uniform(training.seed)
    const remembered = Array.from({ length: memories[training.rule] })
    this.#parameters = layers
      .flatMap(({ kernel, bias }) => [
        tf.tensor2d(kernel, [kernel.length / bias.length, bias.length]),
        tf.tensor1d(bias),
      ])
      .map((value) => ({ value, memory: remembered.map(() => tf.zerosLike(value)) }))
  }

  get steps(): number {
    return this.#steps
  }

  /** One step down the gradient of the batch's mean loss; gives the sums from before it. */
  step(batch: Batch): Sums {
    const before = this.#parameters
    this.#steps += 1
    const { parameters, sums } = tf.tidy(() => {
      const layers = this.#forward(batch.features, this.#training.dropout)
      const { gradients, sums } = this.#backward(layers, batch)
      const { rule, rate } = this.#training
      const parameters = before.map(({ value, memory }, index) =>
        update(rule, rate, this.#steps, value, gradients[index], memory),
      )
      return { parameters, sums }
    })
    this.#parameters = parameters
    tf.dispose(before)
    return sums
  }

  /** What the network says of rows, without learning from them. */
  evaluate(batch: Batch): Sums {
    return tf.tidy(() => {
      const logits = this.#forward(batch.features, 0).at(-1)?.values as tf.Tensor2D
      return sumsOf(tf.logSoftmax(logits), batch)
    })
  }

  /** Remembers the weights as they are. */
  keepBest(): void {
    tf.dispose(this.#best)
    this.#best = this.#parameters.map(({ value }) => tf.clone(value))
  }

  /** The weights of the last `keepBest`. */
  async best(): Promise<LayerWeights[]> {
    const values = await Promise.all(this.#best.map((value) => value.data<'float32'>()))
    return Array.from({ length: values.length / 2 }, (_, layer) => ({
      kernel: values[2 * layer],
      bias: values[2 * layer + 1],
    }))
  }

  dispose(): void {
    tf.dispose([...this.#parameters, ...this.#best])
  }

  /** Each layer's values, and what of them was let through by relu and dropout. */
  #forward(features: tf.Tensor2D, dropout: number): Layer[] {
    const layers: Layer[] = [{ values: features, passed: null }]
    for (let index = 0; index < this.#parameters.length; index += 2) {
      const [kernel, bias] = [this.#parameters[index].value, this.#parameters[index + 1].value]
      const input = layers[layers.length - 1].values
      const sums = tf.add(tf.matMul(input, kernel as tf.Tensor2D), bias)
      const isLast = index + 2 === this.#parameters.length
      if (isLast) layers.push({ values: sums, passed: null })
      else {
        const positive = tf.cast(tf.greater(sums, 0), 'float32')
        const passed = dropout > 0 ? tf.mul(positive, this.#dropoutMask(sums.shape, dropout)) : positive
        layers.push({ values: tf.mul(sums, passed), passed })
      }
    }
    return layers
  }

  /** The sums of the batch, and the gradient of its mean loss for every parameter. */
  #backward(layers: readonly Layer[], batch: Batch): { gradients: tf.Tensor[]; sums: Sums } {
    const rows = batch.features.shape[0]
    const logProbabilities = tf.logSoftmax(layers[layers.length - 1].values as tf.Tensor2D)
    const gradients: tf.Tensor[] = []
    let upstream: tf.Tensor = tf.mul(tf.sub(tf.exp(logProbabilities), batch.targets), tf.div(batch.weights, rows))
    for (let index = layers.length - 2; index >= 0; index--) {
      const input = layers[index]
      // Transposed by itself: wasm multiplies what is given as transposed without SIMD.
      gradients.unshift(tf.matMul(tf.transpose(input.values), upstream), tf.sum(upstream, 0))
      if (!input.passed) break
      const kernel = this.#parameters[2 * index].value
      upstream = tf.mul(tf.matMul(upstream, kernel, false, true), input.passed)
    }
    return { gradients, sums: sumsOf(logProbabilities, batch) }
  }

  /** Zero for what is left out, else what makes up for it, from the network's own seed: backends' seeds differ. */
  #dropoutMask(shape: number[], dropout: number): tf.Tensor {
    const size = shape.reduce((product, length) => product * length, 1)
    const mask = new Float32Array(size)
    const kept = 1 / (1 - dropout)
    for (let index = 0; index < size; index++) mask[index] = this.#random() < dropout ? 0 : kept
    return tf.tensor(mask, shape)
  }
}

interface Layer {
  readonly values: tf.Tensor
  /** null where nothing was held back. */
  readonly passed: tf.Tensor | null
}

function sumsOf(logProbabilities: tf.Tensor, { targets, weights }: Batch): Sums {
  const ofRows = tf.sum(tf.mul(logProbabilities, targets), 1, true)
  const right = tf.equal(tf.argMax(logProbabilities, 1), tf.argMax(targets, 1))
  return { loss: tf.neg(tf.sum(tf.mul(ofRows, weights))), correct: tf.sum(tf.cast(right, 'float32')) }
}
