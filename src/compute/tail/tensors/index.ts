import * as tf from '@tensorflow/tfjs-core'
import type { Tail } from '../../../graph/tail/types'
import type { BackendName } from '../../../types'
import { lackingSlopes } from './lacking'
import { asRun } from './trainable-graph'

export { TensorLearner } from './learner'

/** What keeps a tail from being trained on tfjs' current backend, to follow a colon; null where nothing does. */
export async function whyNotByTensors(tail: Tail): Promise<string | null> {
  const { graph } = await asRun(tail)
  return lackingSlopes(tail, graph, tf.getBackend() as BackendName)
}
