import * as tf from '@tensorflow/tfjs-core'
import { readValues } from '../../../compute/backends/gpu-loss'
import { uniform } from '../../../random'
import type { Mixture } from '../../../compute/head/mixing/mixture'
import type { Steps, StepsOptions, Sums } from './steps'
import { mixBatch, pick, sumsOf, upload, type Batch, type BatchSums } from './tensor-batch'
import { clip, decay, descend, type Parameter } from '../../../compute/kernels/tensor-descent'
import { descentOf, memories } from '../../../compute/kernels/update-rules'
import type { LayerWeights } from './weights'

/** Calls after which the backend is waited for, so that a cancel does not find a long queue. */
const callsAhead = 8

interface TensorLayer {
  readonly values: tf.Tensor
  /** By what relu and dropout multiplied each value; null where nothing was held back. */
  readonly passed: tf.Tensor | null
}

/** Steps on the current backend, with the gradients written out. It holds its tensors until `dispose`. */
export class TensorSteps implements Steps {
  readonly #options: StepsOptions
  readonly #random: () => number
  readonly #training: Batch
  readonly #held: Batch | null
  /** Kernel and bias of each layer by turns. */
  #parameters: Parameter[]
  #best: tf.Tensor[] = []
  /** Not yet read. */
  #waiting: BatchSums[] = []
  #sums: Sums = { loss: 0, correct: 0 }
  #taken = 0

  constructor(options: StepsOptions) {
    const { layers, rule, seed, training, held, labelSmoothing } = options
    this.#options = options
    this.#random = uniform(seed)
    const remembered = Array.from({ length: memories[rule] })
    this.#parameters = layers
      .flatMap(({ kernel, bias }) => [
        tf.tensor2d(kernel, [kernel.length / bias.length, bias.length]),
        tf.tensor1d(bias),
      ])
      .map((value) => ({ value, memory: remembered.map(() => tf.zerosLike(value)) }))
    const classes = layers[layers.length - 1].bias.length
    this.#training = upload(training, classes, labelSmoothing)
    this.#held = held && upload(held, classes, labelSmoothing)
  }

  get taken(): number {
    return this.#taken
  }

  async step(rows: Int32Array, mixture: Mixture | null): Promise<void> {
    const before = this.#parameters
    this.#taken += 1
    const { rule, dropout, weightDecay, clipNorm } = this.#options
    const rate = this.#options.rate(this.#taken - 1)
    const descent = descentOf(rule, rate, this.#taken)
    const { parameters, sums } = tf.tidy(() => {
      const picked = pick(this.#training, rows)
      const batch = mixture ? mixBatch(picked, this.#options.training, rows, mixture) : picked
      const layers = this.#forward(batch.features, dropout)
      const { gradients, sums } = this.#backward(layers, batch)
      const clipped = clipNorm > 0 ? clip(gradients, clipNorm) : gradients
      const parameters = before.map((parameter, index) => {
        // Kernels alone: every second parameter is a bias.
        const decayed = index % 2 === 0 && weightDecay > 0 ? decay(parameter, rate * weightDecay) : parameter
        return descend(descent, decayed, clipped[index])
      })
      return { parameters, sums }
    })
    this.#parameters = parameters
    tf.dispose(before)
    await this.#add(sums)
  }

  async evaluate(rows: Int32Array): Promise<void> {
    const held = this.#held
    if (!held) return
    const sums = tf.tidy(() => {
      const batch = pick(held, rows)
      const layers = this.#forward(batch.features, 0)
      return sumsOf(tf.logSoftmax(layers[layers.length - 1].values), batch)
    })
    await this.#add(sums)
  }

  async sums(): Promise<Sums> {
    await this.#settle()
    const sums = this.#sums
    this.#sums = { loss: 0, correct: 0 }
    return sums
  }

  keepBest(): void {
    tf.dispose(this.#best)
    this.#best = this.#parameters.map(({ value }) => tf.clone(value))
  }

  async best(): Promise<LayerWeights[]> {
    const values = await Promise.all(this.#best.map(readValues))
    return Array.from({ length: values.length / 2 }, (_, layer) => ({
      kernel: values[2 * layer],
      bias: values[2 * layer + 1],
    }))
  }

  dispose(): void {
    tf.dispose([...this.#parameters, ...this.#best, ...this.#waiting, this.#training])
    if (this.#held) tf.dispose(this.#held)
  }

  async #add(sums: BatchSums): Promise<void> {
    this.#waiting.push(sums)
    if (this.#waiting.length >= callsAhead) await this.#settle()
  }

  /** Waits for what the backend still has to do. */
  async #settle(): Promise<void> {
    const settled = this.#waiting
    this.#waiting = []
    try {
      const values = await Promise.all(
        settled.map(async (sums) => [await readValues(sums.loss), await readValues(sums.correct)]),
      )
      for (const [[loss], [correct]] of values) {
        this.#sums = { loss: this.#sums.loss + loss, correct: this.#sums.correct + correct }
      }
    } finally {
      tf.dispose(settled)
    }
  }

  /** Each layer's values, and what of them was let through by relu and dropout. */
  #forward(features: tf.Tensor2D, dropout: number): TensorLayer[] {
    const layers: TensorLayer[] = [{ values: features, passed: null }]
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
  #backward(layers: readonly TensorLayer[], batch: Batch): { gradients: tf.Tensor[]; sums: BatchSums } {
    const rows = batch.features.shape[0]
    const logProbabilities = tf.logSoftmax(layers[layers.length - 1].values as tf.Tensor2D)
    const gradients: tf.Tensor[] = []
    let upstream: tf.Tensor = tf.mul(tf.sub(tf.exp(logProbabilities), batch.targets), tf.div(batch.weights, rows))
    for (let index = layers.length - 2; index >= 0; index--) {
      const input = layers[index]
      gradients.unshift(tf.matMul(input.values, upstream, true, false), tf.sum(upstream, 0))
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
