import * as tf from '@tensorflow/tfjs-core'
import type { Tail } from '../../../graph/tail/types'
import { forgetFailed, sendRecorded } from '../../backends/gpu-errors'
import { readValues } from '../../backends/gpu-loss'
import type { Pace } from '../../head/pace'
import { clip, descend, type Parameter } from '../../kernels/tensor-descent'
import { asRunFailed } from '../../run/compiled-graph'
import { lossOfTargets, type BatchLoss } from '../loss'
import { notFinite, type StepLoss, type StepOptions, type StepRows } from '../step'
import type { TailLearner } from '../types'
import { TrainableGraph, type LearningVariable } from './trainable-graph'

export interface TensorLearnerOptions {
  /** The most rows of a step. */
  readonly batch: number
  /** Arrays of each weight's size that the update rule remembers. */
  readonly memories: number
}

/** A weight that learns, with what the update rule remembers of it. */
interface Learning extends LearningVariable {
  readonly memory: readonly tf.Variable[]
}

/** What a step comes to before it is taken. */
interface Step extends tf.TensorContainerObject {
  readonly next: Parameter[]
  /** Logits, one row after the other, and then the sum of squares of each weight that has a penalty. */
  readonly found: tf.Tensor
}

/**
 * A tail that learns on tfjs' current backend, by the slopes that tfjs has. Rows are filled up to the batch with some that
 * count for nothing, so that a GPU has all its programs after the first step.
 */
export class TensorLearner implements TailLearner {
  readonly batch: number
  readonly #graph: TrainableGraph
  readonly #learning: readonly Learning[]
  /** Of the maps of one photo. */
  readonly #shape: readonly number[]

  private constructor(graph: TrainableGraph, { graph: { inputs }, freeze }: Tail, options: TensorLearnerOptions) {
    this.batch = options.batch
    this.#graph = graph
    this.#shape =
      inputs
        .find(({ tensor }) => tensor === freeze)
        ?.shape?.slice(1)
        .map(Number) ?? []
    this.#learning = graph.variables.map((each) => ({
      ...each,
      memory: Array.from({ length: options.memories }, () => zeroVariable(each.weight.shape)),
    }))
  }

  /** Of a tail of which nothing lacks slopes (`lackingSlopes`). Throws CutpointError `run-failed`. */
  static async open(tail: Tail, options: TensorLearnerOptions): Promise<TensorLearner> {
    return new TensorLearner(await TrainableGraph.open(tail), tail, options)
  }

  async step(batch: StepRows, options: StepOptions): Promise<StepLoss> {
    await options.pace.yieldTurn()
    return guarded(async () => {
      const step = tf.tidy(() => this.#step(batch, options))
      try {
        const found = this.#costOf(batch, options, await readValues(step.found))
        if (!Number.isFinite(found.mean)) throw notFinite()
        this.#take(step.next)
        return found
      } finally {
        // Variables have handles of their own to what they were given.
        tf.dispose([step.found, ...step.next.flatMap(({ value, memory }) => [value, ...memory])])
      }
    })
  }

  async lossOf(batch: StepRows, pace: Pace): Promise<BatchLoss> {
    const logits = await this.logitsOf(batch.rows, batch.maps, pace)
    return lossOfTargets(logits, batch, new Float32Array(logits.length), logits.length / batch.rows.length)
  }

  async logitsOf(rows: ArrayLike<number>, maps: StepRows['maps'], pace: Pace): Promise<Float32Array> {
    await pace.yieldTurn()
    return guarded(async () => {
      const logits = tf.tidy(() => this.#graph.forward(this.#mapsOf(rows, maps)))
      try {
        const values = await readValues(logits)
        return values.slice(0, (values.length / this.batch) * rows.length)
      } finally {
        logits.dispose()
      }
    })
  }

  async weights(): Promise<Map<string, Float32Array>> {
    const values = new Map<string, Float32Array>()
    for (const { weight, variable } of this.#learning) values.set(weight.id, (await readValues(variable)).slice())
    return values
  }

  restore(weights: ReadonlyMap<string, Float32Array>): void {
    for (const { weight, variable } of this.#learning) assign(variable, weights.get(weight.id))
  }

  async memories(): Promise<Map<string, Float32Array[]>> {
    const values = new Map<string, Float32Array[]>()
    for (const { weight, memory } of this.#learning) {
      const own: Float32Array[] = []
      for (const each of memory) own.push((await readValues(each)).slice())
      values.set(weight.id, own)
    }
    return values
  }

  remember(memories: ReadonlyMap<string, readonly Float32Array[]>): void {
    for (const { weight, memory } of this.#learning) {
      memory.forEach((own, at) => assign(own, memories.get(weight.id)?.[at]))
    }
  }

  dispose(): void {
    this.#graph.dispose()
    tf.dispose(this.#learning.flatMap(({ memory }) => [...memory]))
  }

  /** Rows filled up to the batch with the first again. */
  #mapsOf(rows: ArrayLike<number>, maps: StepRows['maps']): tf.Tensor {
    const length = this.#shape.reduce((product, size) => product * size, 1)
    const values = new Float32Array(this.batch * length)
    for (let at = 0; at < this.batch; at++) values.set(maps(rows[at < rows.length ? at : 0]), at * length)
    return tf.tensor(values, [this.batch, ...this.#shape])
  }

  #step(batch: StepRows, { descent, decay, clip: most }: StepOptions): Step {
    const maps = this.#mapsOf(batch.rows, batch.maps)
    const kept: tf.Tensor[] = []
    const variables = this.#learning.map(({ variable }) => variable)
    const { grads } = tf.variableGrads(() => {
      const logits = this.#graph.forward(maps)
      const wanted = tf.tensor2d(wantedOf(batch, logits.size, this.batch), [this.batch, logits.size / this.batch])
      const loss = tf.neg<tf.Scalar>(tf.sum(tf.mul(tf.logSoftmax(logits), wanted)))
      kept.push(tf.keep(tf.clone(logits)))
      return loss
    }, variables)
    const squares: tf.Tensor[] = []
    const gradients = this.#learning.map(({ weight, variable }) => {
      const factor = decay.get(weight.id) ?? 0
      if (factor === 0) return grads[variable.name]
      squares.push(tf.reshape(tf.sum(tf.square(variable)), [1]))
      return tf.add(grads[variable.name], tf.mul(variable, factor))
    })
    const clipped = most === null ? gradients : clip(gradients, most)
    const next = this.#learning.map(({ weight, variable, memory }, at) =>
      descend(descent(weight.id), { value: variable, memory: [...memory] }, clipped[at]),
    )
    const found = tf.concat([...kept.map((logits) => tf.reshape(logits, [-1])), ...squares])
    tf.dispose(kept)
    return { next, found }
  }

  /** What a step's rows cost before it, from what was read of it. */
  #costOf(batch: StepRows, { decay }: StepOptions, found: Float32Array): StepLoss {
    const factors = this.#learning.flatMap(({ weight }) => {
      const factor = decay.get(weight.id) ?? 0
      return factor === 0 ? [] : [factor]
    })
    const end = found.length - factors.length
    const cost = lossOfTargets(found.subarray(0, end), batch, new Float32Array(end), end / this.batch)
    const penalty = factors.reduce((sum, factor, at) => sum + (factor / 2) * found[end + at], 0)
    return { ...cost, mean: cost.loss / batch.rows.length + penalty }
  }

  #take(next: readonly Parameter[]): void {
    next.forEach(({ value, memory }, at) => {
      const own = this.#learning[at]
      own.variable.assign(value)
      memory.forEach((each, place) => own.memory[place].assign(each))
    })
  }
}

const zeroVariable = (shape: readonly number[]): tf.Variable => tf.tidy(() => tf.variable(tf.zeros([...shape]), false))

function assign(variable: tf.Variable, values: Float32Array | undefined): void {
  if (values) tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)))
}

/** How much each row counts, divided by their number, in the columns of its classes; rows that fill up count for nothing. */
function wantedOf({ labels, weights, mixed }: StepRows, size: number, batch: number): Float32Array {
  const wanted = new Float32Array(size)
  labels.forEach((label, row) => {
    const weight = (weights?.[row] ?? 1) / labels.length
    const share = mixed?.shares[row] ?? 0
    wanted[(row * size) / batch + label] = weight * (1 - share)
    if (mixed) wanted[(row * size) / batch + mixed.others[row]] += weight * share
  })
  return wanted
}

/** Does work on the backend; what was recorded before is sent off first, and what is left of work that failed is forgotten. */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  sendRecorded()
  try {
    return await work()
  } catch (error) {
    forgetFailed()
    throw asRunFailed(error)
  }
}
