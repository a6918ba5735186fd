import * as tf from '@tensorflow/tfjs-core'
import { DenseNetwork, type LayerWeights } from '../network'
import { pick, upload } from '../rows'
import type { UpdateRule } from '../update-rules'

/** What tools/fixtures/dense-head/make.py writes. */
export interface KerasRun {
  readonly length: number
  readonly classes: number
  readonly batch: number
  readonly rate: number
  /** Float32 in base64, here and in the layers. */
  readonly features: string
  readonly labels: readonly number[]
  /** Rows in the order they were trained on. */
  readonly order: readonly number[]
  readonly layers: readonly { kernel: string; bias: string }[]
  /** Loss of each step's batch before the step. */
  readonly losses: Record<UpdateRule, readonly number[]>
}

/** The losses of the same steps from the same weights, on the current backend. */
export async function followKeras(run: KerasRun, rule: UpdateRule): Promise<number[]> {
  const layers: LayerWeights[] = run.layers.map(({ kernel, bias }) => ({ kernel: decode(kernel), bias: decode(bias) }))
  const labels = Int32Array.from(run.labels)
  const asTheyAre = { mean: new Float64Array(run.length), scale: new Float64Array(run.length).fill(1) }
  const rows = upload(
    { features: decode(run.features), labels },
    asTheyAre,
    new Float32Array(labels.length).fill(1),
    run.classes,
  )
  const network = new DenseNetwork(layers, { rule, rate: run.rate, dropout: 0, seed: 0 })
  const losses: number[] = []
  for (let first = 0; first < run.order.length; first += run.batch) {
    const batch = pick(rows, Int32Array.from(run.order.slice(first, first + run.batch)))
    const sums = network.step(batch)
    losses.push((await sums.loss.data())[0] / run.batch)
    tf.dispose([batch, sums])
  }
  network.dispose()
  tf.dispose(rows)
  return losses
}

function decode(text: string): Float32Array {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  return new Float32Array(bytes.buffer)
}
