import * as tf from '@tensorflow/tfjs-core'
import type { Tail } from '../../../../graph/tail/types'
import type { BackendName } from '../../../../types'
import { readValues } from '../../../backends/gpu-loss'
import { apart, type GradientCase, type Stored } from '../../testing/packed'
import { lackingSlopes } from '../lacking'
import { asRun, TrainableGraph } from '../trainable-graph'

export interface FoundSlopes {
  /** Why TensorFlow.js is not to be used. */
  readonly lacks: string | null
  /** How far what it gives is from TensorFlow, forward or back, at most; infinite where it throws. */
  readonly apart: number
}

/** What TensorFlow.js on its current backend makes of a case. */
export async function slopesByTensors(
  tail: Tail,
  each: GradientCase,
  values: (stored: Stored) => Float32Array,
  backend: BackendName,
): Promise<FoundSlopes> {
  const lacks = lackingSlopes(tail, (await asRun(tail)).graph, backend)
  try {
    return { lacks, apart: await mostApart(tail, each, values) }
  } catch {
    return { lacks, apart: Infinity }
  }
}

async function mostApart(
  tail: Tail,
  { maps, output, slopes, gradients }: GradientCase,
  values: (stored: Stored) => Float32Array,
): Promise<number> {
  const graph = await TrainableGraph.open(tail)
  const fed = [maps, slopes].map((stored) => tf.tensor(values(stored), [...stored.shape]))
  try {
    const y = tf.tidy(() => graph.forward(fed[0]))
    const found = [apart(await readValues(y), values(output))]
    y.dispose()
    const variables = graph.variables.map(({ variable }) => variable)
    const { value, grads } = tf.variableGrads(() => tf.sum(tf.mul(graph.forward(fed[0]), fed[1])), variables)
    for (const { weight, variable } of graph.variables) {
      found.push(apart(await readValues(grads[variable.name]), values(gradients[weight.of])))
    }
    tf.dispose([value, grads])
    return Math.max(...found)
  } finally {
    tf.dispose(fed)
    graph.dispose()
  }
}
